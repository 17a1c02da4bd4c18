import type { Actor } from './actor'
import { worksInDepartments } from './member'
import { Refusal } from './refusal'
import type { Role } from './role'
import { type Access, type StrategyAccess, strategyAccess } from './strategy-access'

const everyone = ['owner', 'partner', 'manager', 'member', 'adviser', 'viewer'] as const
const partners = ['owner', 'partner'] as const
const owners = ['owner'] as const
/** Boards hold the company's own words and names: an adviser sees of it what is shared with them, and boards are not. */
const insiders = ['owner', 'partner', 'manager', 'member', 'viewer'] as const
const speakers = ['owner', 'partner', 'manager', 'member'] as const
const managers = ['owner', 'partner', 'manager'] as const

/**
 * Role x action. Every page, server action, route handler and socket room names one of these or one of
 * `doors` below; lib/tools/check.ts fails the build for one that does not. Printed by permissions.test.ts.
 */
export const table = {
  'workspace.read': everyone,
  'workspace.update': owners,
  'workspace.delete': owners,
  'member.read': everyone,
  'member.invite': partners,
  'member.change-role': owners,
  'member.remove': owners,
  'member.leave': everyone,
  'invitation.read': partners,
  'invitation.revoke': partners,
  'department.read': everyone,
  'department.create': partners,
  'department.update': partners,
  'department.archive': partners,
  /** Or one who leads the department. */
  'department.staff': partners,
  'strategy.list': everyone,
  'strategy.create': partners,
  'strategy.duplicate': partners,
  'strategy.archive': partners,
  'strategy.trash': partners,
  'strategy.restore': partners,
  'strategy.make-current': partners,
  'strategy.access': owners,
  /** Links for readers without an account. */
  'strategy.share': partners,
  /** The rest is decided per strategy: see strategy-access.ts. */
  'strategy.read': everyone,
  'strategy.name-version': everyone,
  'strategy.restore-version': everyone,
  'strategy.comment': everyone,
  /** Somebody else's comment; one's own is `strategy.comment`. */
  'strategy.moderate': owners,
  'strategy.edit': everyone,
  /** Suggesting changes in a branch of one's own: see `advisory`, and everybody else who may edit the strategy. */
  'proposal.create': everyone,
  'proposal.decide': everyone,
  /** One's own: the command asks whose it is. */
  'proposal.withdraw': everyone,
  /** One's name under the positioning. Anybody may take their own away again. */
  'positioning.sign': partners,
  'positioning.take-back': everyone,
  'strategy.rename': everyone,
  /** Boards, activities and measures: whoever works in the department may more, see `byDepartment`. */
  'board.read': insiders,
  'board.export': insiders,
  'board.import': partners,
  'column.change': partners,
  'activity.create': partners,
  'activity.edit': partners,
  'activity.move': partners,
  'activity.comment': speakers,
  'recurring.change': partners,
  'label.change': partners,
  /** Files of an activity; whoever reads the board reads them. */
  'activity.attach': partners,
  'activity.detach': partners,
  /** What one looks through boards by: one's own, shared with everybody, somebody else's that is shared. */
  'filter.save': insiders,
  'filter.share': speakers,
  'filter.moderate': partners,
  /** By the department that gives; answered by the one that receives. */
  'hand-off.offer': partners,
  'hand-off.answer': partners,
  'request.send': speakers,
  /** One's own: the command asks whose it is. */
  'request.withdraw': speakers,
  'request.answer': partners,
  'measure.read': insiders,
  'measure.create': managers,
  'measure.edit': managers,
  'measure.archive': managers,
  /** Or the one who owns the measure. */
  'measure.record': managers,
  /** Quarters, and what is asked over all boards at once. */
  'cycle.read': insiders,
  'cycle.open': managers,
  'cycle.note': speakers,
  /** What becomes of unfinished work; of their own board also those who lead the department. */
  'cycle.carry': managers,
  'coherence.read': insiders,
  /** Asking whoever serves changed words; on the strategy, see below. */
  'impact.ask': everyone,
  /** By the department of the activity, or its owner. */
  'impact.answer': partners,
  /** Answering for a difficulty that nobody works on. */
  'risk.accept': partners,
  /** The rest is decided per review: see `mayReview`. */
  'review.list': everyone,
  'review.read': everyone,
  'review.write': everyone,
  /** Quarters and reviews of a file: they are closed as the file says, whoever took part. */
  'review.import': partners,
  'review.prepare': managers,
  'review.run': speakers,
  'review.decide': speakers,
  'review.close': speakers,
  /** One's own, or a manager's: the command asks whose it is. */
  'decision.follow': speakers,
  /** One's own secret address. */
  'calendar.feed': everyone,
  'file.read': everyone,
  'file.upload': everyone,
  /** Mentions and replies, one's own only. */
  'inbox.read': everyone,
  /** The event channel of the workspace: names of things that changed, never their words. */
  'workspace.listen': everyone,
} as const satisfies Record<string, readonly Role[]>

