import { Refusal, type RefusalCode, type RefusalDetail } from '@/lib/domain/refusal'

/** The refusal a command answers with. Throws when it did something, or failed in another way. */
export async function refusal(work: Promise<unknown>): Promise<{ code: RefusalCode; detail: RefusalDetail }> {
  try {
    await work
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, detail: error.detail }
    throw error
  }
  throw new Error('was not refused')
}
