import { randomBytes } from 'node:crypto'
import { chmod, lstat, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Binaries, POSTGRES_MAJOR } from './binaries'
import { EmbeddedPostgresError } from './error'
import { handOver, type RunAs, spawnAs } from './run-as'

/** Where the private database lies inside the app's DATA_DIR. */
export interface ClusterPaths {
  home: string
  cluster: string
  password: string
  log: string
}

export function clusterPaths(dataDir: string): ClusterPaths {
  const home = path.resolve(dataDir, 'postgres')
  return {
    home,
    cluster: path.join(home, 'data'),
    password: path.join(home, 'password'),
    log: path.join(home, 'server.log'),
  }
}

export const SUPERUSER = 'throughline'

export async function clusterExists({ cluster }: ClusterPaths): Promise<boolean> {
  const version = await readFile(path.join(cluster, 'PG_VERSION'), 'utf8').catch(() => null)
  if (version === null) {
    if (await lstat(cluster).catch(() => null))
      throw new EmbeddedPostgresError(`${cluster} is not a database`)
    return false
  }
  if (Number(version) === POSTGRES_MAJOR) return true
  throw new EmbeddedPostgresError(
    `the data in ${cluster} was written by PostgreSQL ${version.trim()}, and this version brings PostgreSQL ${POSTGRES_MAJOR}`,
  )
}

/**
 * Makes the database. It is made under another name and renamed when complete, so that a start that was
 * interrupted leaves nothing that looks like a database.
 */
export async function createCluster(
  paths: ClusterPaths,
  binaries: Binaries,
  runAs: RunAs,
  fsync: boolean,
): Promise<void> {
  const unfinished = `${paths.cluster}.new`
  const passwordCopy = `${paths.password}.new`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  const password = await ensurePassword(paths)
  await writeFile(passwordCopy, password, { mode: 0o600 })
  for (const target of [unfinished, passwordCopy]) await handOver(runAs, target)
  try {
    await runInitdb(unfinished, passwordCopy, binaries, runAs, fsync)
    await rename(unfinished, paths.cluster)
  } finally {
    await rm(passwordCopy, { force: true })
    await rm(unfinished, { recursive: true, force: true })
  }
}

export async function readPassword(paths: ClusterPaths): Promise<string> {
  const text = await readFile(paths.password, 'utf8').catch((cause: unknown) => {
    throw new EmbeddedPostgresError(`the password file ${paths.password} cannot be read`, { cause })
  })
  return text.trim()
}

async function ensurePassword(paths: ClusterPaths): Promise<string> {
  const existing = await readFile(paths.password, 'utf8').catch(() => '')
  if (existing.trim() !== '') return existing.trim()
  const fresh = randomBytes(24).toString('hex')
  await writeFile(paths.password, `${fresh}\n`, { mode: 0o600, flush: true })
  await chmod(paths.password, 0o600)
  return fresh
}

async function runInitdb(
  target: string,
  passwordFile: string,
  binaries: Binaries,
  runAs: RunAs,
  fsync: boolean,
) {
  const args = [
    ...['-D', target, '-U', SUPERUSER, '-A', 'scram-sha-256', '--pwfile', passwordFile],
    // Bytes sort the same everywhere, whatever libraries the machine has: an index never goes stale by an update.
    ...['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    ...(fsync ? [] : ['--no-sync']),
  ]
  const child = spawnAs(runAs, binaries.initdb, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: '/' })
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words += text
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new EmbeddedPostgresError(`it could not be created in ${target}: ${lastLine(words)}`)
}

/** The log of the last start is kept beside the present one, so that neither ever grows without end. */
export async function openLog(paths: ClusterPaths) {
  const size = await lstat(paths.log).then(
    (found) => found.size,
    () => 0,
  )
  if (size > 1_000_000) await rename(paths.log, `${paths.log}.1`)
  return open(paths.log, 'a', 0o600)
}

export async function lastLogLine(paths: ClusterPaths): Promise<string> {
  return lastLine(await readFile(paths.log, 'utf8').catch(() => ''))
}

function lastLine(words: string): string {
  const lines = words.split('\n').map((line) => line.trim())
  const telling = lines.filter((line) => /FATAL|error|could not|cannot|denied/i.test(line))
  return (telling.at(-1) ?? lines.filter(Boolean).at(-1) ?? 'no reason was given').replace(
    /^.*?(FATAL|error):\s*/i,
    '',
  )
}
