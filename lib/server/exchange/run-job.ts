import { Worker } from 'node:worker_threads'
import { Refusal } from '@/lib/domain/refusal'
import { threadProgram } from '../thread-program'
import type { Job, JobAnswer, ResultOf } from './job'

/** Two seconds of work for 100,000 characters; on a machine that is busy with twenty others as many times longer. */
const READ_DEADLINE = 30_000
/** Writing a very long strategy with many pictures. */
const WRITE_DEADLINE = 30_000
/** A thread loads its code in half a second, on a machine that is busy in some more. */
const START_DEADLINE = 60_000
/** Enough for a document of 50 MB unpacked; what needs more was made to. */
const MEMORY_MB = 192
/** Two threads at a time leave the others' typing a core to run on. */
const AT_ONCE = 2
const MAX_WAITING = 20

let running = 0
const queue: (() => void)[] = []

/**
 * Does the job in a thread of its own with a limit of memory and time: a file from somebody's computer may be anything.
 * Refuses with what the job refused, with `archive_too_large` when it ran out of either, with `unavailable` when too
 * many wait.
 */
export async function runJob<J extends Job>(job: J): Promise<ResultOf<J>> {
  if (running >= AT_ONCE) {
    if (queue.length >= MAX_WAITING) throw new Refusal('unavailable')
    await new Promise<void>((go) => queue.push(go))
  } else running += 1
  try {
    const answer = await inThread(job)
    if (!answer.ok) throw new Refusal(answer.code, answer.detail)
    return answer.value as ResultOf<J>
  } finally {
    const next = queue.shift()
    // The place is handed over, not given up: a newcomer cannot slip in before the one who waits.
    if (next) next()
    else running -= 1
  }
}

function inThread(job: Job): Promise<JobAnswer> {
  return new Promise((done, fail) => {
    const worker = new Worker(threadProgram('exchange', import.meta.url), {
      workerData: job,
      // Without the loader of the process: worker.mjs brings its own, and the built one needs none.
      execArgv: [],
      env: { NODE_ENV: process.env.NODE_ENV ?? 'production' },
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    })
    let over = false
    const end = (finish: () => void) => {
      if (over) return
      over = true
      clearTimeout(timer)
      void worker.terminate()
      finish()
    }
    const tooMuch: JobAnswer = { ok: false, code: 'archive_too_large', detail: {} }
    let timer = setTimeout(() => end(() => fail(new Refusal('unavailable'))), START_DEADLINE)
    worker.on('message', (said: JobAnswer | 'ready') => {
      if (said !== 'ready') return end(() => done(said))
      clearTimeout(timer)
      const reads = job.kind === 'read'
      timer = setTimeout(
        () => end(() => (reads ? done(tooMuch) : fail(new Refusal('unavailable')))),
        reads ? READ_DEADLINE : WRITE_DEADLINE,
      )
    })
    worker.once('error', (error: NodeJS.ErrnoException) =>
      end(() => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? done(tooMuch) : fail(error))),
    )
    worker.once('exit', () => end(() => fail(new Error('the thread ended without an answer'))))
  })
}
