import { assert } from './assert'

/**
 * Keys that sort a list and leave room between any two: a move writes one row, never its neighbours. Compared byte by
 * byte, in the browser and in SQL (`collate "C"`). Two writers may compute the same key; then the id decides, see
 * `inOrder`.
 *
 * A key is a whole number and, where it must, digits after it. The first letter says how many digits the whole number
 * has (`a` one, `b` two, …; below zero `Z` one, `Y` two, …), so appending a thousand times costs two characters.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const LAST = DIGITS.charAt(DIGITS.length - 1)
const HEADS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ZERO_HEAD = HEADS.indexOf('a')

/** Beyond this a column is numbered anew: somebody has put cards between the same two many times. */
export const MAX_ORDER_KEY = 64

export interface Placed {
  readonly id: string
  readonly place: string
}

/** By place, and by id where two have the same. */
export function inOrder(a: Placed, b: Placed): number {
  if (a.place !== b.place) return a.place < b.place ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** A key that sorts between two others (null: the open end). */
export function orderKeyBetween(before: string | null, after: string | null): string {
  if (before === null) return after === null ? 'a0' : below(after)
  if (after === null) return step(wholeOf(before), 1)
  assert(before < after, 'order keys come in their order')
  const whole = wholeOf(before)
  if (whole === wholeOf(after)) return whole + middle(before.slice(whole.length), after.slice(whole.length))
  const next = step(whole, 1)
  return next < after ? next : whole + middle(before.slice(whole.length), null)
}

/** So many keys in ascending order, each as short as can be. */
export function orderKeys(count: number): string[] {
  const keys: string[] = []
  for (let n = 0; n < count; n++) keys.push(orderKeyBetween(keys.at(-1) ?? null, null))
  return keys
}

function below(key: string): string {
  const whole = wholeOf(key)
  return whole.length < key.length ? whole : step(whole, -1)
}

function digitsOf(head: string): number {
  const index = HEADS.indexOf(head)
  assert(index >= 0, `an order key begins with a letter: ${head}`)
  return index >= ZERO_HEAD ? index - ZERO_HEAD + 1 : ZERO_HEAD - index
}

function wholeOf(key: string): string {
  return key.slice(0, 1 + digitsOf(key.charAt(0)))
}

/** The next whole number up or down. */
function step(whole: string, by: 1 | -1): string {
  const [over, fresh] = by === 1 ? [LAST, '0'] : ['0', LAST]
  for (let i = whole.length - 1; i > 0; i--) {
    if (whole.charAt(i) === over) continue
    const digit = DIGITS.charAt(DIGITS.indexOf(whole.charAt(i)) + by)
    return whole.slice(0, i) + digit + fresh.repeat(whole.length - 1 - i)
  }
  const head = HEADS.charAt(HEADS.indexOf(whole.charAt(0)) + by)
  assert(head !== '', 'an order key has room')
  return head + fresh.repeat(digitsOf(head))
}

/** Digits after the whole number, strictly between two such (null: one). Never ends in a zero, so there is room below. */
function middle(low: string, high: string | null): string {
  const from = low === '' ? 0 : DIGITS.indexOf(low.charAt(0))
  if (high === null) {
    const half = Math.ceil((from + DIGITS.length) / 2)
    return half < DIGITS.length ? DIGITS.charAt(half) : DIGITS.charAt(from) + middle(low.slice(1), null)
  }
  const to = DIGITS.indexOf(high.charAt(0))
  if (to - from > 1) return DIGITS.charAt(Math.floor((from + to) / 2))
  if (to === from) return DIGITS.charAt(from) + middle(low.slice(1), high.slice(1))
  return high.length > 1 ? high.charAt(0) : DIGITS.charAt(from) + middle(low.slice(1), null)
}
