import type { TextRoot } from '../roots'
import { countText } from '../text'
import { changeName } from './change-name'
import type { Change, ChapterDiff, Diff } from './diff'
import { type Asked, DiffHtml, type Hands, isField, type Labels } from './html'
import type { Hand } from './ledger'
import { attributeItem, type Origin, type PaperNode, wordsOf } from './read'
import { type Said, saidIn } from './said'

/** What one person did in a passage, for the margin. */
export interface Note {
  /** Null: nobody we know of. */
  readonly userId: string | null
  /** Of the last of it; null: unknown. */
  readonly at: number | null
  readonly added: number
  readonly removed: number
  readonly restyled: boolean
  readonly moved: boolean
  /** Names of item fields. */
  readonly fields: readonly string[]
}

/** A stretch of a chapter as a comparison shows it. */
export type Passage =
  /** Folded: so many blocks nobody changed. */
  | { readonly kind: 'same'; readonly blocks: number; readonly html: string }
  /** A heading nobody changed that something changed stands under. */
  | { readonly kind: 'heading'; readonly html: string }
  | {
      readonly kind: 'changed'
      /** Both states in one text. */
      readonly html: string
      /** Side by side. */
      readonly before: string
      readonly after: string
      readonly notes: readonly Note[]
      /** The positioning itself. */
      readonly positioning: boolean
      /** By which its changes are asked for again. */
      readonly names: readonly string[]
      readonly said: Said
    }

export interface ChapterView {
  readonly root: TextRoot
  readonly passages: readonly Passage[]
  readonly changed: boolean
  /** Blocks with something in them. */
  readonly blocks: number
}

export interface DiffView {
  readonly chapters: readonly ChapterView[]
  readonly added: number
  readonly removed: number
  /** Chapters with a change in them. */
  readonly changedChapters: readonly TextRoot[]
  readonly people: readonly string[]
  readonly positioning: boolean
}

/** A comparison as its page shows it. `hands` says who; what does not count is not told as a change. */
export function viewDiff(diff: Diff, hands: Hands, labels: Labels): DiffView {
  const chapters = diff.chapters.map((chapter) => viewChapter(chapter, hands, labels))
  const notes = chapters.flatMap(({ passages }) =>
    passages.flatMap((passage) => (passage.kind === 'changed' ? passage.notes : [])),
  )
  return {
    chapters,
    added: notes.reduce((sum, note) => sum + note.added, 0),
    removed: notes.reduce((sum, note) => sum + note.removed, 0),
    changedChapters: chapters.filter(({ changed }) => changed).map(({ root }) => root),
    people: [...new Set(notes.flatMap(({ userId }) => userId ?? []))],
    positioning: chapters.some(({ passages }) =>
      passages.some((passage) => passage.kind === 'changed' && passage.positioning),
    ),
  }
}

interface Open {
  readonly changes: Change[]
  notes: Note[]
  readonly positioning: boolean
}

const POSITIONING = /^(?:positioning|定位)(?:$|[\s:：·—-])/i

function viewChapter({ root, changes }: ChapterDiff, hands: Hands, labels: Labels): ChapterView {
  const both = new DiffHtml('both', hands, labels)
  const left = new DiffHtml('before', hands, labels)
  const right = new DiffHtml('after', hands, labels)
  const passages: Passage[] = []
  let folded: PaperNode[] = []
  let open = null as Open | null
  let underPositioning = false
  let blocks = 0

  const closeChanged = () => {
    if (!open) return
    passages.push({
      kind: 'changed',
      html: both.draw(open.changes),
      before: left.draw(open.changes),
      after: right.draw(open.changes),
      notes: open.notes,
      positioning: open.positioning,
      names: open.changes.map((change) => changeName(root, change)),
      said: saidIn(open.changes),
    })
    open = null
  }
  const fold = (nodes: readonly PaperNode[]) => {
    const count = nodes.filter((node) => !isBlank(node)).length
    if (count > 0) passages.push({ kind: 'same', blocks: count, html: both.drawNodes(nodes) })
  }
  /** Before a change: the heading it stands under is shown, what lies between is folded. */
  const closeFolded = (change: Change | null) => {
    if (change && !isHeading(change.kind === 'removed' ? change.before : change.after)) {
      const at = folded.findLastIndex(isHeading)
      const heading = folded[at]
      if (heading) {
        fold(folded.slice(0, at))
        passages.push({ kind: 'heading', html: both.drawNodes([heading]) })
        folded = folded.slice(at + 1)
      }
    }
    fold(folded)
    folded = []
  }

  for (const change of changes) {
    const node = change.kind === 'removed' ? change.before : change.after
    if (isHeading(node)) underPositioning = root === 'policy' && POSITIONING.test(wordsOf(node).trim())
    if (change.kind !== 'removed' && !isBlank(node)) blocks += 1
    const notes = change.kind === 'same' ? [] : notesOf(change, hands)
    if (notes.length === 0) {
      // What others took away is not there for a reader who does not ask about them.
      if (change.kind === 'removed') continue
      closeChanged()
      folded.push(node)
      continue
    }
    if (folded.length > 0) {
      closeChanged()
      closeFolded(change)
    }
    const positioning = node.attrs.kind === 'positioning' || (underPositioning && !isHeading(node))
    if (open && open.positioning === positioning && sameHand(open.notes, notes)) {
      open.changes.push(change)
      open.notes = mergeNotes([...open.notes, ...notes])
    } else {
      closeChanged()
      open = { changes: [change], notes, positioning }
    }
  }
  closeChanged()
  closeFolded(null)
  return { root, passages, changed: passages.some(({ kind }) => kind === 'changed'), blocks }
}

