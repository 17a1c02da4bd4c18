import { Worker } from 'node:worker_threads'
import { type Read, type Reading, readProjection } from '@/lib/document/items/read-projection'
import { threadProgram } from '../thread-program'

export interface Question {
  readonly id: number
  readonly reading: Reading
}

export type Answer = { readonly id: number } & (
  | { readonly ok: true; readonly value: Read }
  | { readonly ok: false; readonly why: string }
)

/** A document of so many bytes is read within 10 ms, which nobody's typing notices; a larger one goes to the thread. */
const SMALL = 32 * 1_024
/** A thread holds some 40 MB. Where nobody writes anything long there is none. */
const IDLE = 30_000

interface Waiting {
  readonly done: (read: Read) => void
  readonly fail: (error: Error) => void
}

/** Reads the items of long documents in a thread of their own, so that nobody's typing waits for them. */
export class ReadingThread {
  private worker: Worker | null = null
  private readonly waiting = new Map<number, Waiting>()
  private count = 0
  private rest: NodeJS.Timeout | undefined
  private ended = false

  constructor(
    private readonly times: { readonly small: number; readonly idle: number } = { small: SMALL, idle: IDLE },
  ) {}

  /** Rejects when the thread failed; the next reading gets a new one. */
  async read(reading: Reading): Promise<Read> {
    if (this.ended || reading.update.length <= this.times.small) return readProjection(reading)
    clearTimeout(this.rest)
    this.worker ??= this.start()
    const { worker } = this
    const id = ++this.count
    return new Promise((done, fail) => {
      this.waiting.set(id, { done, fail })
      worker.postMessage({ id, reading } satisfies Question)
    })
  }

  /** Whether a thread is there now. */
  get awake(): boolean {
    return this.worker !== null
  }

  async end(): Promise<void> {
    this.ended = true
    await this.stop(new Error('the house is closing'))
  }

  private start(): Worker {
    const worker = new Worker(threadProgram('projection', import.meta.url), {
      // Without the loader of the process: worker.mjs brings its own, and the built one needs none.
      execArgv: [],
      env: { NODE_ENV: process.env.NODE_ENV ?? 'production' },
    })
    // What it reads for can be read again at the next start.
    worker.unref()
    worker.on('message', (answer: Answer) => this.answered(answer))
    const gone = (error: Error) => {
      if (this.worker === worker) void this.stop(error)
    }
    worker.once('error', gone)
    worker.once('exit', () => gone(new Error('the thread ended')))
    return worker
  }

  private answered(answer: Answer): void {
    const asked = this.waiting.get(answer.id)
    this.waiting.delete(answer.id)
    if (answer.ok) asked?.done(answer.value)
    else asked?.fail(new Error(answer.why))
    if (this.waiting.size > 0) return
    this.rest = setTimeout(() => void this.stop(new Error('idle')), this.times.idle)
    this.rest.unref()
  }

  private async stop(why: Error): Promise<void> {
    const { worker } = this
    this.worker = null
    clearTimeout(this.rest)
    const asked = [...this.waiting.values()]
    this.waiting.clear()
    for (const { fail } of asked) fail(why)
    await worker?.terminate()
  }
}
