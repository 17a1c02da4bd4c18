import * as Y from 'yjs'
import type { Context } from '@/lib/commands/context'
import { type Opening, openingOf } from '@/lib/document/opening'
import type { DepartmentKind } from '@/lib/domain/department'
import type { Language } from '@/lib/domain/language'
import { can } from '@/lib/domain/permissions'
import type { Role } from '@/lib/domain/role'
import type { StrategyForMember } from '@/lib/domain/strategy'
import { must } from '@/lib/kit/assert'

export interface Face {
  /** The user's id: decides the colour. */
  readonly id: string
  readonly name: string
  readonly image: string | null
}

export interface Change {
  readonly strategyId: string
  readonly title: string
  readonly language: Language
  readonly at: Date
  /** Whoever wrote last; null where nobody has written since it was made. */
  readonly by: Face | null
}

export interface DepartmentAtHome {
  readonly id: string
  readonly kind: DepartmentKind | null
  readonly name: string | null
  readonly leads: readonly Face[]
  readonly others: readonly Face[]
}

export interface PersonAtHome extends Face {
  readonly memberId: string
  readonly role: Role
  readonly me: boolean
}

export interface Home {
  readonly slug: string
  readonly name: string
  readonly yearStart: number
  /** The example company. */
  readonly sample: boolean
  /** The strategy everybody works from, if there is one this member may read. */
  readonly current: (Change & { readonly opening: Opening | null; readonly mayEdit: boolean }) | null
  /** The strategies that changed last, at most six. */
  readonly changes: readonly Change[]
  readonly departments: readonly DepartmentAtHome[]
  readonly people: readonly PersonAtHome[]
  readonly mayCreate: boolean
  readonly mayInvite: boolean
  readonly mayStaff: boolean
}

const CHANGES = 6

export async function home(context: Context): Promise<Home> {
  const { actor, store } = context
  const [workspace, strategies, changed, writers, chain, staff, members] = await Promise.all([
    store.read.workspaces.find(actor.workspaceId),
    store.read.strategies.list(actor.workspaceId, actor.memberId),
    store.read.strategies.changedAt(actor.workspaceId),
    store.read.strategies.lastWriters(actor.workspaceId),
    store.read.departments.chain(actor.workspaceId),
    store.read.departments.staff(actor.workspaceId),
    store.read.members.list(actor.workspaceId),
  ])
  const here = must(workspace, 'the workspace of an actor exists')
  const userOf = new Map(members.map((member) => [member.id, member.userId]))
  const face = (of: (typeof staff)[number]): Face => ({
    id: userOf.get(of.memberId) ?? of.memberId,
    name: of.name,
    image: of.image,
  })
  const change = (strategy: StrategyForMember): Change => {
    const text = changed.get(strategy.documentId)
    const writer = writers.get(strategy.documentId)
    return {
      strategyId: strategy.id,
      title: strategy.title,
      language: strategy.language,
      at: text && text > strategy.updatedAt ? text : strategy.updatedAt,
      by: writer ? { id: writer.userId, name: writer.name, image: writer.image } : null,
    }
  }
  const readable = strategies.filter(
    (strategy) => strategy.status === 'active' && can(actor, 'strategy.read', { kind: 'strategy', strategy }),
  )
  const current = readable.find((strategy) => strategy.id === here.currentStrategyId)
  return {
    slug: here.slug,
    name: here.name,
    yearStart: here.yearStart,
    sample: here.sample,
    current: current
      ? {
          ...change(current),
          opening: await opening(context, current, changed.get(current.documentId) ?? current.updatedAt),
          mayEdit: can(actor, 'strategy.edit', { kind: 'strategy', strategy: current }),
        }
      : null,
    changes: readable
      .map(change)
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .slice(0, CHANGES),
    departments: chain.map(({ id, kind, name }) => {
      const here = staff.filter((place) => place.departmentId === id)
      return {
        id,
        kind,
        name,
        leads: here.filter((place) => place.lead).map(face),
        others: here.filter((place) => !place.lead).map(face),
      }
    }),
    people: members.map(({ id, userId, name, image, role }) => ({
      id: userId,
      memberId: id,
      name,
      image,
      role,
      me: id === actor.memberId,
    })),
    mayCreate: can(actor, 'strategy.create'),
    mayInvite: can(actor, 'member.invite'),
    mayStaff: can(actor, 'department.staff'),
  }
}

// Taking a long document apart costs tens of milliseconds, and home is opened far more often than the text changes.
const kept = new Map<string, { at: number; opening: Opening | null }>()
const KEPT = 200

async function opening(
  { live }: Context,
  strategy: StrategyForMember,
  changedAt: Date,
): Promise<Opening | null> {
  const known = kept.get(strategy.documentId)
  if (known?.at === changedAt.getTime()) return known.opening
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, await live.readDocument(strategy.documentId))
    const found = openingOf(doc, strategy.language)
    kept.delete(strategy.documentId)
    kept.set(strategy.documentId, { at: changedAt.getTime(), opening: found })
    const oldest = kept.keys().next().value
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
    return found
  } finally {
    doc.destroy()
  }
}
