import * as Y from 'yjs'
import { changeName } from '@/lib/document/diff/change-name'
import { type Change, diffStrategies } from '@/lib/document/diff/diff'
import { type Said, type Spot, saidIn, spotOf, wholeLine } from '@/lib/document/diff/said'
import { stateOf } from '@/lib/document/version-state'
import { Refusal } from '@/lib/domain/refusal'
import { cleanComment } from '@/lib/domain/thread'
import type { Moment } from '@/lib/domain/version'
import { type Id, isId } from '@/lib/kit/ids'
import type { Context } from './context'
import { createThread, type NewAnchor } from './create-thread'
import { onWords } from './discuss-change'
import { strategyFor } from './thread-access'

/** So much of each side is quoted; more is read in the comparison. */
const QUOTED = 240

/**
 * Begins a thread about what changed between two states of a strategy: on the words the change left, with what it took
 * and brought as the first line of the comment. Where it left no words, the thread hangs on the block before it.
 * @param changes as the comparison names them; `conflict` when none of them is there any more
 */
export async function askAboutChange(
  context: Context,
  input: {
    readonly strategyId: string
    readonly from: number
    readonly to: Moment
    readonly changes: readonly string[]
    readonly text: string
  },
): Promise<{ readonly id: Id<'thr'>; readonly onDeletedText: boolean }> {
  const { store, live } = context
  const strategy = await strategyFor(context, store.read, input.strategyId, 'strategy.comment')
  const question = cleanComment(input.text)
  const { versions } = store.read
  const stateAt = async (moment: Moment): Promise<Uint8Array> => {
    if (moment === 'now') return live.readDocument(strategy.documentId)
    const version = await versions.find(strategy.id, moment)
    if (!version) throw new Refusal('not_found')
    return stateOf(version, await versions.bytes(strategy.id, version.number))
  }
  const before = docOf(await stateAt(input.from))
  const after = docOf(await stateAt(input.to))
  try {
    const asked = find(before, after, new Set(input.changes))
    const anchor = asked && anchorOf(asked)
    if (!asked || !anchor) throw new Refusal('conflict')
    return await createThread(context, {
      strategyId: strategy.id,
      anchor,
      text: cleanComment(`${quoted(saidIn(asked.changes))}${question}`),
    })
  } finally {
    before.destroy()
    after.destroy()
  }
}

interface Asked {
  readonly changes: readonly Change[]
  /** What stands around them on the newer side, nearest first. */
  readonly beside: readonly Change[]
}

function find(before: Y.Doc, after: Y.Doc, names: ReadonlySet<string>): Asked | null {
  for (const { root, changes } of diffStrategies(before, after).chapters) {
    const chosen = changes.filter((change) => change.kind !== 'same' && names.has(changeName(root, change)))
    const [first] = chosen
    if (!first) continue
    const at = changes.indexOf(first)
    return { changes: chosen, beside: [...changes.slice(0, at).reverse(), ...changes.slice(at + 1)] }
  }
  return null
}

function anchorOf({ changes, beside }: Asked): NewAnchor | null {
  for (const change of changes) {
    const spot = spotOf(change)
    const found = spot && onSpot(spot)
    if (found) return found
    const node = change.kind === 'removed' ? null : change.after
    const itemId = node?.name === 'item' ? node.attrs.id : null
    if (isId('itm', itemId)) return { kind: 'item', itemId, part: null }
  }
  for (const change of beside) {
    const line = change.kind === 'removed' ? null : wholeLine(change.after)
    const found = line && onSpot(line)
    if (found) return found
  }
  // The chapter is empty now: the thread is about text that is gone, and says so.
  for (const change of changes) {
    const line = change.kind === 'removed' ? wholeLine(change.before) : null
    const found = line && onSpot(line)
    if (found) return found
  }
  return null
}

function onSpot({ node, from, to }: Spot): NewAnchor | null {
  return onWords(node, from, to)
}

/** “fourteen” → “twelve”, and an empty line. */
function quoted({ removed, added }: Said): string {
  // Nobody is told because the strategy's own words look like a mention.
  const one = (words: string) => {
    const plain = words.replaceAll('](', '] (')
    return `“${plain.length > QUOTED ? `${plain.slice(0, QUOTED - 1)}…` : plain}”`
  }
  if (removed !== '' && added !== '') return `${one(removed)} → ${one(added)}\n\n`
  if (added !== '') return `+ ${one(added)}\n\n`
  return removed === '' ? '' : `− ${one(removed)}\n\n`
}

function docOf(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return doc
}
