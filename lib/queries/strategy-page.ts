import type { Context } from '@/lib/commands/context'
import { dayIn } from '@/lib/document/render/day-words'
import type { DepartmentInPage } from '@/lib/document/render/item-face'
import type { Language } from '@/lib/domain/language'
import { can, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { StrategyStatus } from '@/lib/domain/strategy-access'
import type { MessageKey } from '@/lib/i18n/messages'
import { words } from '@/lib/i18n/words'
import type { Id } from '@/lib/kit/ids'
import { type StrategyText, strategyText } from './strategy-text'

export interface StrategyPage extends StrategyText {
  readonly strategy: {
    readonly id: Id<'str'>
    readonly title: string
    readonly revision: number
    readonly language: Language
    readonly status: StrategyStatus
  }
  readonly me: { readonly userId: Id<'usr'>; readonly memberId: Id<'mem'> }
  /** The number of the version the text is, or will be when it is kept. */
  readonly version: number
  /** Nobody wrote since that version. */
  readonly kept: boolean
  readonly mayEdit: boolean
  readonly mayRename: boolean
  /** The room of the document below: the strategy's, or that of the actor's own proposal. */
  readonly room: Id<'str'> | Id<'prp'>
  readonly mode: 'edit' | 'suggest' | 'read'
  /** The first is the usual one. */
  readonly modes: readonly ('edit' | 'suggest' | 'read')[]
  /** How many proposals are open. */
  readonly proposals: number
  readonly mayRestore: boolean
  readonly mayShare: boolean
  readonly mayAccess: boolean
  readonly mayComment: boolean
  /** The open threads: `ids` of those whose words stand in the text, `count` of all. */
  readonly threads: { readonly ids: readonly string[]; readonly count: number }
  /** Milliseconds since 1970. */
  readonly readAt: number
  /** In chain order. */
  readonly departments: readonly DepartmentInPage[]
}

/**
 * A strategy as its page shows it. A stranger and a member who may not read it hear that it does not exist.
 * @param zone the reader's time zone: whether a factor has expired is asked where they are
 * @param asked `suggest`: the actor's own open proposal instead, if there is one
 */
export async function strategyPage(
  context: Context,
  strategyId: string,
  zone: string,
  asked: 'suggest' | 'read' | null = null,
): Promise<StrategyPage> {
  const { actor, store, live, clock, user } = context
  const strategy = await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  const subject = { kind: 'strategy', strategy } as const
  permit(actor, 'strategy.read', subject)
  const { id, title, revision, language, status } = strategy
  const [open, own] = await Promise.all([
    store.read.proposals.countOpen(id),
    asked === 'suggest' ? store.read.proposals.openOf(id, actor.memberId) : null,
  ])
  const modes = [
    ...(can(actor, 'strategy.edit', subject) ? (['edit'] as const) : []),
    ...(can(actor, 'proposal.create', subject) ? (['suggest'] as const) : []),
    'read' as const,
  ]
  const suggests = own !== null && modes.includes('suggest')
  const mode = suggests ? 'suggest' : modes[0] === 'edit' && asked !== 'read' ? 'edit' : 'read'
  const mayEdit = mode !== 'read'
  const readAt = clock.now()
  const say = words(context.language)
  const chain = await store.read.departments.chain(actor.workspaceId)
  const latest = await store.read.versions.latest(strategy.id)
  const seq = await store.read.documents.seq(strategy.documentId)
  const kept =
    (seq ?? 0) <= (latest?.seq ?? 1) ||
    (await store.read.versions.writers(strategy.documentId, latest?.seq ?? 1, seq ?? 0)).length === 0
  const { documentId } = suggests ? own : strategy
  const departments = chain.map(({ id, kind, name }) => ({ id, kind, name }))
  return {
    strategy: { id, title, revision, language, status },
    me: { userId: user.id, memberId: actor.memberId },
    // What a strategy began with will be its first version, see `keepVersion`.
    version: (latest?.number ?? 1) + (kept ? 0 : 1),
    kept,
    mayEdit,
    mayRename: mode === 'edit' && can(actor, 'strategy.rename', subject),
    room: suggests ? own.id : id,
    mode,
    // Who may not write in the strategy itself usually reads it.
    modes: modes[0] === 'edit' ? modes : modes.toReversed(),
    proposals: open,
    mayRestore: can(actor, 'strategy.restore', subject),
    mayShare: can(actor, 'strategy.share', subject),
    mayAccess: can(actor, 'strategy.access', subject),
    mayComment: can(actor, 'strategy.comment', subject),
    threads: await store.read.threads.open(strategy.id),
    readAt,
    departments,
    ...(await strategyText(live, documentId, suggests ? await store.read.documents.seq(documentId) : seq, {
      say: (key, values) => say(key as MessageKey, values),
      language: context.language,
      written: language,
      today: dayIn(zone, readAt),
      departments,
      editable: mayEdit,
    })),
  }
}

/** The title alone, for the window's. Null for whoever may not read it. */
export async function strategyTitle({ actor, store }: Context, strategyId: string): Promise<string | null> {
  const strategy = await store.read.strategies.find(strategyId, actor.memberId)
  return strategy && can(actor, 'strategy.read', { kind: 'strategy', strategy }) ? strategy.title : null
}
