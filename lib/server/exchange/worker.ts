import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '@/lib/domain/refusal'
import type { Job, JobAnswer } from './job'

/** Only what the job needs is loaded: a thread that reads has no use for what writes. */
async function prepare(job: Job): Promise<() => unknown> {
  if (job.kind === 'read') {
    const { readFile } = await import('@/lib/document/read-any')
    return () => readFile(job)
  }
  if (job.kind === 'report') {
    const { writeReportDocx } = await import('@/lib/document/report/write-docx')
    return () => writeReportDocx(job.report)
  }
  const [{ writeDocx }, { exportWords }] = await Promise.all([
    import('@/lib/document/docx/write'),
    import('@/lib/queries/export-words'),
  ])
  return () => writeDocx(job.strategy, exportWords(job.strategy.language, job.strategy.at, job.zone))
}

async function answer(work: () => unknown): Promise<JobAnswer> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, code: error.code, detail: error.detail }
    throw error
  }
}

const work = await prepare(workerData as Job)
// From here on the clock runs: how long a busy machine takes to load code says nothing about the file.
parentPort?.postMessage('ready')
parentPort?.postMessage(await answer(work))
