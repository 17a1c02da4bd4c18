import type { Writer } from '@/db/repositories'
import { movesBetween } from '@/lib/domain/coherence/spoken'
import type { Language } from '@/lib/domain/language'
import type { ProjectedItem } from '@/lib/domain/strategy-item'
import type { Id } from '@/lib/kit/ids'

const speaker = ({ id, kind, fields, details: { parts } }: ProjectedItem) => ({ id, kind, fields, parts })

/**
 * Keeps what words said before they moved, whoever moved them - by typing, by accepting a proposal, by restoring - until
 * somebody has asked those who serve them. Words that nobody serves are let go.
 */
export async function noteWords(
  tx: Pick<Writer, 'impacts'>,
  of: { readonly strategyId: Id<'str'>; readonly workspaceId: Id<'ws'>; readonly language: Language },
  given: {
    readonly before: readonly ProjectedItem[]
    readonly after: readonly ProjectedItem[]
    readonly at: Date
  },
): Promise<void> {
  const { strategyId, workspaceId } = of
  const ids = new Set(given.before.map(({ id }) => id))
  if (ids.size === 0) return
  const after = given.after.filter(({ id }) => ids.has(id))
  const moves = movesBetween(given.before.map(speaker), after.map(speaker), of.language)
  if (moves.length === 0) return
  const known = new Set((await tx.impacts.unasked(strategyId)).map(({ serve }) => serve))
  const noted: { serve: string; was: string }[] = []
  for (const {
    spoken: { serve, itemId },
    was,
  } of moves) {
    // Once, when they begin to move; not with every letter.
    if (known.has(serve)) continue
    if (await tx.impacts.hasServants({ workspaceId, strategyId, itemId, serve })) noted.push({ serve, was })
  }
  await tx.impacts.noteMoved(strategyId, noted, given.at)
}
