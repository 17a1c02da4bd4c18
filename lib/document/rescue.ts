import * as Y from 'yjs'
import { holdsText } from './diff/read'
import { childrenOf, plainOf } from './walk'

/** The origin of what is written back: nobody's typing, so nothing that undo takes back. */
export const RESCUED = { name: 'rescued' } as const

/**
 * Keeps what is typed here into a block that somebody else moves at that moment. Yjs has no moving: the block is deleted
 * and written again elsewhere, as the mover sees it, and letters that were on their way into it go with the old one.
 * Only the page they were typed in knows which these are, so it writes them again into the new block - every page its
 * own, nobody another's, and nothing where the mover had them already. For a page; a server types nothing.
 * @returns what ends it
 */
export function rescueTyping(doc: Y.Doc): () => void {
  const after = (transaction: Y.Transaction) => {
    if (transaction.local) return
    const writes = missing(transaction, doc.clientID)
    if (writes.length === 0) return
    doc.once('afterAllTransactions', () => {
      doc.transact(() => {
        // Another transaction may have come in between.
        for (const { text, inserts } of writes)
          for (const { at, words } of [...inserts].reverse())
            if (text._item?.deleted === false) text.insert(Math.min(at, text.length), words)
      }, RESCUED)
    })
  }
  doc.on('afterTransaction', after)
  return () => doc.off('afterTransaction', after)
}

interface Write {
  readonly text: Y.XmlText
  /** By places of the text as it is, in order. */
  readonly inserts: readonly { readonly at: number; readonly words: string }[]
}

/** A unit of a text that stood there before the transaction, and whose it is. */
interface Letter {
  readonly unit: string
  readonly client: number
  readonly clock: number
}

function missing(transaction: Y.Transaction, own: number): Write[] {
  const went: Y.XmlElement[] = []
  const came: Y.XmlElement[] = []
  for (const parent of transaction.changed.keys()) {
    if (!(parent instanceof Y.XmlFragment)) continue
    for (let item = parent._start; item !== null; item = item.right) {
      if (!(item.content instanceof Y.ContentType) || !(item.content.type instanceof Y.XmlElement)) continue
      if (item.deleted) {
        if (Y.isDeleted(transaction.deleteSet, item.id)) went.push(item.content.type)
      } else if (item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0))
        came.push(item.content.type)
    }
  }
  if (went.length === 0 || came.length === 0) return []
  const lines = came.flatMap((element) => linesOf(element))
  const taken = new Set<Line>()
  const writes: Write[] = []
  for (const old of went.flatMap((element) => linesOf(element))) {
    const letters = lettersOf(old.element, transaction)
    if (!letters.some(({ client }) => client === own)) continue
    for (const line of lines) {
      if (taken.has(line) || line.name !== old.name) continue
      const text = onlyText(line.element)
      const inserts =
        text &&
        lostIn(letters, plainOf(text), {
          own,
          mover: line.element._item?.id.client ?? -1,
          same: old.item !== null && line.item === old.item,
        })
      if (!text || inserts === null) continue
      taken.add(line)
      if (inserts.length > 0) writes.push({ text, inserts })
      break
    }
  }
  return writes
}

/**
 * Which of one's own letters are missing in the words that came; null: these are other words. Whoever wrote them had seen
 * everything each person typed up to some moment, so what is missing are each one's newest letters: how many of whom, is
 * tried out. Where that explains nothing - somebody took words out at the same time - only an item, which has a name, is
 * known to be the same.
 */
function lostIn(
  letters: readonly Letter[],
  words: string,
  { own, mover, same }: { readonly own: number; readonly mover: number; readonly same: boolean },
): { at: number; words: string }[] | null {
  const unseen = unseenIn(letters, words, own, mover)
  if (unseen) {
    const lost = new Set([...unseen].filter((letter) => letter.client === own))
    // Places are reckoned in what came, where nobody's unseen letters stand.
    const places: number[] = []
    let at = 0
    for (const letter of letters) {
      places.push(at)
      if (!unseen.has(letter)) at += 1
    }
    return insertsOf(letters, lost, places)
  }
  if (!same) return null
  // What both have at the ends stays; of what lies between, one's own letters are the ones nobody else brings back.
  let head = 0
  while (head < words.length && letters[head]?.unit === words[head]) head += 1
  let tail = 0
  while (
    tail < Math.min(words.length, letters.length) - head &&
    letters[letters.length - 1 - tail]?.unit === words[words.length - 1 - tail]
  )
    tail += 1
  const between = letters.slice(head, letters.length - tail).filter(({ client }) => client === own)
  const mine = between.map(({ unit }) => unit).join('')
  if (mine === '' || words.slice(head, words.length - tail).includes(mine)) return []
  return [{ at: head, words: mine }]
}

