import * as Y from 'yjs'
import type { Writer } from '@/db/repositories'
import type { PictureRow } from '@/db/repositories/files'
import { type Blank, newStrategyDocument, type TemplateId } from '@/lib/document/build'
import { heal } from '@/lib/document/items/heal'
import { type HashedItem, PROJECTION_VERSION, projectionOf } from '@/lib/document/items/project'
import type { Language } from '@/lib/domain/language'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { cleanTitle, type Strategy } from '@/lib/domain/strategy'
import { newId } from '@/lib/kit/ids'
import type { Context } from './context'
import { stillKept } from './sweep-files'

/** Strategies a workspace may hold, the trashed ones included: far above any honest use, below what would hurt. */
export const MAX_STRATEGIES = 500

export interface CreateStrategy {
  readonly title: string
  readonly language: Language
  readonly template: TemplateId | Blank
}

/** A new strategy, blank or from a template. The first of a workspace becomes its current one. */
export async function createStrategy(context: Context, input: CreateStrategy): Promise<Strategy> {
  permit(context.actor, 'strategy.create')
  return addStrategy(context, { ...input, update: newStrategyDocument(input.template, input.language) })
}

/** Shared by creating, duplicating and importing: rows and first content in one transaction. */
export async function addStrategy(
  { actor, store, live, clock, files }: Context,
  given: {
    readonly title: string
    readonly language: Language
    readonly update: Uint8Array
    /** Files the content shows, which become the new strategy's own. */
    readonly pictures?: readonly PictureRow[]
    /** What belongs to it from the first moment, in the same transaction. */
    readonly also?: (tx: Writer, strategy: Strategy) => Promise<void>
  },
): Promise<Strategy> {
  const title = cleanTitle(given.title)
  const first = wholeContent(given.update, given.language)
  const added = await store.transact(async (tx) => {
    // Always in the same order, and before the workspace: two imports of the same pictures wait for each other, not for ever.
    for (const sha256 of [...new Set((given.pictures ?? []).map((picture) => picture.sha256))].sort())
      await stillKept(tx, files, sha256)
    const workspace = await tx.workspaces.lock(actor.workspaceId)
    if (!workspace) throw new Refusal('not_found')
    if ((await tx.strategies.count(actor.workspaceId)) >= MAX_STRATEGIES) throw new Refusal('quota')
    const strategy = await tx.strategies.add(
      {
        id: newId('str'),
        documentId: newId('doc'),
        workspaceId: actor.workspaceId,
        title,
        language: given.language,
        createdBy: actor.memberId,
      },
      { update: first.update, userId: actor.userId },
    )
    await tx.strategyItems.project(
      { strategyId: strategy.id, documentId: strategy.documentId, seq: 1, version: PROJECTION_VERSION },
      first.items,
      new Date(clock.now()),
    )
    for (const picture of given.pictures ?? []) await tx.files.add({ ...picture, strategyId: strategy.id })
    await given.also?.(tx, strategy)
    if (workspace.currentStrategyId === null) await tx.strategies.makeCurrent(actor.workspaceId, strategy.id)
    return strategy
  })
  live.publish(actor.workspaceId, { type: 'strategies.changed' })
  return added
}

/** The first content with every item under an id and a code of its own, and the items as rows. */
function wholeContent(update: Uint8Array, language: Language): { update: Uint8Array; items: HashedItem[] } {
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, update)
    const healed = heal(doc, new Map()) > 0
    return { update: healed ? Y.encodeStateAsUpdate(doc) : update, items: projectionOf(doc, language) }
  } finally {
    doc.destroy()
  }
}
