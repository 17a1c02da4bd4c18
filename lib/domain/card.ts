import type { Activity } from './activity'
import { checked } from './checklist'

/** An activity as a board carries it, two thousand at a time: plain JSON, without what only its panel shows. */
export interface Card
  extends Omit<
    Activity,
    'workspaceId' | 'documentId' | 'checklist' | 'watchers' | 'createdBy' | 'createdAt' | 'updatedAt'
  > {
  readonly checks: { readonly done: number; readonly of: number }
}

export function cardOf(activity: Activity): Card {
  const {
    workspaceId: _w,
    documentId: _d,
    checklist,
    watchers: _s,
    createdBy: _b,
    createdAt: _c,
    updatedAt: _u,
    ...card
  } = activity
  return { ...card, checks: checked(checklist) }
}

/** What a card says when nobody has written anything on it but its title. */
export const plainCard = {
  ownerId: null,
  helpers: [],
  cycle: null,
  start: null,
  due: null,
  priority: null,
  effort: null,
  labels: [],
  serves: [],
  measures: [],
  halt: null,
  status: 'active',
  checks: { done: 0, of: 0 },
} as const satisfies Partial<Card>

/**
 * Cards as one text, without what every plain card says: a page that carries two thousand of them as values is read
 * value by value, on the server and in the browser, before anything in it can be used.
 */
export function packCards(cards: readonly Card[]): string {
  const plain = new Map(Object.entries(plainCard).map(([key, value]) => [key, JSON.stringify(value)]))
  return JSON.stringify(
    cards.map((card) =>
      Object.fromEntries(
        Object.entries(card).filter(([key, value]) => plain.get(key) !== JSON.stringify(value)),
      ),
    ),
  )
}

/** The cards again; only of what `packCards` has made. */
export function unpackCards(text: string): Card[] {
  const packed: Card[] = JSON.parse(text)
  return packed.map((card) => ({ ...plainCard, ...card }))
}

/** What a board holds after news: of two versions of a card the higher revision stays, so late and repeated news do no harm. */
export function mergeCards(
  known: ReadonlyMap<string, Card>,
  news: readonly Card[],
): ReadonlyMap<string, Card> {
  const merged = new Map(known)
  for (const card of news) {
    const before = merged.get(card.id)
    if (!before || card.revision > before.revision) merged.set(card.id, card)
  }
  return merged
}

/**
 * A short word for which cards there are, each at which revision, in whatever order: who knows the same has the same
 * word, so that a board need not be sent again to whom nothing of it is new. No seal: it keeps no secret.
 */
export function cardsStamp(cards: Iterable<Pick<Card, 'id' | 'revision'>>): string {
  let [n, a, b] = [0, 0, 0]
  for (const { id, revision } of cards) {
    const hash = hashOf(`${id} ${revision}`)
    n += 1
    a = (a + hash) >>> 0
    // A second sum of another kind: two that differ in one would have to agree in both.
    b = (b + Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)) >>> 0
  }
  return `${n.toString(36)}.${a.toString(36)}.${b.toString(36)}`
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
