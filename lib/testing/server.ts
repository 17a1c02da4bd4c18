import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stopLeftover } from '@/db/embedded'
import { RUN_VARIABLE } from './database'

export interface AppOptions {
  /** Added to the environment of this process; undefined takes a variable away. */
  env?: Record<string, string | undefined>
  /** An existing data folder: a restart. Default: a new one, which `discard` removes. */
  dataDir?: string
  /** The account it runs under; only root can choose. */
  identity?: { uid: number; gid: number }
}

/** The whole real app, as `npm start` runs it, in a process of its own on a free port. */
export interface App {
  url: string
  pid: number
  dataDir: string
  /** Everything it has printed so far, both streams. */
  output(): string
  /** SIGTERM, and waits for the end. The exit code. */
  stop(): Promise<number | null>
  /** SIGKILL, and waits. Its database server goes on, as after any crash, for the next start on this folder. */
  kill(): Promise<void>
  /** Ends what still runs, the database server too, and removes the data folder. */
  discard(): Promise<void>
}

/** It did not come up. `output` is what it said, `code` how it ended. */
export class AppRefused extends Error {
  override readonly name = 'AppRefused'
  constructor(
    readonly output: string,
    readonly code: number | null,
  ) {
    super(`the app did not start (exit code ${code}):\n${output}`)
  }
}

const root = path.resolve(import.meta.dirname, '../..')

/** Starts the app, resolves when it prints its address. Throws AppRefused when it ends instead. */
export async function startApp(options: AppOptions = {}): Promise<App> {
  const dataDir = options.dataDir ?? (await newDataDir())
  const child = spawn(process.execPath, [path.join(root, 'lib', 'tools', 'start.mjs')], {
    ...options.identity,
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // The build of the tests, so that a running app never loses its files to a test's build.
      NEXT_DIST_DIR: process.env.NEXT_DIST_DIR || '.next-test',
      PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: '',
      APP_URL: '',
      // As under npm: when this process is killed, the app ends by itself.
      npm_lifecycle_event: 'start',
      ...options.env,
    },
  })
  let said = ''
  const ready = new Promise<string>((resolve, reject) => {
    const hear = (text: string) => {
      said += text
      const url = /^\s*Open\s+(http\S+)/m.exec(said)?.[1]
      if (url) resolve(url)
    }
    child.stdout.setEncoding('utf8').on('data', hear)
    child.stderr.setEncoding('utf8').on('data', hear)
    child.once('error', reject)
    child.once('close', (code) => reject(new AppRefused(said, code)))
  })
  const url = await ready
  const { pid } = child
  if (pid === undefined) throw new Error('a running process has a number')
  return {
    url,
    pid,
    dataDir,
    output: () => said,
    async stop() {
      await end(child, 'SIGTERM')
      return child.exitCode
    },
    kill: () => end(child, 'SIGKILL'),
    async discard() {
      await end(child, 'SIGTERM')
      await stopLeftover(dataDir)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Below the folder of the test run when there is one: what a killed run leaves is swept by the next. */
async function newDataDir(): Promise<string> {
  return mkdtemp(path.join(process.env[RUN_VARIABLE] || tmpdir(), 'throughline-app-'))
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const over = once(child, 'close')
  child.kill(signal)
  await over
}
