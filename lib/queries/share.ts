import type { ShareToOpen } from '@/db/repositories/shares'
import type { Context, Services } from '@/lib/commands/context'
import { type ExportedStrategy, pictureIds } from '@/lib/document/exported'
import { stateOf } from '@/lib/document/version-state'
import type { Language } from '@/lib/domain/language'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { opens } from '@/lib/domain/share'
import { readContent, threadsInOrder } from './export'

/** What whoever holds a link is asked before it is exchanged. Null: it opens nothing, for whatever reason. */
export async function shareDoor(
  { store, clock }: Services,
  token: string,
): Promise<{ readonly asksPassword: boolean; readonly language: Language } | null> {
  const found = await store.read.shares.byToken(token)
  if (!found || !opens(found, clock.now())) return null
  return { asksPassword: found.share.hasPassword, language: found.share.language }
}

export interface SharedView {
  readonly strategy: ExportedStrategy
  /** The language of the page around it. */
  readonly language: Language
  /** Null: the strategy as it is now. */
  readonly version: { readonly number: number; readonly at: number } | null
}

/** Exactly what was shared, for a browser with the visit's cookie. Null when it is over. */
export async function sharedView(
  context: Services,
  shareId: string,
  visit: string | null,
): Promise<SharedView | null> {
  const found = await visited(context, shareId, visit)
  if (!found) return null
  const { share, strategy, version } = found
  const content = readContent(await stateOfShare(context, found))
  const threads = share.comments
    ? await threadsInOrder(context, share.strategyId, content.chapters, false)
    : []
  return {
    language: share.language,
    version: version && { number: version.number, at: version.at.getTime() },
    strategy: {
      title: strategy.title,
      language: strategy.language,
      at: version ? version.at.getTime() : context.clock.now(),
      ...content,
      // What stood only on words that are gone is not part of what is shown.
      threads: threads.filter((thread) => !thread.onDeletedText),
      // Pictures come one by one, through the same cookie.
      pictures: new Map(),
    },
  }
}

/** A picture of what was shared: only one that stands in it. */
export async function sharedPicture(
  context: Services,
  shareId: string,
  visit: string | null,
  fileId: string,
): Promise<{ readonly type: string; readonly bytes: Uint8Array } | null> {
  const found = await visited(context, shareId, visit)
  if (!found) return null
  const row = await context.store.read.files.find(fileId)
  if (!row || row.strategyId !== found.share.strategyId) return null
  const { chapters } = readContent(await stateOfShare(context, found))
  if (!pictureIds(chapters).includes(row.id)) return null
  const bytes = await context.files.whole(row.sha256)
  return bytes && { type: row.type, bytes }
}

/** The links of a strategy, for whoever may share it. */
export async function sharesOf({ actor, store, clock }: Context, strategyId: string) {
  const strategy = await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  permit(actor, 'strategy.share', { kind: 'strategy', strategy })
  const [shares, versions] = await Promise.all([
    store.read.shares.ofStrategy(strategy.id),
    store.read.versions.page(strategy.id, { named: true }, 20),
  ])
  const now = clock.now()
  return {
    shares: shares.map((share) => ({
      id: share.id,
      note: share.note,
      maker: share.maker,
      createdAt: share.createdAt.getTime(),
      expiresAt: share.expiresAt.getTime(),
      over: share.expiresAt.getTime() <= now,
      comments: share.comments,
      hasPassword: share.hasPassword,
      opened: share.opened,
      openedAt: share.openedAt?.getTime() ?? null,
      version: share.version,
    })),
    versions: versions.map(({ number, name, at }) => ({ number, name: name ?? '', at: at.getTime() })),
  }
}

async function visited(
  { store, clock }: Services,
  shareId: string,
  visit: string | null,
): Promise<ShareToOpen | null> {
  if (visit === null) return null
  // Asked anew for every page and picture: a revoked link shows nothing from that moment.
  const found = await store.read.shares.byVisit(shareId, visit, new Date(clock.now()))
  return found && opens(found, clock.now()) ? found : null
}

async function stateOfShare({ store, live }: Services, found: ShareToOpen): Promise<Uint8Array> {
  if (!found.version) return live.readDocument(found.strategy.documentId)
  const version = await store.read.versions.find(found.share.strategyId, found.version.number)
  if (!version) throw new Error('assertion failed: a share of a version keeps it')
  return stateOf(version, await store.read.versions.bytes(version.strategyId, version.number))
}