function isHeading(node: PaperNode): boolean {
  return node.name === 'heading'
}

function isBlank(node: PaperNode): boolean {
  return node.name === 'paragraph' && node.text.length === 0
}

/** Changes by one person within this time are told together. Milliseconds. */
const SITTING = 30 * 60_000

function sameHand(one: readonly Note[], other: readonly Note[]): boolean {
  const [a] = one
  const [b] = other
  if (one.length !== 1 || other.length !== 1 || !a || !b) return false
  return a.userId === b.userId && (a.at === b.at || Math.abs((a.at ?? 0) - (b.at ?? 0)) < SITTING)
}

/** Who did what in one change. Empty: nothing that counts, or nothing anybody could see. */
export function notesOf(change: Change, hands: Hands): Note[] {
  const notes: Note[] = []
  collect(change, hands, notes)
  return mergeNotes(notes)
}

const nothing = { added: 0, removed: 0, restyled: false, moved: false, fields: [] }

function collect(change: Change, hands: Hands, notes: Note[]): void {
  const say = (hand: Hand | null, what: Partial<Note>) => {
    if (hands.counts(hand))
      notes.push({ ...nothing, userId: hand?.userId ?? null, at: hand?.at ?? null, ...what })
  }
  switch (change.kind) {
    case 'same':
      return
    case 'added':
      if (change.moved) say(hands.added(firstText(change.after) ?? change.after), { moved: true })
      else whole(change.after, 'added', hands, say)
      return
    case 'removed':
      // Told where it went to.
      if (!change.moved) whole(change.before, 'removed', hands, say)
      return
    case 'changed': {
      for (const run of change.runs) {
        if (run.kind === 'added') {
          say(hands.added(run), { added: countText(run.text).words })
        } else if (run.kind === 'removed') {
          say(hands.removed(run), { removed: countText(run.text).words })
        } else if (run.restyled) say(null, { restyled: true })
      }
      for (const { name } of change.attrs) {
        if (change.after.name === 'item' && !isField(name)) continue
        say(
          hands.attribute(change.after, name),
          change.after.name === 'item' ? { fields: [name] } : { restyled: true },
        )
      }
      for (const child of change.children) collect(child, hands, notes)
    }
  }
}

type Say = (hand: Hand | null, what: Partial<Note>) => void

function whole(node: PaperNode, kind: 'added' | 'removed', hands: Hands, say: Say): void {
  const by = (at: Asked) => (kind === 'added' ? hands.added(at) : hands.removed(at))
  for (const stretch of node.text) {
    const { words } = countText(stretch.text)
    say(by(stretch), kind === 'added' ? { added: words } : { removed: words })
  }
  if (
    node.name === 'horizontalRule' ||
    node.name === 'image' ||
    node.name === 'item' ||
    node.name === 'foreign'
  )
    say(by(node), {})
  for (const child of node.children) whole(child, kind, hands, say)
}

function firstText(node: PaperNode): Asked | null {
  const [first] = node.text
  if (first) return first
  for (const child of node.children) {
    const found = firstText(child)
    if (found) return found
  }
  return null
}

/** One note per person, the one who did most first. */
function mergeNotes(notes: readonly Note[]): Note[] {
  const byPerson = new Map<string | null, Note>()
  for (const note of notes) {
    const known = byPerson.get(note.userId)
    byPerson.set(
      note.userId,
      known
        ? {
            userId: note.userId,
            at: known.at === null ? note.at : note.at === null ? known.at : Math.max(known.at, note.at),
            added: known.added + note.added,
            removed: known.removed + note.removed,
            restyled: known.restyled || note.restyled,
            moved: known.moved || note.moved,
            fields: [...new Set([...known.fields, ...note.fields])],
          }
        : note,
    )
  }
  const merged = [...byPerson.values()].sort((a, b) => b.added + b.removed - (a.added + a.removed))
  // A change of looks nobody can be named for is told with the rest, if there is any.
  const named = merged.filter((note) => note.userId !== null || note.added + note.removed > 0 || note.moved)
  const [first, ...rest] = named
  if (!first || named.length === merged.length) return merged
  return [{ ...first, restyled: first.restyled || merged.some(({ restyled }) => restyled) }, ...rest]
}

/** Who is behind a change, by a ledger of what was written between the two states. */
export function handsOf(
  ledger: { wrote(at: Origin): Hand | null; tookAway(at: Origin): Hand | null },
  only: string | null,
): Hands {
  return {
    added: ({ at, beside }) => (at && ledger.wrote(at)) ?? (beside ? ledger.tookAway(beside) : null),
    removed: ({ at, beside }) => (at && ledger.tookAway(at)) ?? (beside ? ledger.wrote(beside) : null),
    attribute: (node, name) => {
      const item = attributeItem(node, name)
      if (!item) return null
      const at = { client: item.id.client, clock: item.id.clock }
      return item.deleted ? (ledger.tookAway(at) ?? ledger.wrote(at)) : ledger.wrote(at)
    },
    counts: (hand) => only === null || hand?.userId === only,
  }
}