export type Action = keyof typeof table

/**
 * Doors that need no membership: `public` for anybody, `guest` for those who are not signed in (others are sent
 * home), `user` for a signed-in user acting for themselves.
 */
export const doors = ['public', 'guest', 'user'] as const

export type Door = (typeof doors)[number]

/** Actions whose answer depends on the strategy, with the access they ask for. */
const perStrategy: Partial<Record<Action, Access>> = {
  'strategy.read': 'read',
  'file.read': 'read',
  'strategy.name-version': 'edit',
  'strategy.restore-version': 'edit',
  'strategy.comment': 'comment',
  'strategy.moderate': 'comment',
  'strategy.edit': 'edit',
  'proposal.create': 'comment',
  'proposal.decide': 'edit',
  'proposal.withdraw': 'read',
  'positioning.sign': 'edit',
  'positioning.take-back': 'read',
  'strategy.rename': 'edit',
  'impact.ask': 'edit',
  /** Or to suggest it. */
  'file.upload': 'comment',
}

/** What working in a department adds to one's role, on its board: for everybody there, or for those who lead it. */
const byDepartment: Partial<Record<Action, 'staff' | 'lead'>> = {
  'board.import': 'lead',
  'column.change': 'lead',
  'activity.create': 'staff',
  'activity.edit': 'staff',
  'activity.move': 'staff',
  'activity.attach': 'staff',
  'activity.detach': 'staff',
  'recurring.change': 'staff',
  'label.change': 'staff',
  'hand-off.offer': 'staff',
  'hand-off.answer': 'staff',
  'request.answer': 'staff',
  'measure.create': 'staff',
  'measure.edit': 'staff',
  'measure.archive': 'lead',
  'measure.record': 'staff',
  'cycle.carry': 'lead',
  'impact.answer': 'staff',
  'review.prepare': 'lead',
}

/** As much of a board as the rule needs. */
export interface BoardAccess {
  readonly workspaceId: string
  readonly departmentId: string
  /** Its department was archived: it can be read. */
  readonly archived: boolean
}

export interface MeasureAccess {
  readonly workspaceId: string
  /** Null: of the company as a whole. */
  readonly departmentId: string | null
  readonly ownerId: string | null
}

/** As much of a review as the rule needs. */
export interface ReviewAccess {
  readonly workspaceId: string
  /** Null: of the company. */
  readonly departmentId: string | null
  readonly limited: boolean
  readonly leadId: string | null
  readonly participants: readonly string[]
}

/** What an action is done to, as far as the rule needs to know. */
export type Subject =
  | { readonly kind: 'workspace' }
  | { readonly kind: 'strategy'; readonly strategy: StrategyAccess }
  | { readonly kind: 'department'; readonly id: string }
  | { readonly kind: 'board'; readonly board: BoardAccess }
  | { readonly kind: 'measure'; readonly measure: MeasureAccess }
  | { readonly kind: 'review'; readonly review: ReviewAccess }

/** Who may comment and suggests besides; others who only comment say what they mean in a comment. */
const advisory: readonly Role[] = ['owner', 'partner', 'manager', 'adviser']

const order: readonly Access[] = ['none', 'read', 'comment', 'edit']

