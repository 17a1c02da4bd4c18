import type { Context } from '@/lib/commands/context'
import { can } from '@/lib/domain/permissions'
import type { Role } from '@/lib/domain/role'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import { type BoardName, mayRead, nameOf } from './board'
import { unreadCount } from './inbox'

/** What stands around every page of a workspace. */
export interface Shell {
  readonly id: Id<'ws'>
  readonly name: string
  readonly slug: string
  readonly yearStart: number
  /** The example company: the frame says so. */
  readonly sample: boolean
  readonly mayInvite: boolean
  readonly mayCreate: boolean
  /** How much waits in the inbox. */
  readonly unread: number
  readonly me: {
    readonly id: Id<'usr'>
    readonly memberId: Id<'mem'>
    readonly name: string
    readonly email: string
    readonly image: string | null
  }
  /** All of my workspaces, this one too, in the order I joined them. */
  readonly workspaces: readonly {
    readonly slug: string
    readonly name: string
    readonly role: Role
    readonly sample: boolean
  }[]
}

export async function shell(context: Context): Promise<Shell> {
  const { actor, store, user } = context
  const [all, unread] = await Promise.all([store.read.workspaces.ofUser(actor.userId), unreadCount(context)])
  const here = must(
    all.find((workspace) => workspace.id === actor.workspaceId),
    'the actor is a member of their workspace',
  )
  return {
    id: here.id,
    name: here.name,
    slug: here.slug,
    yearStart: here.yearStart,
    sample: here.sample,
    mayInvite: can(actor, 'member.invite'),
    mayCreate: can(actor, 'strategy.create'),
    unread,
    me: { id: user.id, memberId: actor.memberId, name: user.name, email: user.email, image: user.image },
    workspaces: all.map(({ slug, name, role, sample }) => ({ slug, name, role, sample })),
  }
}

/** Where the palette can lead besides its own entries. */
export interface Places {
  readonly strategies: readonly { readonly id: string; readonly title: string }[]
  readonly people: readonly { readonly id: string; readonly name: string; readonly role: Role }[]
  readonly boards: readonly BoardName[]
  readonly measures: readonly { readonly id: string; readonly name: string }[]
}

export async function places(context: Context): Promise<Places> {
  const { actor, store } = context
  const [strategies, people, boards, measures] = await Promise.all([
    store.read.strategies.list(actor.workspaceId, actor.memberId),
    can(actor, 'member.read') ? store.read.members.list(actor.workspaceId) : [],
    store.read.boards.list(actor.workspaceId),
    can(actor, 'measure.read') ? store.read.measures.list(actor.workspaceId) : [],
  ])
  return {
    strategies: strategies
      .filter((strategy) => strategy.status === 'active')
      .filter((strategy) => can(actor, 'strategy.read', { kind: 'strategy', strategy }))
      .map(({ id, title }) => ({ id, title })),
    people: people.map(({ id, name, role }) => ({ id, name, role })),
    boards: boards.filter((board) => !board.archived && mayRead(context, board)).map(nameOf),
    measures: measures.filter(({ status }) => status === 'active').map(({ id, name }) => ({ id, name })),
  }
}
