import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stopLeftover } from '@/db/embedded'
import { processMark } from '@/db/embedded/process-identity'
import { administer, RUN_VARIABLE, readSharedServer } from './database'

const PREFIX = 'throughline-test-run-'

/** vitest's global setup: one folder for all workers, and the end of whatever they started in it. */
export default async function testRun(): Promise<() => Promise<void>> {
  await sweep()
  const run = await mkdtemp(path.join(tmpdir(), PREFIX))
  await writeFile(path.join(run, 'owner'), `${process.pid} ${await processMark(process.pid)}`)
  process.env[RUN_VARIABLE] = run
  return () => endRun(run)
}

async function endRun(run: string): Promise<void> {
  const server = await readSharedServer(run)
  const external = process.env.TEST_DATABASE_URL
  if (external && server) {
    await administer(external, (sql) => sql`drop database if exists ${sql(server.template)} with (force)`)
  }
  // The worker that started the server is gone; taking it over is how to get hold of it.
  if (!external) await stopLeftover(run)
  for (const entry of await readdir(run, { withFileTypes: true })) {
    // Data folders of apps that a test started and was not given the time to end.
    if (entry.isDirectory() && entry.name.startsWith('throughline-app-'))
      await stopLeftover(path.join(run, entry.name))
  }
  await rm(run, { recursive: true, force: true })
}

/** A run that was killed could not clean up: the next one does. */
async function sweep(): Promise<void> {
  const names = await readdir(tmpdir())
  for (const name of names.filter((candidate) => candidate.startsWith(PREFIX))) {
    const run = path.join(tmpdir(), name)
    const owner = await readFile(path.join(run, 'owner'), 'utf8').catch(() => null)
    if (owner === null) continue
    const [pid, ...mark] = owner.split(' ')
    if ((await processMark(Number(pid))) === mark.join(' ')) continue
    await endRun(run).catch(() => {
      // Somebody else's folder, or somebody else is sweeping it at this moment.
    })
  }
}
