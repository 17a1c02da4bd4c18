import { parentPort } from 'node:worker_threads'
import { readProjection } from '@/lib/document/items/read-projection'
import type { Answer, Question } from './thread'

parentPort?.on('message', ({ id, reading }: Question) => {
  let answer: Answer
  try {
    answer = { id, ok: true, value: readProjection(reading) }
  } catch (error) {
    answer = { id, ok: false, why: error instanceof Error ? error.message : String(error) }
  }
  parentPort?.postMessage(answer)
})
