import 'server-only'
import { Refusal } from '@/lib/domain/refusal'

/** The whole body, or `too_large` as soon as it is: a length that was declared, or counted, above the limit. */
export async function readBody(request: Request, limit: number, limitInWords: string): Promise<Uint8Array> {
  const tooLarge = () => new Refusal('too_large', { max: limitInWords })
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge()
  const parts: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > limit) {
      await reader.cancel()
      throw tooLarge()
    }
    parts.push(value)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}
