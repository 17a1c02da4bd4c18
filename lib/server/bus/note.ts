import { z } from 'zod'
import type { BusNote } from '@/lib/collab'

const id = z.string().min(1).max(200)
const count = z.number().int().nonnegative()

const target = z.union([
  z.strictObject({ userId: id }),
  z.strictObject({ sessionId: id }),
  z.strictObject({ memberId: id }),
  z.strictObject({ documentId: id }),
  z.strictObject({ workspaceId: id }),
])

const entry = z.object({
  id: count.max(2 ** 32 - 1),
  clock: count,
  state: z
    .string()
    .max(8 * 1024)
    .refine(isState),
  userId: id,
  mayWrite: z.boolean(),
})

/** What a page says of itself is an object; null says goodbye. */
function isState(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && !Array.isArray(value)
  } catch {
    return false
  }
}

/** A note as it comes off a bus, which anybody who knows its address may have written to. */
const noteShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('appended'), documentId: id, seq: count }),
  z.object({ kind: z.literal('event'), room: id, event: z.unknown() }),
  z.object({ kind: z.literal('revoked'), target }),
  z.object({
    kind: z.literal('present'),
    place: id,
    whole: z.boolean(),
    entries: z.array(entry).max(10_000),
  }),
  z.object({ kind: z.literal('asked'), place: id }),
  z.object({ kind: z.literal('here') }),
  z.object({ kind: z.literal('gone') }),
])

/** Null: no note, or one that only a newer version of the app understands. */
export function readNote(value: unknown): BusNote | null {
  const parsed = noteShape.safeParse(value)
  return parsed.success ? parsed.data : null
}
