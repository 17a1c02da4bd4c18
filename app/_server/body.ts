import 'server-only'
import type { z } from 'zod'
import { Refusal } from '@/lib/domain/refusal'
import { inputRefusal } from './refuse'

/** Far above any list of names and ids a route takes, far below what parsing would be felt by others. */
const MAX_JSON_BYTES = 64_000

/**
 * The body as `schema` wants it (use z.strictObject). Refuses with `too_large`, `invalid_json` (cut off, or no
 * UTF-8), `unknown_field`, or what else the schema does not accept.
 */
export async function readJson<S extends z.ZodType>(request: Request, schema: S): Promise<z.infer<S>> {
  const bytes = await readBody(request, MAX_JSON_BYTES, '64 kB')
  const parsed = schema.safeParse(parse(bytes))
  if (!parsed.success) throw inputRefusal(parsed.error)
  return parsed.data
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Refusal('invalid_json')
  }
}

/** The whole body, or `too_large` as soon as it is: a length that was declared, or counted, above the limit. */
export async function readBody(request: Request, limit: number, limitInWords: string): Promise<Uint8Array> {
  const tooLarge = () => new Refusal('too_large', { max: limitInWords })
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge()
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of bodyOf(request)) {
    size += part.byteLength
    if (size > limit) throw tooLarge()
    parts.push(part)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}

/** The body piece by piece, for whoever counts and keeps it. Whoever stops reading ends the line. */
export async function* bodyOf(request: Request): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = request.body?.getReader()
  if (!reader) return
  try {
    while (true) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    // Read to its end this does nothing.
    await reader.cancel()
  }
}

/** The name of a file that is sent as the body: percent-encoded in `x-file-name`. */
export function fileNameOf(request: Request): string {
  const name = request.headers.get('x-file-name') ?? ''
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
