import type { Context } from '@/lib/commands/context'
import type { Language } from '@/lib/domain/language'
import { can } from '@/lib/domain/permissions'
import type { Id } from '@/lib/kit/ids'

/** What the strategy says a department is there for. */
export interface Intent {
  readonly itemId: Id<'itm'>
  readonly text: string
  readonly language: Language
}

export interface Intents {
  readonly strategyId: Id<'str'>
  /** By what its field says: the department's id (`dep_…`), or the kind of one of the five (`sales`). */
  readonly of: ReadonlyMap<string, Intent>
}

/** A sentence that goes on longer than this is read in the strategy. */
const MOST = 200

/** The intents of the current strategy; null where there is none the actor may read. */
export async function intents({ actor, store }: Context, strategyId: string | null): Promise<Intents | null> {
  const strategy = strategyId === null ? null : await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy || !can(actor, 'strategy.read', { kind: 'strategy', strategy })) return null
  const of = new Map<string, Intent>()
  for (const item of await store.read.strategyItems.list(strategy.id)) {
    const department = item.kind === 'intent' ? item.fields.department : null
    const text = item.text.trim()
    // Of two for one department the first stands; the page shows both.
    if (department === null || text === '' || of.has(department)) continue
    of.set(department, {
      itemId: item.id,
      text: firstSentence(text, strategy.language),
      language: strategy.language,
    })
  }
  return { strategyId: strategy.id, of }
}

/** The sentence of one department, whichever way the strategy names it. */
export function intentOf(
  known: Intents | null,
  department: { readonly departmentId: string; readonly kind: string | null },
): Intent | null {
  if (!known) return null
  return known.of.get(department.departmentId) ?? known.of.get(department.kind ?? '') ?? null
}

/** The first sentence says what for; the rest is argument. */
function firstSentence(text: string, language: Language): string {
  const [first] = new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text)
  const letters = [...(first?.segment ?? text).trim()]
  return letters.length > MOST ? `${letters.slice(0, MOST).join('').trimEnd()}…` : letters.join('')
}
