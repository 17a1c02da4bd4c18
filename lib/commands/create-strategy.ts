import type { FileRow } from '@/db/repositories/files'
import { type Blank, newStrategyDocument, type TemplateId } from '@/lib/document/build'
import type { Language } from '@/lib/domain/language'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { cleanTitle, type Strategy } from '@/lib/domain/strategy'
import { newId } from '@/lib/kit/ids'
import type { Context } from './context'

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
  { actor, store, live }: Context,
  given: {
    readonly title: string
    readonly language: Language
    readonly update: Uint8Array
    /** Files the content shows, which become the new strategy's own. */
    readonly pictures?: readonly Omit<FileRow, 'strategyId'>[]
  },
): Promise<Strategy> {
  const title = cleanTitle(given.title)
  const added = await store.transact(async (tx) => {
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
      { update: given.update, userId: actor.userId },
    )
    for (const picture of given.pictures ?? []) await tx.files.add({ ...picture, strategyId: strategy.id })
    if (workspace.currentStrategyId === null) await tx.strategies.makeCurrent(actor.workspaceId, strategy.id)
    return strategy
  })
  live.publish(actor.workspaceId, { type: 'strategies.changed' })
  return added
}
