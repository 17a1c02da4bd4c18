import type { Context } from '@/lib/commands/context'
import { spokenBy } from '@/lib/domain/coherence/spoken'
import type { Language } from '@/lib/domain/language'
import type { Serve, Slot } from '@/lib/domain/serves'
import type { Id } from '@/lib/kit/ids'

/** Words that moved, and nobody who serves them has been asked. */
export interface UnaskedWords {
  readonly serve: Serve
  readonly itemId: Id<'itm'>
  readonly slot: Slot | null
  readonly was: string
  readonly now: string
}

/** Those of a strategy, the longest unasked first. Whoever calls has asked whether the actor may ask. */
export async function unaskedWords(
  { store: { read } }: Context,
  strategy: { readonly id: string; readonly language: Language },
): Promise<readonly UnaskedWords[]> {
  const rows = await read.impacts.unasked(strategy.id)
  if (rows.length === 0) return []
  const said = new Map(
    (await read.strategyItems.list(strategy.id))
      .flatMap(({ id, kind, fields, details: { parts } }) =>
        spokenBy({ id, kind, fields, parts }, strategy.language),
      )
      .map((spoken) => [spoken.serve, spoken]),
  )
  return rows.flatMap(({ serve, was }) => {
    const spoken = said.get(serve)
    // What has left the strategy is asked about if it comes back.
    return spoken && spoken.words !== was
      ? [{ serve, itemId: spoken.itemId, slot: spoken.slot, was, now: spoken.words }]
      : []
  })
}