/** Whether the actor may. The only place where this is decided. */
export function can(actor: Actor, action: Action, subject: Subject = { kind: 'workspace' }): boolean {
  if (subject.kind === 'review') return mayReview(actor, action, subject.review)
  if (subject.kind === 'strategy') {
    if (subject.strategy.workspaceId !== actor.workspaceId) return false
    const needed = perStrategy[action]
    const given = strategyAccess(actor, subject.strategy)
    // Whatever the role allows, nobody acts on a strategy they may not even read.
    if (order.indexOf(given) < order.indexOf(needed ?? 'read')) return false
    const changes = needed === 'edit' || action === 'proposal.create' || action === 'file.upload'
    if (changes && subject.strategy.status !== 'active') return false
    if (action === 'proposal.create' && given !== 'edit' && !advisory.includes(actor.role)) return false
    // A picture may be suggested, too.
    if (action === 'file.upload' && given !== 'edit') return can(actor, 'proposal.create', subject)
  }
  if (subject.kind === 'board' || subject.kind === 'measure') {
    const about = subject.kind === 'board' ? subject.board : subject.measure
    if (about.workspaceId !== actor.workspaceId) return false
    if (subject.kind === 'board' && subject.board.archived && action in byDepartment) return false
    if (subject.kind === 'measure' && action === 'measure.record' && mayOwn(actor, subject.measure))
      return true
    if (worksAs(actor, byDepartment[action], about.departmentId)) return true
  } else if (byDepartment[action] && worksAs(actor, byDepartment[action], 'any')) {
    // At the door, as with `department.staff` below: the command asks again about the very board.
    return true
  }
  if (action === 'department.staff') {
    // At the door nobody knows yet which department it is about: one who leads any of them is let in, and the
    // command asks again about the very one.
    if (subject.kind === 'workspace' && actor.leads.length > 0) return true
    if (subject.kind === 'department' && actor.leads.some((id) => id === subject.id)) return true
  }
  return (table[action] as readonly Role[]).includes(actor.role)
}

/**
 * Whoever takes part reads a review, advisers too; the others read those that are not limited, owners all. Whoever takes
 * part writes in it, viewers aside. It is prepared, run and closed by who leads it, by those who lead its department,
 * and by managers.
 */
function mayReview(actor: Actor, action: Action, review: ReviewAccess): boolean {
  if (!readsReview(actor, review)) return false
  const leads = review.leadId === actor.memberId && worksInDepartments(actor.role)
  const inside = leads || review.participants.includes(actor.memberId)
  switch (action) {
    case 'review.list':
    case 'review.read':
      return true
    case 'review.write':
      return inside ? actor.role !== 'viewer' : false
    case 'review.prepare':
    case 'review.run':
    case 'review.decide':
    case 'review.close':
      return (
        leads ||
        (managers as readonly Role[]).includes(actor.role) ||
        worksAs(actor, 'lead', review.departmentId)
      )
    default:
      return (table[action] as readonly Role[]).includes(actor.role)
  }
}

/** Whether somebody reads a review: for letters, whose reader does nothing in it. */
export function readsReview(
  reader: Pick<Actor, 'workspaceId' | 'memberId' | 'role'>,
  { workspaceId, limited, leadId, participants }: ReviewAccess,
): boolean {
  if (workspaceId !== reader.workspaceId) return false
  const leads = leadId === reader.memberId && worksInDepartments(reader.role)
  if (leads || participants.includes(reader.memberId) || reader.role === 'owner') return true
  return !limited && (insiders as readonly Role[]).includes(reader.role)
}

/** Whether a role reads boards at all: every board of its workspace, then. */
export function readsBoards(role: Role): boolean {
  return (insiders as readonly Role[]).includes(role)
}

function worksAs(actor: Actor, as: 'staff' | 'lead' | undefined, departmentId: string | null): boolean {
  if (as === undefined || departmentId === null || !worksInDepartments(actor.role)) return false
  const places: readonly string[] = as === 'lead' ? actor.leads : actor.departments
  return departmentId === 'any' ? places.length > 0 : places.includes(departmentId)
}

function mayOwn(actor: Actor, measure: MeasureAccess): boolean {
  return measure.ownerId === actor.memberId && worksInDepartments(actor.role)
}

/**
 * Passes or refuses. A strategy the actor may not read is `not_found`, exactly like one that does not exist;
 * what they can see but not do is `not_allowed`, and a strategy that is archived says so.
 */
export function permit(actor: Actor, action: Action, subject: Subject = { kind: 'workspace' }): void {
  if (can(actor, action, subject)) return
  if (subject.kind === 'strategy') {
    if (!can(actor, 'strategy.read', subject)) throw new Refusal('not_found')
    const changes = perStrategy[action] === 'edit' || action === 'file.upload'
    if (changes && subject.strategy.status !== 'active') throw new Refusal('strategy_not_editable')
  }
  if (subject.kind === 'board' && !can(actor, 'board.read', subject)) throw new Refusal('not_found')
  if (subject.kind === 'measure' && !can(actor, 'measure.read', subject)) throw new Refusal('not_found')
  if (subject.kind === 'review' && !can(actor, 'review.read', subject)) throw new Refusal('not_found')
  throw new Refusal('not_allowed')
}
