import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import type { Face } from '@/db/repositories/versions'
import type { Context } from '@/lib/commands/context'
import { diffStates, readState } from '@/lib/document/diff/diff'
import { DiffHtml } from '@/lib/document/diff/html'
import { itemNames } from '@/lib/document/diff/item-names'
import { Ledger } from '@/lib/document/diff/ledger'
import { handsOf } from '@/lib/document/diff/passages'
import { type Step, stepsOf } from '@/lib/document/replay'
import { TEXT_ROOTS, type TextRoot } from '@/lib/document/roots'
import { unpackVersion } from '@/lib/document/version-state'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { StrategyForMember } from '@/lib/domain/strategy'
import type { LabelsOf } from './versions'

export interface ReplayPage {
  readonly strategy: Pick<StrategyForMember, 'id' | 'title' | 'language'>
  readonly steps: readonly Step[]
  readonly people: readonly Face[]
}

/** One chapter at a step. */
export interface ReplayText {
  /** Equal for equal text: who has it already is not sent it again. */
  readonly key: string
  readonly html: string
}

export interface ReplayStep {
  readonly seq: number
  readonly texts: Readonly<Record<TextRoot, ReplayText>>
}

/** The ticks of the slider. Reads no bytes. */
export async function replayPage({ actor, store }: Context, strategyId: string): Promise<ReplayPage> {
  const strategy = await readable({ actor, store }, strategyId)
  const steps = stepsOf(await store.read.versions.marks(strategy.documentId))
  const people = await store.read.versions.faces([...new Set(steps.flatMap(({ authors }) => authors))])
  return { strategy, steps, people }
}

/**
 * The text at a step, with what came and went since the step before. `seq` between two steps is the earlier one.
 * Nothing that is shown ever changes, so it is drawn once and kept for a while.
 */
export async function replayStep(
  { actor, store, language }: Context,
  given: { readonly strategyId: string; readonly seq: number; readonly labels: LabelsOf },
): Promise<ReplayStep> {
  const { documentId } = await readable({ actor, store }, given.strategyId)
  const steps = stepsOf(await store.read.versions.marks(documentId))
  const at = steps.findLastIndex(({ seq }) => seq <= given.seq)
  const step = steps[Math.max(0, at)]
  if (!step) throw new Refusal('not_found')
  const seq = step.seq
  const name = `${documentId} ${seq} ${language}`
  const known = drawn.get(name)
  if (known) return known
  const before = steps[at - 1]?.seq ?? 0
  const walker = await walkTo(store, documentId, before)
  const [rows, clients] = await Promise.all([
    store.read.versions.written(documentId, before, seq),
    store.read.documents.clients(documentId),
  ])
  // Synchronous from here on: two requests never move the same walker at once.
  const was = readState(walker.doc)
  walker.doc.transact(() => {
    for (const { bytes } of rows) Y.applyUpdate(walker.doc, bytes)
  })
  const html = new DiffHtml(
    'both',
    handsOf(new Ledger(rows, clients), null),
    given.labels(itemNames(walker.doc, walker.doc)),
  )
  const { chapters } = diffStates(was, readState(walker.doc))
  const textOf = (root: TextRoot): ReplayText => {
    const text = html.draw(chapters.find((chapter) => chapter.root === root)?.changes ?? [])
    return { key: createHash('sha256').update(text).digest('base64url').slice(0, 16), html: text }
  }
  const made: ReplayStep = {
    seq,
    texts: {
      preface: textOf('preface'),
      situation: textOf('situation'),
      difficulties: textOf('difficulties'),
      policy: textOf('policy'),
      activities: textOf('activities'),
    },
  }
  keepWalker(documentId, { doc: walker.doc, seq })
  drawn.set(name, made, sizeOf(made))
  return made
}

async function readable(
  { actor, store }: Pick<Context, 'actor' | 'store'>,
  strategyId: string,
): Promise<StrategyForMember> {
  const strategy = await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  permit(actor, 'strategy.read', { kind: 'strategy', strategy })
  return strategy
}

interface Walker {
  readonly doc: Y.Doc
  readonly seq: number
}

/** Documents left standing where the last step ended: the next step only walks on. */
const walkers = new Map<string, Walker>()
const MOST_WALKERS = 6

/** A document of one's own at a seq: on from where one stands already, from a version on the way, or from the start. */
async function walkTo(store: Context['store'], documentId: string, seq: number): Promise<{ doc: Y.Doc }> {
  const standing = walkers.get(documentId)
  if (standing && standing.seq <= seq) {
    // Taken out while it walks: whoever asks meanwhile makes one of their own.
    walkers.delete(documentId)
    await walk(store, documentId, standing.doc, standing.seq, seq)
    return standing
  }
  const doc = new Y.Doc()
  const version = await store.read.versions.nearest(documentId, seq)
  const stored = version && (await store.read.versions.bytes(version.strategyId, version.number))
  const state = version && stored && unpackVersion(version, stored)
  // A damaged version is passed over: the journal has it all.
  if (state) Y.applyUpdate(doc, state)
  await walk(store, documentId, doc, state ? version.seq : 0, seq)
  return { doc }
}

async function walk(
  store: Context['store'],
  documentId: string,
  doc: Y.Doc,
  from: number,
  to: number,
): Promise<void> {
  if (from >= to) return
  const rows = await store.read.versions.written(documentId, from, to)
  doc.transact(() => {
    for (const { bytes } of rows) Y.applyUpdate(doc, bytes)
  })
}

function keepWalker(documentId: string, walker: Walker): void {
  walkers.get(documentId)?.doc.destroy()
  walkers.delete(documentId)
  walkers.set(documentId, walker)
  for (const [id, { doc }] of walkers) {
    if (walkers.size <= MOST_WALKERS) break
    walkers.delete(id)
    doc.destroy()
  }
}

/** Drawn steps, the least recently asked for leaving first. Bounded by what they weigh. */
class Shelf {
  private readonly steps = new Map<string, { readonly step: ReplayStep; readonly size: number }>()
  private size = 0

  constructor(private readonly most: number) {}

  get(name: string): ReplayStep | null {
    const found = this.steps.get(name)
    if (!found) return null
    this.steps.delete(name)
    this.steps.set(name, found)
    return found.step
  }

  set(name: string, step: ReplayStep, size: number): void {
    this.size += size - (this.steps.get(name)?.size ?? 0)
    this.steps.set(name, { step, size })
    for (const [oldest, one] of this.steps) {
      if (this.size <= this.most) break
      this.steps.delete(oldest)
      this.size -= one.size
    }
  }
}

const drawn = new Shelf(24 * 1024 * 1024)

function sizeOf({ texts }: ReplayStep): number {
  return TEXT_ROOTS.reduce((sum, root) => sum + texts[root].html.length * 2, 0)
}
