import { type Origin, type PaperNode, wordsOf } from '../diff/read'
import type { TextRoot } from '../roots'
import { type Change, type ChangeKind, charAt, type Part, type Range } from './changes-of'

/** A place beside a letter: before it (0) or behind it (-1). */
export interface Spot {
  readonly at: Origin
  readonly side: 0 | -1
}

/** What a page draws over the text, in terms of what stands in the very document it shows. */
export type Mark =
  | { readonly kind: 'range'; readonly look: 'gone' | 'new' | 'look'; readonly from: Spot; readonly to: Spot }
  /** Words that are not there: drawn at a place of a line, or in an empty line. */
  | {
      readonly kind: 'words'
      readonly look: 'gone' | 'new'
      readonly spot: Spot | null
      readonly line: Origin | null
      readonly text: string
    }
  | { readonly kind: 'block'; readonly look: 'gone' | 'new' | 'look'; readonly at: Origin }
  /** A block that is not there: drawn behind its neighbour, or at the head of what holds it. */
  | {
      readonly kind: 'beside'
      readonly look: 'gone' | 'new'
      readonly behind: Origin | null
      readonly text: string
    }

export interface ChangeView {
  readonly id: string
  readonly root: TextRoot
  readonly kind: ChangeKind
  readonly removed: string
  readonly added: string
  readonly lead: string
  readonly tail: string
  readonly item: Change['item']
  /** Over the strategy. */
  readonly strategy: readonly Mark[]
  /** Over the proposal. */
  readonly proposal: readonly Mark[]
}

/** Longer words are cut on a card; whoever wants all of them reads the proposal. */
const MOST = 1_200

export function viewChange(change: Change): ChangeView {
  const { id, root, kind, removed, added, lead, tail, item, parts } = change
  return {
    id,
    root,
    kind,
    removed: cut(removed),
    added: cut(added),
    lead,
    tail,
    item,
    strategy: parts.flatMap((part) => marksOf(part, 'strategy')),
    proposal: parts.flatMap((part) => marksOf(part, 'proposal')),
  }
}

function marksOf(part: Part, side: 'strategy' | 'proposal'): Mark[] {
  const here = side === 'strategy'
  switch (part.kind) {
    case 'look': {
      const range = rangeOf(here ? part.before : part.after, here ? part.was : part.is)
      return range ? [{ kind: 'range', look: 'look', ...range }] : []
    }
    case 'attribute': {
      const { at } = here ? part.before : part.after
      return at ? [{ kind: 'block', look: 'look', at }] : []
    }
    case 'words': {
      const [node, own] = here ? [part.before, part.was] : [part.after, part.is]
      const [other, theirs] = here ? [part.after, part.is] : [part.before, part.was]
      const marks: Mark[] = []
      const range = own[1] > own[0] ? rangeOf(node, own) : null
      if (range) marks.push({ kind: 'range', look: here ? 'gone' : 'new', ...range })
      if (theirs[1] > theirs[0])
        marks.push({
          kind: 'words',
          look: here ? 'new' : 'gone',
          // What comes stands behind what goes.
          spot: here ? placeOf(node, own[1]) : placeOf(node, own[0]),
          line: node.at,
          text: cut(wordsOf(other).slice(...theirs)),
        })
      return marks
    }
    case 'in':
      return here
        ? [
            {
              kind: 'beside',
              look: 'new',
              behind: part.place.after?.at ?? null,
              text: cut(wordsOf(part.after)),
            },
          ]
        : blockMark(part.after, 'new')
    case 'out':
      return here
        ? blockMark(part.before, 'gone')
        : [
            {
              kind: 'beside',
              look: 'gone',
              behind: part.place.after?.at ?? null,
              text: cut(wordsOf(part.before)),
            },
          ]
  }
}

function blockMark({ at }: PaperNode, look: 'gone' | 'new'): Mark[] {
  return at ? [{ kind: 'block', look, at }] : []
}

function rangeOf(node: PaperNode, [from, to]: Range): { from: Spot; to: Spot } | null {
  const first = charAt(node, from)
  const last = charAt(node, to - 1)
  return first && last ? { from: { at: first, side: 0 }, to: { at: last, side: -1 } } : null
}

/** Beside the letter before a place; at the head of a line beside the first one. Null: the line is empty. */
function placeOf(node: PaperNode, at: number): Spot | null {
  const before = at > 0 ? charAt(node, at - 1) : null
  if (before) return { at: before, side: -1 }
  const after = charAt(node, at)
  return after && { at: after, side: 0 }
}

function cut(text: string): string {
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text
}
