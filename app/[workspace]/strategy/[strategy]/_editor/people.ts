import { isTextRoot, type TextRoot } from '@/lib/document/roots'
import type { Who } from '@/lib/domain/who'
import { whoOf } from '@/lib/domain/who'

/** Somebody else with this strategy open. One entry per tab. */
export interface Tab {
  readonly client: number
  readonly memberId: string
  readonly name: string
  readonly who: Who
  /** Where their caret is; null: they read. Positions are Yjs's relative positions as JSON, unchecked. */
  readonly caret: { readonly root: TextRoot; readonly anchor: unknown; readonly head: unknown } | null
}

/** A person with all their tabs; the one that moved last speaks for them. */
export interface Person {
  readonly memberId: string
  readonly name: string
  readonly who: Who
  readonly tabs: readonly Tab[]
  /** The chapter they are in, where it is known. */
  readonly root: TextRoot | null
}

const LONGEST_NAME = 80

/** Reads what the server sends of the others. The name is the server's word, the rest comes from their browser. */
export function readTab(client: number, state: unknown): Tab | null {
  if (!isRecord(state) || !isRecord(state.user)) return null
  const { memberId, id: userId, name } = state.user
  if (typeof memberId !== 'string' || typeof userId !== 'string' || typeof name !== 'string') return null
  const { caret } = state
  const at =
    isRecord(caret) && typeof caret.root === 'string' && isTextRoot(caret.root) && isRecord(caret.head)
      ? { root: caret.root, anchor: isRecord(caret.anchor) ? caret.anchor : caret.head, head: caret.head }
      : null
  return { client, memberId, name: name.slice(0, LONGEST_NAME), who: whoOf(userId), caret: at }
}

/** The others by person, in the order of their names; oneself is left out. `moved` says which tab moved last. */
export function groupTabs(
  tabs: readonly Tab[],
  mine: string,
  moved: ReadonlyMap<number, number>,
): readonly Person[] {
  const people = new Map<string, Tab[]>()
  for (const tab of tabs) {
    if (tab.memberId === mine) continue
    people.set(tab.memberId, [...(people.get(tab.memberId) ?? []), tab])
  }
  return [...people.values()]
    .flatMap((all): Person[] => {
      const recent = [...all].sort((a, b) => (moved.get(b.client) ?? 0) - (moved.get(a.client) ?? 0))
      const [first] = recent
      if (!first) return []
      const placed = recent.find((tab) => tab.caret !== null)
      return [
        {
          memberId: first.memberId,
          name: first.name,
          who: first.who,
          tabs: recent,
          root: placed?.caret?.root ?? null,
        },
      ]
    })
    .sort((a, b) => a.name.localeCompare(b.name) || (a.memberId < b.memberId ? -1 : 1))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
