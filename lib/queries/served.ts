import type { Context } from '@/lib/commands/context'
import type { Language } from '@/lib/domain/language'
import { can } from '@/lib/domain/permissions'
import { type Serve, serve, slots } from '@/lib/domain/serves'
import type { ItemKind } from '@/lib/domain/strategy-item'
import type { Id } from '@/lib/kit/ids'

/** Words of the strategy that an activity or a measure may be for. */
export interface Servable {
  readonly serve: Serve
  readonly itemId: Id<'itm'>
  readonly kind: ItemKind | 'whom' | 'problem' | 'solution'
  readonly code: string | null
  readonly words: string
  /** Of a gap: the name of the measure that shows it closing, as written in the strategy. */
  readonly measure: string | null
  /** Left the strategy: nobody chooses it any more, whoever serves it has a loose end. */
  readonly removed: boolean
}

export interface ServableWords {
  readonly strategyId: Id<'str'>
  readonly language: Language
  readonly all: readonly Servable[]
}

const MOST = 160
const kinds: readonly ItemKind[] = ['segment', 'pain', 'itch', 'delight', 'gap', 'principle']

/** What the current strategy offers to serve, in its order; null where there is none the actor may read. */
export async function servable(
  { actor, store }: Context,
  strategyId: string | null,
): Promise<ServableWords | null> {
  const strategy = strategyId === null ? null : await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy || !can(actor, 'strategy.read', { kind: 'strategy', strategy })) return null
  const [present, removed] = await Promise.all([
    store.read.strategyItems.list(strategy.id),
    store.read.strategyItems.list(strategy.id, { removed: true }),
  ])
  const all = [...present, ...removed].flatMap((item): Servable[] => {
    const gone = item.removedAt !== null
    if (item.kind === 'positioning')
      return slots.flatMap((slot) => {
        const parts = item.details.parts.filter(({ name }) => name === slot)
        const part = parts.find(({ lang }) => lang === strategy.language) ?? parts[0]
        return [
          {
            serve: serve(item.id, slot),
            itemId: item.id,
            kind: slot,
            code: null,
            words: short(part?.text ?? ''),
            measure: null,
            removed: gone,
          },
        ]
      })
    if (!kinds.includes(item.kind)) return []
    return [
      {
        serve: serve(item.id),
        itemId: item.id,
        kind: item.kind,
        code: item.code,
        words: short(item.title === '' ? item.text : item.title),
        measure: item.fields.measure,
        removed: gone,
      },
    ]
  })
  return { strategyId: strategy.id, language: strategy.language, all }
}

function short(text: string): string {
  const letters = [...text.trim()]
  return letters.length > MOST ? `${letters.slice(0, MOST).join('').trimEnd()}…` : letters.join('')
}
