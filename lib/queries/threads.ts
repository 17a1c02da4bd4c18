import type { GivenReaction, SaidComment } from '@/db/repositories/threads'
import type { Context } from '@/lib/commands/context'
import type { DepartmentKind } from '@/lib/domain/department'
import type { Measure } from '@/lib/domain/measure'
import { can, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { Role } from '@/lib/domain/role'
import type { StrategyForMember } from '@/lib/domain/strategy'
import { strategyAccess } from '@/lib/domain/strategy-access'
import type { Outcome, Reaction, Thread } from '@/lib/domain/thread'
import type { Id } from '@/lib/kit/ids'

export interface VoiceView {
  readonly memberId: Id<'mem'>
  /** Decides the colour. */
  readonly userId: Id<'usr'>
  /** Null: a former member. */
  readonly name: string | null
  readonly image: string | null
}

export interface CommentView {
  readonly id: Id<'com'>
  readonly author: VoiceView
  /** Who said it, as the file says that the author imported; null: the author themselves. */
  readonly importedAuthor: string | null
  /** With its mentions as tokens; empty when it was deleted. */
  readonly text: string
  /** Milliseconds since 1970, like every moment here. */
  readonly at: number
  readonly edited: boolean
  readonly deleted: boolean
  readonly mine: boolean
  /** In the order they were first given. */
  readonly reactions: readonly {
    readonly reaction: Reaction
    readonly by: readonly Id<'mem'>[]
    /** Names a file brought; nobody's here. */
    readonly imported: readonly string[]
  }[]
}

export interface MeasureName {
  readonly id: Id<'mea'>
  readonly name: string
}

export interface ThreadView {
  readonly id: Id<'thr'>
  readonly kind: 'words' | 'item'
  readonly root: string
  readonly quote: string
  readonly itemId: string | null
  readonly part: string | null
  readonly positioning: boolean
  readonly onDeletedText: boolean
  readonly resolved: {
    readonly by: VoiceView | null
    readonly at: number
    readonly outcome: Outcome | null
    /** What is watched; null: nothing is, or not for this reader to see. */
    readonly measure: MeasureName | null
  } | null
  readonly revision: number
  readonly at: number
  readonly comments: readonly CommentView[]
}

export interface PersonToMention {
  readonly id: Id<'mem'>
  readonly userId: Id<'usr'>
  readonly name: string
  readonly image: string | null
  readonly role: Role
  /** May read this strategy: only they can be mentioned in it. */
  readonly reads: boolean
}

export interface ThreadsView {
  /** In the order of the text. */
  readonly threads: readonly ThreadView[]
  /** All present members, oneself too: whoever is not among them is a former one. */
  readonly people: readonly PersonToMention[]
  readonly departments: readonly {
    readonly id: Id<'dep'>
    readonly kind: DepartmentKind | null
    readonly name: string | null
  }[]
  /** What may be watched: empty for whoever may read no measures. */
  readonly measures: readonly MeasureName[]
  readonly me: Id<'mem'>
  readonly mayComment: boolean
  /** May take back what others said. */
  readonly mayModerate: boolean
}

/** All threads of a strategy with everything said in them. */
export async function strategyThreads(context: Context, strategyId: string): Promise<ThreadsView> {
  const { actor, store } = context
  const strategy = await readable(context, strategyId)
  const [threads, said, given, members, levels, chain, measures] = await Promise.all([
    store.read.threads.ofStrategy(strategy.id),
    store.read.threads.saidInStrategy(strategy.id),
    store.read.threads.reactionsInStrategy(strategy.id),
    store.read.members.list(actor.workspaceId),
    store.read.strategies.access(strategy.id),
    store.read.departments.chain(actor.workspaceId),
    readableMeasures(context),
  ])
  const levelOf = new Map(levels.map((row) => [row.memberId, row.level]))
  const voices = new Map<string, VoiceView>(
    members.map(({ id, userId, name, image }) => [id, { memberId: id, userId, name, image }]),
  )
  const bySaid = groupBy(said, (one) => one.threadId)
  const byGiven = groupBy(given, (one) => one.commentId)
  const subject = { kind: 'strategy', strategy } as const
  return {
    threads: threads.map((thread) =>
      view(thread, bySaid.get(thread.id) ?? [], byGiven, voices, measures, actor.memberId),
    ),
    people: members.map(({ id, userId, name, image, role }) => ({
      id,
      userId,
      name,
      image,
      role,
      reads: strategyAccess({ role }, { ...strategy, given: levelOf.get(id) ?? null }) !== 'none',
    })),
    departments: chain.map(({ id, kind, name }) => ({ id, kind, name })),
    measures: measures.filter(({ status }) => status === 'active').map(({ id, name }) => ({ id, name })),
    me: actor.memberId,
    mayComment: can(actor, 'strategy.comment', subject),
    mayModerate: can(actor, 'strategy.moderate', subject),
  }
}

/** One thread; null when it is gone. A thread of another strategy is none. */
export async function oneThread(
  context: Context,
  strategyId: string,
  threadId: string,
): Promise<ThreadView | null> {
  const { actor, store } = context
  const strategy = await readable(context, strategyId)
  const thread = await store.read.threads.find(threadId)
  if (!thread || thread.strategyId !== strategy.id) return null
  const watches = thread.standing.state === 'resolved' && thread.standing.outcome?.kind === 'watch'
  const [said, given, members, measures] = await Promise.all([
    store.read.threads.saidInThread(thread.id),
    store.read.threads.reactionsInThread(thread.id),
    thread.standing.state === 'resolved' ? store.read.members.list(actor.workspaceId) : [],
    watches ? readableMeasures(context) : [],
  ])
  const voices = new Map<string, VoiceView>(
    members.map(({ id, userId, name, image }) => [id, { memberId: id, userId, name, image }]),
  )
  return view(
    thread,
    said,
    groupBy(given, (one) => one.commentId),
    voices,
    measures,
    actor.memberId,
  )
}

/** Also archived ones: what was once watched is still named. */
async function readableMeasures({ actor, store }: Context): Promise<readonly Measure[]> {
  return can(actor, 'measure.read') ? store.read.measures.list(actor.workspaceId) : []
}

async function readable({ actor, store }: Context, strategyId: string): Promise<StrategyForMember> {
  const strategy = await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  permit(actor, 'strategy.read', { kind: 'strategy', strategy })
  return strategy
}

function view(
  thread: Thread,
  said: readonly SaidComment[],
  given: ReadonlyMap<string, readonly GivenReaction[]>,
  voices: ReadonlyMap<string, VoiceView>,
  measures: readonly Measure[],
  me: Id<'mem'>,
): ThreadView {
  const { anchor, standing } = thread
  const outcome = standing.state === 'resolved' ? standing.outcome : null
  const measure = outcome?.kind === 'watch' ? measures.find(({ id }) => id === outcome.measureId) : undefined
  return {
    id: thread.id,
    kind: anchor.kind,
    root: anchor.root,
    quote: anchor.quote,
    itemId: anchor.itemId,
    part: anchor.part,
    positioning: thread.positioning,
    onDeletedText: thread.onDeletedText,
    resolved:
      standing.state === 'resolved'
        ? {
            by: voices.get(standing.by) ?? null,
            at: standing.at.getTime(),
            outcome,
            measure: measure ? { id: measure.id, name: measure.name } : null,
          }
        : null,
    revision: thread.revision,
    at: thread.createdAt.getTime(),
    comments: said.map((comment) => ({
      id: comment.id,
      author: comment.author,
      importedAuthor: comment.importedAuthor ?? null,
      text: comment.text,
      at: comment.createdAt.getTime(),
      edited: comment.editedAt !== null,
      deleted: comment.deletedAt !== null,
      mine: comment.memberId === me && !comment.importedAuthor,
      reactions: reactionsOf(comment, given.get(comment.id) ?? []),
    })),
  }
}

function reactionsOf(comment: SaidComment, given: readonly GivenReaction[]): CommentView['reactions'] {
  const here = groupBy(given, (one) => one.reaction)
  const brought = new Map((comment.importedReactions ?? []).map(({ reaction, by }) => [reaction, by]))
  return [...new Set([...brought.keys(), ...here.keys()])].map((reaction) => ({
    reaction,
    by: (here.get(reaction) ?? []).map((one) => one.memberId),
    imported: brought.get(reaction) ?? [],
  }))
}

function groupBy<T, K>(list: readonly T[], key: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const one of list) {
    const group = groups.get(key(one))
    if (group) group.push(one)
    else groups.set(key(one), [one])
  }
  return groups
}
