import type * as Y from 'yjs'
import { kinds } from './kinds'
import { codeFor, type Item, itemsOf } from './read-items'

/** What was ever given out in a strategy: code to the id of its item, also of items that are gone. */
export type UsedCodes = ReadonlyMap<string, string>

export interface Healing {
  readonly node: Y.XmlElement
  readonly id: string
  readonly code: string | null
  /** True when the document says something else. */
  readonly idIsNew: boolean
  readonly codeIsNew: boolean
}

/**
 * What would have to be written so that every id is there once and every item has a code of its own. Follows from the
 * document and `used` alone. A code that belonged to another item, also a deleted one, is not taken over: people
 * cite codes in talk and mail.
 */
export function healingOf(items: readonly Item[], used: UsedCodes): Healing[] {
  const healings: Healing[] = []
  const highest = new Map<string, number>()
  const taken = new Set(used.keys())
  for (const code of taken) raise(highest, code)
  const before = new Map<string, string>()
  for (const [code, id] of used) before.set(`${code.charAt(0)}/${id}`, code)
  const codes = items.map((item) => {
    const written = codeFor(item.kind, item.node.getAttribute('code'), NONE)
    // Who had a code first keeps it, wherever a copy of the item may stand.
    const owner = written === null ? undefined : used.get(written)
    if (written === null || (owner === undefined ? taken.has(written) : owner !== item.id)) return null
    taken.add(written)
    raise(highest, written)
    return written
  })
  items.forEach((item, index) => {
    const { letter } = kinds[item.kind]
    // One that has lost its code, or had another kind for a while, gets back the one it had.
    const code =
      codes[index] ??
      (letter === null ? null : (before.get(`${letter}/${item.id}`) ?? freeCode(letter, highest, taken)))
    const idIsNew = item.node.getAttribute('id') !== item.id
    const codeIsNew = code !== null && item.node.getAttribute('code') !== code
    if (idIsNew || codeIsNew) healings.push({ node: item.node, id: item.id, code, idIsNew, codeIsNew })
  })
  return healings
}

const NONE: ReadonlySet<string> = new Set()

/** A number somebody made up must not use up all numbers there are. */
const HIGHEST_BELIEVED = 100_000

function raise(highest: Map<string, number>, code: string): void {
  const letter = code.charAt(0)
  const number = Number(code.slice(1))
  if (number < HIGHEST_BELIEVED) highest.set(letter, Math.max(highest.get(letter) ?? 0, number))
}

/** The next number after the highest ever given, and its being taken. */
function freeCode(letter: string, highest: Map<string, number>, taken: Set<string>): string {
  let number = (highest.get(letter) ?? 0) + 1
  while (taken.has(`${letter}${number}`)) number += 1
  highest.set(letter, number)
  taken.add(`${letter}${number}`)
  return `${letter}${number}`
}

/** True when `heal` would write. */
export function needsHealing(items: readonly Item[], used: UsedCodes): boolean {
  return healingOf(items, used).length > 0
}

/**
 * Gives doubled and missing ids and codes. Touches attributes only, in one transaction, and nothing at all in a
 * document that is whole. For the server alone: where every browser healed, two would hand out the same code.
 * @returns how many items were changed
 */
export function heal(doc: Y.Doc, used: UsedCodes): number {
  let changed = 0
  doc.transact(() => {
    for (const { node, id, code, idIsNew, codeIsNew } of healingOf(itemsOf(doc), used)) {
      if (idIsNew) node.setAttribute('id', id)
      if (codeIsNew && code !== null) node.setAttribute('code', code)
      changed += 1
    }
  })
  return changed
}
