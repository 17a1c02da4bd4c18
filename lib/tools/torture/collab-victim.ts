import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import { z } from 'zod'
import type { Rng } from '@/lib/collab/testing/rng'
import type { StoredPerson } from '@/lib/testing/collab/stored-world'
import type { Address, Victim } from './victim'

const ORIGIN = 'https://app.example.test'
const message = z.object({
  kind: z.string(),
  batches: z.number().optional(),
  port: z.number().optional(),
  stall: z.number().optional(),
  errors: z.number().optional(),
  lastError: z.string().optional(),
  heap: z.number().optional(),
  handles: z.number().optional(),
  rooms: z.number().optional(),
  connections: z.number().optional(),
})
type Message = z.infer<typeof message>

/** What a process holds after its garbage was collected. */
export interface Vitals {
  /** Bytes. */
  readonly heap: number
  /** Sockets, timers and their like. */
  readonly handles: number
  readonly rooms: number
  readonly connections: number
}

/** The engine behind its door and its journal, without pages: a process that tells what it is about to store. */
export class CollabVictim implements Victim {
  private port = 0
  private child: ChildProcess | null = null
  private next: ChildProcess | null = null
  private listeners = new Set<(message: Message) => void>()

  /** `environment`: what the processes are told besides, such as a fault they carry. */
  constructor(
    private readonly database: string,
    private readonly environment: Readonly<Record<string, string>> = {},
  ) {}

  /** Starts on the port of the one before. The next one begins to load. */
  async start(): Promise<void> {
    const child = this.next ?? this.load()
    this.child = child
    const listening = this.until((said) => said.kind === 'listening', child)
    child.send(this.port)
    this.port = (await listening).port ?? 0
    this.next = this.load()
  }

  private load(): ChildProcess {
    const child = fork(path.join(import.meta.dirname, 'collab-process.ts'), [this.database], {
      execArgv: ['--import', 'tsx', '--expose-gc'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...this.environment },
    })
    child.on('message', (raw) => {
      const parsed = message.safeParse(raw)
      if (parsed.success) for (const listener of [...this.listeners]) listener(parsed.data)
    })
    return child
  }

  /** Resolves with the first message that fits; rejects when the process ends before. */
  private until(fits: (message: Message) => boolean, child = this.child): Promise<Message> {
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error('the server ended by itself'))
      const listener = (said: Message) => {
        if (!fits(said)) return
        this.listeners.delete(listener)
        child?.off('exit', ended)
        resolve(said)
      }
      this.listeners.add(listener)
      child?.once('exit', ended)
    })
  }

  /** The longest the event loop stood still (milliseconds) and errors logged since this was last asked. */
  async measure(): Promise<{ stall: number; errors: number; lastError: string }> {
    const measured = this.until((said) => said.kind === 'measured')
    this.child?.send({ measure: true })
    const { stall = 0, errors = 0, lastError = '' } = await measured
    return { stall, errors, lastError }
  }

  async vitals(): Promise<Vitals> {
    const told = this.until((said) => said.kind === 'vitals')
    this.child?.send({ vitals: true })
    const { heap = 0, handles = 0, rooms = 0, connections = 0 } = await told
    return { heap, handles, rooms, connections }
  }

  /** Resolves when the process ends by itself, or is ended. */
  async gone(): Promise<void> {
    const { child } = this
    if (child && child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => child.once('exit', resolve))
  }

  /** Arms a failpoint of the running process. Settles with what became of it: it fired, or the process is gone. */
  async arm(spec: string, stall: number): Promise<{ struck: Promise<'fired' | 'gone'> }> {
    const armed = this.until((said) => said.kind === 'armed')
    const fired = this.until((said) => said.kind === 'fired')
    const struck = fired.then(
      () => 'fired' as const,
      () => 'gone' as const,
    )
    this.child?.send({ arm: spec, stall })
    await armed
    return { struck }
  }

  async end(): Promise<void> {
    await this.kill()
    this.child = this.next
    await this.kill()
  }

  async kill(): Promise<void> {
    const child = this.child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  async databaseUrl(): Promise<string> {
    return this.database
  }

  async addressFor(person: StoredPerson): Promise<Address> {
    return {
      url: `ws://127.0.0.1:${this.port}`,
      headers: { origin: ORIGIN, cookie: `session=${person.sessionId}` },
    }
  }

  aim(chance: Rng): { at: string; struck: Promise<unknown> } {
    const place = chance.pick(['sending', 'stored', 'sending', 'stored', 'snapshot'])
    const nth = 3 + chance.below(25)
    let stored = 0
    const struck = this.until((said) => {
      if (said.kind === 'stored') stored += 1
      return said.kind === place && stored >= nth
    })
    return { at: `${place} ${nth}`, struck }
  }
}
