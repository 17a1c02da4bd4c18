import * as Y from 'yjs'
import type { Face } from '@/db/repositories/versions'
import type { Context } from '@/lib/commands/context'
import { anchorsOf } from '@/lib/document/comments/anchors'
import { diffStates, diffStrategies, readState } from '@/lib/document/diff/diff'
import type { Labels } from '@/lib/document/diff/html'
import { itemNames } from '@/lib/document/diff/item-names'
import { Ledger } from '@/lib/document/diff/ledger'
import { type DiffView, handsOf, viewDiff } from '@/lib/document/diff/passages'
import { restoreDocument } from '@/lib/document/restore'
import { stateOf } from '@/lib/document/version-state'
import type { Language } from '@/lib/domain/language'
import { can, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { StrategyForMember } from '@/lib/domain/strategy'
import type { Moment, Version } from '@/lib/domain/version'
import type { Id } from '@/lib/kit/ids'

export type { Face }

/** Versions on one page of the list. */
export const PAGE = 60

export interface VersionsPage {
  readonly strategy: Pick<StrategyForMember, 'id' | 'title' | 'language' | 'documentId'>
  readonly versions: readonly Version[]
  /** The strategy has more versions below these. */
  readonly more: boolean
  /** Somebody wrote since the last version. `number`: what it will be called. */
  readonly now: {
    readonly changed: boolean
    readonly number: number
    readonly seq: number
    /** Who wrote since then. */
    readonly authors: readonly string[]
  }
  readonly from: Version | null
  readonly to: Version | 'now'
  /** Everybody who ever wrote in it, for the filter; names of those who have left stay with what they wrote. */
  readonly people: readonly Face[]
  readonly mayName: boolean
  readonly mayRestore: boolean
  readonly mayComment: boolean
}

export interface VersionsWish {
  readonly strategyId: string
  readonly from: Moment | null
  readonly to: Moment | null
  readonly below: number | null
  readonly userId: string | null
  readonly name: string | null
  readonly named: boolean
}

/** The list of versions and what is compared. Reads no bytes, whatever the number of versions. */
export async function versionsPage({ actor, store }: Context, wish: VersionsWish): Promise<VersionsPage> {
  const { versions: read } = store.read
  const strategy = await readable({ actor, store }, wish.strategyId)
  const subject = { kind: 'strategy', strategy } as const
  const [found, latest, seq, people, named] = await Promise.all([
    read.page(
      strategy.id,
      {
        ...(wish.below !== null && { below: wish.below }),
        ...(wish.userId !== null && { userId: wish.userId }),
        ...(wish.name !== null && { name: wish.name }),
        named: wish.named,
      },
      PAGE + 1,
    ),
    read.latest(strategy.id),
    store.read.documents.seq(strategy.documentId),
    read.people(strategy.id, strategy.documentId),
    wish.from === null ? read.newestNamed(strategy.id) : null,
  ])
  const head = seq ?? 0
  const authors = latest && latest.seq < head ? await read.writers(strategy.documentId, latest.seq, head) : []
  // Where the server alone wrote, the mark of a comment say, it is the same text.
  const changed = latest === null || authors.length > 0
  const to = await pick(store, strategy.id, wish.to ?? 'now')
  const from =
    wish.from === null
      ? await before(store, strategy.id, to === 'now' ? null : to, named, latest, changed)
      : await pick(store, strategy.id, wish.from)
  if (from === 'now') throw new Refusal('not_found')
  return {
    strategy,
    versions: found.slice(0, PAGE),
    more: found.length > PAGE,
    now: {
      changed,
      number: changed ? (latest?.number ?? 0) + 1 : (latest?.number ?? 1),
      seq: head,
      authors: latest === null ? await read.writers(strategy.documentId, 0, head) : authors,
    },
    from,
    to,
    people,
    mayName: can(actor, 'strategy.name-version', subject),
    mayRestore: can(actor, 'strategy.restore-version', subject),
    mayComment: can(actor, 'strategy.comment', subject),
  }
}

/** A strategy the actor may read; missing and forbidden are one answer. */
async function readable(
  { actor, store }: Pick<Context, 'actor' | 'store'>,
  strategyId: string,
): Promise<StrategyForMember> {
  const strategy = await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  permit(actor, 'strategy.read', { kind: 'strategy', strategy })
  return strategy
}

type Store = Context['store']

async function pick(store: Store, strategyId: string, moment: Moment): Promise<Version | 'now'> {
  if (moment === 'now') return 'now'
  const version = await store.read.versions.find(strategyId, moment)
  if (!version) throw new Refusal('not_found')
  return version
}

/** What a state is compared with unless somebody says otherwise: what people named, else the state before. */
async function before(
  store: Store,
  strategyId: string,
  to: Version | null,
  named: Version | null,
  latest: Version | null,
  changed: boolean,
): Promise<Version | null> {
  if (to) return to.number > 1 ? store.read.versions.find(strategyId, to.number - 1) : to
  if (!latest) return null
  // The newest itself, when nothing came after it, has nothing to be compared with.
  const isNow = (version: Version) => !changed && version.contentHash === latest.contentHash
  if (named && !isNow(named)) return named
  if (changed || latest.number === 1) return latest
  return store.read.versions.find(strategyId, latest.number - 1)
}

/** Labels for a comparison, given what the items of both states are called. */
export type LabelsOf = (itemName: (id: string) => string | null) => Labels

export interface Comparison {
  readonly view: DiffView
  readonly faces: ReadonlyMap<string, Face>
  /** What restoring the first of the two would do to comments; null: there are none, or nobody here may restore. */
  readonly threads: { readonly all: number; readonly lost: number } | null
}

/** Two states of one strategy side by side. Throws `version_damaged`. */
export async function compareVersions(
  { store, live }: Pick<Context, 'store' | 'live'>,
  given: {
    readonly page: Pick<VersionsPage, 'strategy' | 'from' | 'to' | 'mayRestore'>
    readonly person: string | null
    readonly labels: LabelsOf
  },
): Promise<Comparison> {
  const { strategy, from, to, mayRestore } = given.page
  const { versions: read } = store.read
  const stateAt = async (version: Version) => stateOf(version, await read.bytes(strategy.id, version.number))
  const [now, old] = await Promise.all([
    to === 'now' ? live.read(strategy.documentId) : stateAt(to).then((update) => ({ update, seq: to.seq })),
    from ? stateAt(from) : null,
  ])
  const [first, last] = [from?.seq ?? 0, now.seq]
  const [rows, clients] = await Promise.all([
    read.written(strategy.documentId, Math.min(first, last), Math.max(first, last)),
    store.read.documents.clients(strategy.documentId),
  ])
  const before = docOf(old)
  const after = docOf(now.update)
  try {
    const ledger = new Ledger(rows, clients)
    const view = viewDiff(
      diffStrategies(before, after),
      handsOf(ledger, given.person),
      given.labels(itemNames(before, after)),
    )
    const faces = await read.faces(view.people)
    const threads =
      from && mayRestore && to === 'now' ? await threadsAfter(store, strategy.id, before, after) : null
    return { view, faces: new Map(faces.map((face) => [face.id, face])), threads }
  } finally {
    before.destroy()
    after.destroy()
  }
}

/** Tries the restoring out on a copy: how many threads there are, and how many would lose their words. */
async function threadsAfter(store: Store, strategyId: string, target: Y.Doc, now: Y.Doc) {
  const ids = await store.read.threads.idsOf(strategyId)
  if (ids.size === 0) return null
  const anchored = (doc: Y.Doc) => {
    const found = anchorsOf(doc).threads
    return [...ids].filter((id) => found.has(id))
  }
  const held = anchored(now)
  const copy = docOf(Y.encodeStateAsUpdate(now))
  restoreDocument(copy, target, { threads: ids, held: new Set() })
  const left = new Set(anchored(copy))
  copy.destroy()
  return { all: ids.size, lost: held.filter((id) => !left.has(id)).length }
}

function docOf(state: Uint8Array | null): Y.Doc {
  const doc = new Y.Doc()
  if (state) Y.applyUpdate(doc, state)
  return doc
}

export interface DraftsPage {
  readonly one: { readonly id: Id<'str'>; readonly title: string; readonly language: Language }
  readonly other: { readonly id: Id<'str'>; readonly title: string } | null
  /** What it can be compared with. */
  readonly others: readonly { readonly id: Id<'str'>; readonly title: string }[]
  readonly view: DiffView | null
  readonly faces: ReadonlyMap<string, Face>
}

/** Two strategies of a workspace side by side: alternative drafts. Both must be readable. */
export async function compareStrategies(
  { actor, store, live }: Context,
  given: { readonly strategyId: string; readonly withId: string | null; readonly labels: LabelsOf },
): Promise<DraftsPage> {
  const one = await readable({ actor, store }, given.strategyId)
  const list = await store.read.strategies.list(actor.workspaceId, actor.memberId)
  const others = list
    .filter(
      (strategy) => strategy.id !== one.id && can(actor, 'strategy.read', { kind: 'strategy', strategy }),
    )
    .map(({ id, title }) => ({ id, title }))
  const base = { one: { id: one.id, title: one.title, language: one.language }, others }
  if (given.withId === null) return { ...base, other: null, view: null, faces: new Map() }
  const other = await readable({ actor, store }, given.withId)
  if (other.id === one.id) throw new Refusal('not_found')
  const [left, right, clients] = await Promise.all([
    live.readDocument(one.documentId),
    live.readDocument(other.documentId),
    store.read.documents.clients(other.documentId),
  ])
  const before = docOf(left)
  const after = docOf(right)
  try {
    // Nothing was taken away from one to make the other: only who wrote what is new can be told.
    const names = itemNames(before, after)
    // The items of two strategies have ids of their own: what they cite is compared by what it is called.
    const nameOf = (id: string) => names(id) ?? id
    const diff = diffStates(readState(before, nameOf), readState(after, nameOf))
    const view = viewDiff(diff, handsOf(new Ledger([], clients), null), given.labels(names))
    const faces = await store.read.versions.faces(view.people)
    return {
      ...base,
      other: { id: other.id, title: other.title },
      view,
      faces: new Map(faces.map((face) => [face.id, face])),
    }
  } finally {
    before.destroy()
    after.destroy()
  }
}
