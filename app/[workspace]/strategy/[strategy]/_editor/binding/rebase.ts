import { type Node as PmNode, Slice } from '@tiptap/pm/model'
import { Mapping, ReplaceStep, Transform } from '@tiptap/pm/transform'
import { changes } from './changes'

export interface Rebased {
  readonly doc: PmNode
  /** Where the caret stands in it. */
  readonly caret: number
}

/**
 * Puts what one person wrote (from `base` to `local`) on top of what others wrote meanwhile (from `base` to
 * `remote`). Words never go lost: where their place is gone they stand beside it, in a line of their own if need be.
 * `caret` is a position in `local`.
 */
export function rebase(base: PmNode, local: PmNode, remote: PmNode, caret: number): Rebased {
  const theirs = new Mapping()
  for (const step of changes(base, remote)) theirs.appendMap(step.getMap())
  const mine = changes(base, local)
  const result = new Transform(remote)
  // A position of `local` is first taken back to `base`, unless it lies in words that are new.
  let stands: number | null = null
  for (const step of mine) {
    const inserted = step instanceof ReplaceStep ? step.slice.size : 0
    const start = step instanceof ReplaceStep ? step.from + shiftBefore(mine, step) : -1
    const inNewWords = inserted > 0 && caret >= start && caret <= start + inserted
    const moved = step.map(theirs)
    const fitted = moved !== null && result.maybeStep(moved).failed === null
    if (fitted) {
      if (inNewWords && moved instanceof ReplaceStep) stands = moved.from + (caret - start)
      else if (stands !== null) stands = moved.getMap().map(stands)
      continue
    }
    if (!(step instanceof ReplaceStep) || step.slice.size === 0) continue
    const end = rescue(result, theirs.map(step.from), step.slice)
    if (inNewWords) stands = end
  }
  if (stands === null) {
    const back = new Mapping([...mine].reverse().map((step) => step.getMap().invert()))
    stands = result.mapping.map(theirs.map(back.map(caret)))
  }
  return { doc: result.doc, caret: Math.max(0, Math.min(stands, result.doc.content.size)) }
}

/** How far the earlier places of `local` have moved the one this step changed. */
function shiftBefore(steps: readonly unknown[], step: ReplaceStep): number {
  let shift = 0
  for (const other of steps) {
    if (other instanceof ReplaceStep && other.to <= step.from && other !== step)
      shift += other.slice.size - (other.to - other.from)
  }
  return shift
}

/** Puts words whose place was taken away where it used to be; answers the position after them. */
function rescue(result: Transform, at: number, slice: Slice): number {
  const place = Math.min(at, result.doc.content.size)
  const words = slice.content.textBetween(0, slice.content.size, '\n')
  const resolved = result.doc.resolve(place)
  const { schema } = result.doc.type
  const text = words === '' ? null : schema.text(words)
  if (resolved.parent.inlineContent) {
    const inside = slice.openStart === 0 && slice.openEnd === 0 ? slice : null
    if (inside && result.maybeStep(new ReplaceStep(place, place, inside)).failed === null)
      return place + inside.size
    if (
      text &&
      result.maybeStep(new ReplaceStep(place, place, new Slice(fragmentOf(text), 0, 0))).failed === null
    )
      return place + text.nodeSize
  }
  const paragraph = schema.nodes.paragraph
  if (!text || !paragraph) return place
  // The nearest place where a block may stand, from inside out.
  for (let depth = resolved.depth; depth >= 0; depth -= 1) {
    if (!resolved.node(depth).type.contentMatch.matchType(paragraph)) continue
    const spot = depth === resolved.depth ? place : resolved.after(depth + 1)
    const line = paragraph.create(null, text)
    if (result.maybeStep(new ReplaceStep(spot, spot, new Slice(fragmentOf(line), 0, 0))).failed === null)
      return spot + line.nodeSize - 1
  }
  return place
}

function fragmentOf(node: PmNode) {
  return Slice.empty.content.addToEnd(node)
}
