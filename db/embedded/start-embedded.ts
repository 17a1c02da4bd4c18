import { mkdir } from 'node:fs/promises'
import { adopt, serverUrl } from './adopt'
import { findBinaries } from './binaries'
import { clusterExists, clusterPaths, createCluster } from './cluster'
import { EmbeddedPostgresError } from './error'
import { launch, type Postmaster, stopPostmaster } from './postmaster'
import { chooseRunAs } from './run-as'
import { supervise } from './supervise'

export interface EmbeddedOptions {
  /** The app's data folder; the database lies in `postgres` inside it. Made when missing. */
  dataDir: string
  /** Only ever false in tests: a power cut may then destroy the database. */
  fsync?: boolean
  /** What an operator may want to read later: adopted, came back. One line each. */
  log?: (line: string) => void
  /** What somebody at the terminal waits for; called before each long step. */
  onProgress?: (line: string) => void
}

export interface EmbeddedPostgres {
  /** For any PostgreSQL client on this machine; superuser of a server that nobody else uses. */
  url: string
  /** True when the server was already running, left behind by an app that was killed. */
  adopted: boolean
  /** The server process. Changes when the server had to be started again. */
  readonly pid: number
  /** Ends every connection, writes everything, waits until the server process is gone. */
  stop(): Promise<void>
}

/**
 * Starts the private PostgreSQL of this data folder, making it on the first start, or takes over the one that
 * still runs there. Throws EmbeddedPostgresError, whose message is one sentence for the terminal.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataDir, fsync = true, log = () => {}, onProgress = () => {} } = options
  const paths = clusterPaths(dataDir)
  await mkdir(paths.home, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw new EmbeddedPostgresError(`the folder ${paths.home} cannot be made: ${String(cause)}`, { cause })
  })
  const binaries = await findBinaries()
  const left = await adopt(paths, binaries.postgres)
  const runAs = await chooseRunAs(binaries.postgres, paths.home, paths.cluster)
  const plan = { paths, binaries, runAs, fsync }
  let postmaster: Postmaster
  if (left) {
    log(`took over the database server (process ${left.pid}) of an app that was killed`)
    postmaster = left
  } else {
    if (!(await clusterExists(paths))) {
      onProgress('Creating the database')
      await createCluster(paths, binaries, runAs, fsync)
    }
    postmaster = await launch(plan)
  }
  const supervision = supervise(plan, postmaster, log)
  const end = async () => {
    await supervision.end()
    await stopPostmaster(supervision.pid)
  }
  let ending: Promise<void> | undefined
  return {
    url: await serverUrl(paths, postmaster.port),
    adopted: left !== null,
    get pid() {
      return supervision.pid
    },
    stop() {
      // Once only: later the number may belong to another process.
      ending ??= end()
      return ending
    },
  }
}

/** Stops the server that a killed app left running on this data folder. False: there was none. */
export async function stopLeftover(dataDir: string): Promise<boolean> {
  const left = await adopt(clusterPaths(dataDir), (await findBinaries()).postgres)
  if (left) await stopPostmaster(left.pid)
  return left !== null
}
