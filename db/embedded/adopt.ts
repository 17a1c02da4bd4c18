import { realpath, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { codeOf } from './binaries'
import { type ClusterPaths, readPassword, SUPERUSER } from './cluster'
import { EmbeddedPostgresError } from './error'
import { type Postmaster, stopPostmaster } from './postmaster'
import { readPostmasterPid } from './postmaster-pid'
import { folderOf, isAlive, programOf } from './process-identity'

/**
 * The server that an earlier, killed app left running on this directory - or null when there is none. "Ours"
 * is proved by the password and by the directory it names, not by a number in a file.
 */
export async function adopt(paths: ClusterPaths, binary: string): Promise<Postmaster | null> {
  const state = await readPostmasterPid(paths.cluster)
  if (state === null) return null
  if (!(await isAlive(state.pid)) || !(await worksHere(state.pid, paths))) {
    // PostgreSQL itself only asks whether *some* process has this number, and would refuse to start
    // whenever a restarted container gave it to another program.
    await rm(path.join(paths.cluster, 'postmaster.pid'), { force: true })
    return null
  }
  if (!(await answers(state.pid, paths))) return null
  const ready = await readPostmasterPid(paths.cluster)
  if (ready === null) return null
  const program = await programOf(ready.pid)
  if (program === null || program === (await realpath(binary))) return { pid: ready.pid, port: ready.port }
  // An update replaced the program under the running server: let the new one serve.
  await stopPostmaster(ready.pid)
  return null
}

async function worksHere(pid: number, paths: ClusterPaths): Promise<boolean> {
  const folder = await folderOf(pid)
  return folder === null || folder === (await realpath(paths.cluster))
}

/** False when the server went away while we asked: it was just shutting down. */
async function answers(pid: number, paths: ClusterPaths): Promise<boolean> {
  let reason = 'it does not answer'
  // Long enough for a crash recovery or a shutdown that is under way.
  const end = performance.now() + 30_000
  while (performance.now() < end) {
    const state = await readPostmasterPid(paths.cluster)
    if (state === null || state.pid !== pid || !(await isAlive(pid))) return false
    const sql = postgres(await serverUrl(paths, state.port), {
      max: 1,
      connect_timeout: 5,
      onnotice: () => {},
    })
    try {
      const [row] = await sql<{ data_directory: string }[]>`show data_directory`
      const same = (await realpath(row?.data_directory ?? '')) === (await realpath(paths.cluster))
      if (same) return true
      reason = `the server on port ${state.port} keeps its data elsewhere`
      break
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error)
      // 28P01: wrong password; waiting will not make it right.
      if (codeOf(error) === '28P01') break
    } finally {
      await sql.end({ timeout: 1 })
    }
    await delay(50)
  }
  throw new EmbeddedPostgresError(
    `process ${pid} already serves ${paths.cluster}, and it is not a server of ours: ${reason}`,
  )
}

export async function serverUrl(paths: ClusterPaths, port: number): Promise<string> {
  return `postgres://${SUPERUSER}:${await readPassword(paths)}@127.0.0.1:${port}/postgres`
}
