import { diffArrays } from 'diff'

/** A stretch of two texts, as ranges of UTF-16 units: in both, or in one of them only. */
export interface Span {
  readonly kind: 'same' | 'added' | 'removed'
  /** Range in the text before; empty for what was added. */
  readonly before: readonly [from: number, to: number]
  /** Range in the text after; empty for what was removed. */
  readonly after: readonly [from: number, to: number]
}

/** More changes than this between two paragraphs and they are no longer the same paragraph to anybody. */
const MOST_EDITS = 1_500

const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const WORD = /[\p{L}\p{N}]/u
/** Characters that may belong to a word; halves of those outside the first plane among them. */
const WORD_PART = /[\p{L}\p{N}\p{M}\p{Cs}\p{Cf}'’.,_]/u

/** A point or comma inside a number belongs to it. */
const WORD_BEFORE = /([\p{L}\p{N}])[.,'’]?$/u
const WORD_AFTER = /^[.,'’]?([\p{L}\p{N}])/u

const segmenters = new Map<string, Intl.Segmenter>()

function segmenter(language: 'en' | 'zh'): Intl.Segmenter {
  let made = segmenters.get(language)
  if (!made) {
    made = new Intl.Segmenter(language, { granularity: 'word' })
    segmenters.set(language, made)
  }
  return made
}

/** Words, signs and spaces of a text in order. Chinese by the words of a dictionary. */
export function tokensOf(text: string): string[] {
  const tokens: string[] = []
  for (const { segment } of segmenter(HAN.test(text) ? 'zh' : 'en').segment(text)) tokens.push(segment)
  return tokens
}

/** What changed from one text to another, by words; in Chinese down to the character. */
export function diffWords(before: string, after: string): Span[] {
  if (before === after) return join([span('same', 0, before.length, 0, after.length)])
  if (before === '' || after === '') return join(replaced(0, before.length, 0, after.length))
  const [head, tail] = sameEnds(before, after)
  const one = tokensOf(before.slice(head, before.length - tail))
  const other = tokensOf(after.slice(head, after.length - tail))
  const spans: Span[] = [span('same', 0, head, 0, head)]
  const middle = diffArrays(one, other, { maxEditLength: MOST_EDITS })
  let x = head
  let y = head
  if (middle) {
    for (const part of middle) {
      const length = part.value.reduce((sum, token) => sum + token.length, 0)
      if (part.removed) spans.push(span('removed', x, x + length, y, y))
      else if (part.added) spans.push(span('added', x, x, y, y + length))
      else spans.push(span('same', x, x + length, y, y + length))
      if (!part.added) x += length
      if (!part.removed) y += length
    }
  } else {
    spans.push(...replaced(x, before.length - tail, y, after.length - tail))
  }
  spans.push(span('same', before.length - tail, before.length, after.length - tail, after.length))
  return settle(before, after, join(spans))
}

/** How much of the longer text stands in both, 0 to 1. */
export function sharedOf(spans: readonly Span[], before: string, after: string): number {
  const longest = Math.max(before.length, after.length)
  if (longest === 0) return 1
  return spans.reduce((sum, { kind, after: [a, b] }) => sum + (kind === 'same' ? b - a : 0), 0) / longest
}

function span(kind: Span['kind'], a: number, b: number, c: number, d: number): Span {
  return { kind, before: [a, b], after: [c, d] }
}

function replaced(a: number, b: number, c: number, d: number): Span[] {
  return [span('removed', a, b, c, c), span('added', b, b, c, d)]
}

/**
 * How many characters both texts begin and end with, as far as a space or sign: what lies beyond is cut into words as
 * it would be in the whole text. Reading words costs a microsecond a character, comparing them nothing.
 */
function sameEnds(before: string, after: string): [head: number, tail: number] {
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && before.charCodeAt(head) === after.charCodeAt(head)) head += 1
  while (head > 0 && WORD_PART.test(before[head - 1] ?? '')) head -= 1
  let tail = 0
  while (
    tail < most - head &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail += 1
  while (tail > 0 && WORD_PART.test(before[before.length - tail] ?? '')) tail -= 1
  return [head, tail]
}

/**
 * A change as people speak of it: between two equal stretches first all that went, then all that came. Single signs,
 * spaces and lone characters that happen to be equal inside a change belong to it ("does not see" became "cannot see",
 * not three changes around two spaces). Then whatever both sides begin or end with is taken out again.
 */
function settle(before: string, after: string, spans: readonly Span[]): Span[] {
  const done: Span[] = []
  for (let at = 0; at < spans.length; ) {
    const first = spans[at]
    if (!first) break
    if (first.kind === 'same') {
      done.push(first)
      at += 1
      continue
    }
    let [a, b] = first.before
    let [c, d] = first.after
    let next = at + 1
    for (; next < spans.length; next++) {
      const one = spans[next]
      if (!one) break
      if (one.kind === 'same') {
        const beyond = spans[next + 1]
        if (!beyond || !isFiller(before.slice(...one.before), b - a, d - c)) break
      }
      b = one.before[1]
      d = one.after[1]
    }
    done.push(...trimmed(before, after, a, b, c, d))
    at = next
  }
  return join(done)
}

/** Whether an equal stretch between two changes is too little to be called the same. */
function isFiller(text: string, removed: number, added: number): boolean {
  if (!WORD.test(text)) return text.length <= 3
  // One Chinese character that both happen to have, amid a rewritten phrase.
  return text.length === 1 && HAN.test(text) && removed + added >= 6
}

function trimmed(before: string, after: string, a: number, b: number, c: number, d: number): Span[] {
  let head = 0
  while (a + head < b && c + head < d && before[a + head] === after[c + head]) head += 1
  // Only whole words are taken out, or Chinese characters: "site" and "sites" are two words.
  while (head > 0 && splitsWord(before, a + head, after, c + head)) head -= 1
  let tail = 0
  while (a + head < b - tail && c + head < d - tail && before[b - tail - 1] === after[d - tail - 1]) tail += 1
  while (tail > 0 && splitsWord(before, b - tail, after, d - tail)) tail -= 1
  return [
    span('same', a, a + head, c, c + head),
    ...replaced(a + head, b - tail, c + head, d - tail),
    span('same', b - tail, b, d - tail, d),
  ]
}

function splitsWord(before: string, x: number, after: string, y: number): boolean {
  return splits(before, x) || splits(after, y)
}

function splits(text: string, at: number): boolean {
  // Half of a character outside the first plane.
  if (/[\udc00-\udfff]/.test(text[at] ?? '')) return true
  const left = WORD_BEFORE.exec(text.slice(Math.max(0, at - 2), at))?.[1]
  const right = WORD_AFTER.exec(text.slice(at, at + 2))?.[1]
  return left !== undefined && right !== undefined && !HAN.test(left) && !HAN.test(right)
}

/** Without empty spans, neighbours of one kind as one. */
function join(spans: readonly Span[]): Span[] {
  const out: Span[] = []
  for (const one of spans) {
    if (one.before[0] === one.before[1] && one.after[0] === one.after[1]) continue
    const last = out.at(-1)
    if (last?.kind === one.kind) {
      out[out.length - 1] = {
        kind: one.kind,
        before: [last.before[0], one.before[1]],
        after: [last.after[0], one.after[1]],
      }
    } else out.push(one)
  }
  return out
}
