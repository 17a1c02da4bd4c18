import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Limits } from '@/lib/collab/limits'
import { bundle } from '@/lib/tools/bundle.mjs'
import { processesBelow, processorTime } from '../processes'

export const peerNames = ['relay', 'ours', 'y-websocket', 'hocuspocus'] as const
export type PeerName = (typeof peerNames)[number]

const here = import.meta.dirname
const said = z.object({ port: z.number().optional(), collected: z.boolean().optional() })

/** One server under measure: a process of its own, with the database beside it. */
export class Peer {
  private constructor(
    readonly name: PeerName,
    readonly port: number,
    private readonly child: ChildProcess,
    private readonly database: number,
  ) {}

  /** `limits`: of ours only; what one person may do is in the way when one person stands for many. */
  static async start(
    name: PeerName,
    database: { readonly url: string; readonly pid: number },
    limits: Partial<Limits> = {},
  ): Promise<Peer> {
    const file = name === 'ours' ? await ours() : path.join(here, 'peers', `${name}.mjs`)
    const args = name === 'relay' || name === 'y-websocket' ? [] : [database.url, JSON.stringify(limits)]
    const child = fork(file, args, {
      execPath: name === 'hocuspocus' ? newerNode() : process.execPath,
      execArgv: ['--expose-gc', ...profiling(name)],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const port = await answer(child, (words) => words.port)
    return new Peer(name, port, child, database.pid)
  }

  /** Milliseconds of processor time since the beginning: of the server with all its processes, and of its database. */
  spent(): { readonly server: number; readonly database: number } {
    return {
      server: processorTime(processesBelow(this.pid).app),
      database: processorTime(processesBelow(this.database).database),
    }
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  /** After its garbage has been collected. */
  async settle(): Promise<void> {
    const collected = answer(this.child, (words) => words.collected)
    this.child.send('collect')
    await collected
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const gone = new Promise((resolve) => this.child.once('exit', resolve))
    // Ends by itself, so that a profile is written.
    this.child.disconnect()
    await gone
  }
}

function answer<T>(child: ChildProcess, of: (words: z.infer<typeof said>) => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a server ended with ${code}`))
    const listener = (raw: unknown) => {
      const words = said.safeParse(raw)
      const value = words.success ? of(words.data) : undefined
      if (value === undefined) return
      child.off('message', listener)
      child.off('exit', ended)
      resolve(value)
    }
    child.on('message', listener)
    child.once('exit', ended)
  })
}

let bundled: Promise<string> | null = null

/** Ours as it is delivered: bundled, not compiled while it runs. */
function ours(): Promise<string> {
  bundled ??= (async () => {
    const file = path.join(here, '..', 'results', 'sync-ours.mjs')
    await mkdir(path.dirname(file), { recursive: true })
    await bundle('bench/sync/peers/ours.ts', file)
    return file
  })()
  return bundled
}

/** Hocuspocus 4 asks for Node 22. */
function newerNode(): string {
  const [major = 0] = process.versions.node.split('.').map(Number)
  const brought = path.join(here, 'node_modules', 'node', 'bin', 'node')
  return major < 22 && existsSync(brought) ? brought : process.execPath
}

/** `PROFILE=ours npm run bench -- sync …` leaves a CPU profile of that server in bench/results. */
function profiling(name: PeerName): string[] {
  if (process.env.PROFILE !== name) return []
  return ['--cpu-prof', `--cpu-prof-dir=${path.join(here, '..', 'results')}`]
}
