import { parentPort, workerData } from 'node:worker_threads'
import { writeDocx } from '@/lib/document/docx/write'
import { readFile } from '@/lib/document/read-any'
import { Refusal } from '@/lib/domain/refusal'
import { exportWords } from '@/lib/queries/export-words'
import type { Job, JobAnswer } from './job'

async function work(job: Job): Promise<unknown> {
  if (job.kind === 'docx')
    return writeDocx(job.strategy, exportWords(job.strategy.language, job.strategy.at, job.zone))
  return readFile(job)
}

async function answer(job: Job): Promise<JobAnswer> {
  try {
    return { ok: true, value: await work(job) }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, code: error.code, detail: error.detail }
    throw error
  }
}

parentPort?.postMessage(await answer(workerData as Job))