/** More ways than this to share the missing letters out among several people are not tried. */
const MOST_TRIES = 4_000

/** The letters whoever moved the block had not seen; null: the words cannot be explained like that. */
function unseenIn(
  letters: readonly Letter[],
  words: string,
  own: number,
  mover: number,
): ReadonlySet<Letter> | null {
  const count = letters.length - words.length
  if (count < 0) return null
  const newest = (client: number) =>
    letters.filter((letter) => letter.client === client).sort((a, b) => b.clock - a.clock)
  const others = new Set(letters.map(({ client }) => client))
  others.delete(own)
  others.delete(mover)
  // One's own last letters are the likeliest to be missing, so these are tried first and as many as can be.
  const people = [newest(own), ...[...others].map(newest)]
  let tries = 0
  const attempt = (i: number, left: number, gone: ReadonlySet<Letter>): ReadonlySet<Letter> | null => {
    const list = people[i]
    if (!list) {
      tries += 1
      if (left > 0) return null
      let at = 0
      for (const letter of letters) {
        if (gone.has(letter)) continue
        if (words[at] !== letter.unit) return null
        at += 1
      }
      return gone
    }
    const most = Math.min(left, list.length)
    // The last one has to explain all that is left.
    const least = i === people.length - 1 ? left : 0
    for (let n = most; n >= least && tries < MOST_TRIES; n--) {
      const found = attempt(i + 1, left - n, new Set([...gone, ...list.slice(0, n)]))
      if (found) return found
    }
    return null
  }
  return attempt(0, count, new Set())
}

function insertsOf(
  letters: readonly Letter[],
  lost: ReadonlySet<Letter>,
  places: readonly number[],
): { at: number; words: string }[] {
  const inserts: { at: number; words: string }[] = []
  letters.forEach((letter, i) => {
    if (!lost.has(letter)) return
    const last = inserts.at(-1)
    const at = places[i] ?? 0
    if (last && last.at === at) last.words += letter.unit
    else inserts.push({ at, words: letter.unit })
  })
  return inserts
}

interface Line {
  readonly element: Y.XmlElement
  /** Equal for the same slot of the same kind of block. */
  readonly name: string
  /** The item it belongs to. */
  readonly item: string | null
}

function linesOf(element: Y.XmlElement): Line[] {
  const lines: Line[] = []
  const open: { node: Y.XmlElement; item: string | null }[] = [{ node: element, item: null }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node } = next
    const item = node.nodeName === 'item' ? attributeOf(node, 'id') : next.item
    if (holdsText(node.nodeName)) {
      const slot =
        node.nodeName === 'itemPart' ? `${attributeOf(node, 'name')} ${attributeOf(node, 'lang')}` : ''
      lines.push({ element: node, item, name: `${node.nodeName} ${item ?? ''} ${slot}` })
    } else for (const child of elementsOf(node).reverse()) open.push({ node: child, item })
  }
  return lines
}

/** Elements below a node, also of one that was deleted: its chain still stands until the transaction is tidied up. */
function elementsOf(node: Y.XmlElement): Y.XmlElement[] {
  const wasDeleted = node._item?.deleted === true
  const elements: Y.XmlElement[] = []
  for (let item = node._start; item !== null; item = item.right)
    if (item.content instanceof Y.ContentType && item.content.type instanceof Y.XmlElement)
      if (wasDeleted || !item.deleted) elements.push(item.content.type)
  return elements
}

function attributeOf(node: Y.XmlElement, name: string): string | null {
  const item = node._map.get(name)
  const value: unknown = item?.content.getContent().at(-1)
  return typeof value === 'string' ? value : null
}

function lettersOf(line: Y.XmlElement, transaction: Y.Transaction): Letter[] {
  const letters: Letter[] = []
  for (let child = line._start; child !== null; child = child.right) {
    if (!(child.content instanceof Y.ContentType) || !(child.content.type instanceof Y.XmlText)) continue
    for (let item = child.content.type._start; item !== null; item = item.right) {
      if (!(item.content instanceof Y.ContentString)) continue
      const { client, clock } = item.id
      // Words that were deleted before are no loss.
      if (!Y.isDeleted(transaction.deleteSet, item.id)) continue
      item.content.str.split('').forEach((unit, i) => {
        letters.push({ unit, client, clock: clock + i })
      })
    }
  }
  return letters
}

/** Words with line breaks in them lie in several texts; these are left alone. */
function onlyText(line: Y.XmlElement): Y.XmlText | null {
  const children = childrenOf(line)
  const [text] = children
  return children.length === 1 && text instanceof Y.XmlText ? text : null
}
