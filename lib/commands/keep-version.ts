import * as Y from 'yjs'
import { contentHash } from '@/lib/document/content-hash'
import { diffStrategies } from '@/lib/document/diff/diff'
import { countDiff } from '@/lib/document/diff/summary'
import { packVersion, unpackVersion } from '@/lib/document/version-state'
import { Refusal } from '@/lib/domain/refusal'
import type { Version, VersionKind } from '@/lib/domain/version'
import { failpoint } from '@/lib/kit/failpoint'
import { type Id, newId } from '@/lib/kit/ids'
import type { Live, Services } from './context'

export interface KeepVersion {
  readonly strategyId: Id<'str'>
  readonly documentId: string
  readonly kind: VersionKind
  readonly name: string | null
  /** Null: the server, at the end of an editing session. */
  readonly by: Id<'mem'> | null
  readonly restored?: number
}

type House = Pick<Services, 'store' | 'clock'> & { readonly live: Pick<Live, 'read'> }

/**
 * Captures the strategy as it is committed now. When nobody can see a difference from the last version, that one is
 * the answer (and takes the name, if it has none): so a second click, a second node or a second try makes no second
 * version. Who may has been asked before. Typing goes on meanwhile; only the strategy's row is held, for an instant.
 */
export async function keepVersion(house: House, given: KeepVersion): Promise<Version> {
  const { store, live, clock } = house
  const { strategyId, documentId, kind, name } = given
  const { update, seq } = await live.read(documentId)
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, update)
    const hash = contentHash(doc)
    if ((await store.read.versions.latest(strategyId)) === null && seq > 1) await keepOpening(house, given)
    // Measured outside the transaction, against the version that will most likely still be the last.
    const latest = await store.read.versions.latest(strategyId)
    const words = latest && latest.contentHash !== hash ? await changedWords(house, latest, doc) : 0
    await failpoint('versionMid')
    return await store.transact(async (tx) => {
      if (!(await tx.versions.lock(strategyId))) throw new Refusal('not_found')
      const last = await tx.versions.latest(strategyId)
      // Another node was faster and has seen more than we: its version has all of ours.
      if (last && (last.contentHash === hash || last.seq > seq)) {
        if (name === null) return last
        if (last.name === null && last.contentHash === hash) {
          await tx.versions.name(last.id, name)
          return { ...last, name }
        }
        if (last.name === name && last.contentHash === hash) return last
      }
      const number = (last?.number ?? 0) + 1
      const place = { strategyId, number, seq, contentHash: hash }
      const version: Version = {
        ...place,
        id: newId('ver'),
        kind,
        name,
        authors: await tx.versions.writers(documentId, last?.seq ?? 0, seq),
        words,
        restored: given.restored ?? null,
        createdBy: given.by,
        at: new Date(clock.now()),
      }
      await tx.versions.add({ ...version, ...packVersion(place, update) })
      return version
    })
  } finally {
    doc.destroy()
  }
}

/** What the strategy began with becomes version 1, so that the first session can be compared with it. */
async function keepOpening({ store }: House, { strategyId, documentId }: KeepVersion): Promise<void> {
  const [first, ...more] = await store.read.versions.written(documentId, 0, 1)
  // Where row 1 was merged with others in the history, nobody knows any more what it alone was.
  if (!first || more.length > 0 || first.toSeq !== 1) return
  const doc = new Y.Doc()
  Y.applyUpdate(doc, first.bytes)
  const place = { strategyId, number: 1, seq: 1, contentHash: contentHash(doc) }
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  await store.transact(async (tx) => {
    if (!(await tx.versions.lock(strategyId)) || (await tx.versions.latest(strategyId))) return
    await tx.versions.add({
      ...place,
      ...packVersion(place, state),
      id: newId('ver'),
      kind: 'session',
      name: null,
      authors: await tx.versions.writers(documentId, 0, 1),
      words: 0,
      restored: null,
      createdBy: null,
      at: new Date(first.at),
    })
  })
}

async function changedWords({ store }: House, latest: Version, now: Y.Doc): Promise<number> {
  const stored = await store.read.versions.bytes(latest.strategyId, latest.number)
  const state = stored && unpackVersion(latest, stored)
  // A damaged version must not keep the next one from being made.
  if (!state) return 0
  const before = new Y.Doc()
  Y.applyUpdate(before, state)
  const { added, removed } = countDiff(diffStrategies(before, now))
  before.destroy()
  return added + removed
}
