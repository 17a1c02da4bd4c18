import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Binaries } from './binaries'
import { type ClusterPaths, lastLogLine, openLog } from './cluster'
import { EmbeddedPostgresError } from './error'
import { readPostmasterPid } from './postmaster-pid'
import { isAlive } from './process-identity'
import { type RunAs, spawnAs } from './run-as'
import { serverSettings, settingArguments } from './settings'

/** A PostgreSQL server that accepts connections. */
export interface Postmaster {
  pid: number
  port: number
}

export interface LaunchPlan {
  paths: ClusterPaths
  binaries: Binaries
  runAs: RunAs
  fsync: boolean
}

/** Crash recovery replays at most `max_wal_size` of log; on a slow disk that takes a while. */
const READY_WITHIN_MS = 60_000

/** Starts the server on a free port, or on `port`. Resolves when it accepts connections. */
export async function launch(plan: LaunchPlan, port?: number): Promise<Postmaster> {
  // Between our look for a free port and PostgreSQL's use of it, somebody else may take it.
  for (let attempt = 1; ; attempt++) {
    const chosen = port ?? (await freePort())
    const outcome = await launchOn(plan, chosen)
    if (typeof outcome !== 'string') return outcome
    const portTaken = /could not bind|could not create any TCP/i.test(outcome)
    if (!portTaken || port !== undefined || attempt === 5) throw new EmbeddedPostgresError(outcome)
  }
}

async function launchOn(plan: LaunchPlan, port: number): Promise<Postmaster | string> {
  const { paths, binaries, runAs } = plan
  const log = await openLog(paths)
  const args = ['-D', paths.cluster, ...settingArguments(serverSettings(port, plan.fsync))]
  // The log is a file, not a pipe to us: the server outlives a killed app and must still have where to write.
  const child = spawnAs(runAs, binaries.postgres, args, { stdio: ['ignore', log.fd, log.fd], cwd: '/' })
  let ended: string | null = null
  child.once('error', (error) => {
    ended = error.message
  })
  child.once('exit', (code, signal) => {
    ended = `it ended with ${signal ?? `code ${code}`}`
  })
  await Promise.race([once(child, 'spawn'), once(child, 'error').catch(() => {})])
  await log.close()
  child.unref()
  for (let waited = 0; ended === null && waited < READY_WITHIN_MS; waited += 10) {
    const state = await readPostmasterPid(paths.cluster)
    if (state !== null && state.pid === child.pid && state.status === 'ready') return { pid: state.pid, port }
    await delay(10)
  }
  if (ended === null && child.pid !== undefined) await stopPostmaster(child.pid)
  return ended === null ? `it was not ready after ${READY_WITHIN_MS / 1000} s` : await lastLogLine(paths)
}

/**
 * Fast shutdown: connections are ended, everything is written, the server goes. If that takes longer than
 * `patienceMs` it stops at once; the next start then replays its log. Nothing committed is lost either way.
 */
export async function stopPostmaster(pid: number, patienceMs = 6000): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', patienceMs],
    ['SIGQUIT', 3000],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await gone(pid, patience)) return
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop`)
}

async function gone(pid: number, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs
  while (performance.now() < end) {
    if (!(await isAlive(pid))) return true
    await delay(10)
  }
  return false
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string')
    throw new Error('a TCP server has an address with a port')
  return address.port
}
