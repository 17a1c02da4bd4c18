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
