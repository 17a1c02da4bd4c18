import { readWorld } from '@/db/world'
import type { Context } from '@/lib/commands/context'
import { type AgendaPoint, agendaOf, type FallenDue } from '@/lib/domain/agenda'
import { isUnfinished } from '@/lib/domain/carry-over'
import { type Assumption, assumptionsOf } from '@/lib/domain/coherence/assumptions'
import { type TrackedGap, trackGaps } from '@/lib/domain/coherence/gap-tracker'
import { type MovedCard, movedCards } from '@/lib/domain/coherence/impact'
import { type Matrix, matrixOf } from '@/lib/domain/coherence/matrix'
import { type Cycle, cycleDays, cycleOf } from '@/lib/domain/cycle'
import { type CycleNote, type CycleState, isOpen } from '@/lib/domain/cycle-state'
import type { DayText } from '@/lib/domain/day-text'
import { can } from '@/lib/domain/permissions'
import { readPlan, type SealedPlan } from '@/lib/domain/plan-seal'
import {
  type Finding,
  type ListedReview,
  type Meeting,
  type Review,
  type ReviewState,
  readableFindings,
} from '@/lib/domain/review'
import {
  type ActivityResult,
  activityResults,
  type MeasureResult,
  measureResults,
  readResult,
} from '@/lib/domain/review-result'
import { type ScopeChanges, scopeSince } from '@/lib/domain/scope'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import { type BoardName, type BoardPerson, boardPeople, nameOf, todayIn } from './board'
import type { ItemName } from './coherence'
import { type FollowedDecision, followedDecisions } from './decisions'
import { type Referred, referredIn } from './referred'

/** A review without the bytes it was sealed with. */
export interface ReviewLine {
  readonly id: Id<'rev'>
  readonly cycle: Cycle
  readonly departmentId: Id<'dep'> | null
  readonly state: ReviewState
  readonly heldOn: DayText | null
  readonly limited: boolean
  readonly leadId: Id<'mem'> | null
  readonly participants: readonly Id<'mem'>[]
  readonly prepared: readonly Id<'mem'>[]
  readonly documentId: Id<'doc'>
  readonly goals: string
  readonly lessons: string
  readonly meeting: Meeting | null
  readonly revision: number
  readonly closed: {
    readonly at: Date
    readonly by: Id<'mem'>
    readonly resultHash: string
    readonly versionId: Id<'ver'> | null
  } | null
}

export interface ReviewsPage {
  readonly slug: string
  readonly current: Cycle
  /** The last quarter first, the company's in front; only those one may read. */
  readonly reviews: readonly (ReviewLine & { readonly findings: number; readonly decisions: number })[]
  readonly boards: readonly BoardName[]
  readonly people: readonly BoardPerson[]
  readonly may: { readonly prepareCompany: boolean; readonly prepareFor: readonly Id<'dep'>[] }
}

export async function reviewsPage(context: Context, zone: string): Promise<ReviewsPage> {
  const { actor, store, clock } = context
  const { read } = store
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const [all, boards, people, decisions] = await Promise.all([
    read.reviews.list(actor.workspaceId),
    read.boards.list(actor.workspaceId),
    boardPeople(context),
    read.reviews.decided(actor.workspaceId),
  ])
  const mine = all.filter((review) => can(actor, 'review.read', { kind: 'review', review }))
  const findings = await Promise.all(mine.map(({ id }) => read.reviews.findings(id)))
  const nobody = { workspaceId: actor.workspaceId, limited: false, leadId: null, participants: [] }
  const mayPrepare = (departmentId: string | null) =>
    can(actor, 'review.prepare', { kind: 'review', review: { ...nobody, departmentId } })
  return {
    slug: workspace.slug,
    current: cycleOf(todayIn(zone, clock.now()), workspace.yearStart),
    reviews: mine.map((review, i) => ({
      ...lineOf(review),
      findings: readableFindings(review, findings[i] ?? [], actor.memberId).length,
      decisions: decisions.filter(({ reviewId }) => reviewId === review.id).length,
    })),
    boards: boards.filter(({ archived }) => !archived).map(nameOf),
    people,
    may: {
      prepareCompany: mayPrepare(null),
      prepareFor: boards
        .filter(({ archived, departmentId }) => !archived && mayPrepare(departmentId))
        .map(({ departmentId }) => departmentId),
    },
  }
}

export interface ReviewPage {
  readonly slug: string
  readonly me: Id<'mem'>
  readonly review: ReviewLine
  readonly first: DayText
  readonly last: DayText
  readonly today: DayText
  readonly cycleState: CycleState
  readonly agenda: readonly AgendaPoint[]
  /** While it is prepared: one's own. */
  readonly findings: readonly Finding[]
  /** How many of others are written and not shown yet. */
  readonly hidden: number
  readonly decisions: readonly FollowedDecision[]
  /** Of the reviews before (the same department's, or the company's), with what became of them. */
  readonly lastDecisions: readonly FollowedDecision[]
  readonly plan: SealedPlan | null
  readonly planHash: string | null
  readonly sealedAt: Date | null
  readonly scope: ScopeChanges | null
  /** Of a closed review: as they were. */
  readonly measures: readonly MeasureResult[]
  readonly activities: readonly ActivityResult[]
  /** Values by day in the quarter and the one before, for the drawn lines. */
  readonly readings: Readonly<Record<string, readonly { readonly on: DayText; readonly value: number }[]>>
  readonly gaps: readonly TrackedGap[]
  readonly matrix: Pick<
    Matrix,
    'uncovered' | 'petProjects' | 'conflicts' | 'lateHandOffs' | 'returnedHandOffs'
  >
  /** Unfinished work without a word about what becomes of it; 0 once closed. */
  readonly undecided: number
  /** Assumptions whose day has passed, with what rests on them. */
  readonly expired: readonly Assumption[]
  /** Threads that were to be watched until a day that has come. */
  readonly due: readonly FallenDue[]
  /** Cards whose words have moved and that nobody has answered for. */
  readonly moved: readonly MovedCard[]
  readonly items: readonly ItemName[]
  /** Whatever findings, decisions and points of the agenda name, by its id. */
  readonly referred: Readonly<Record<string, Referred>>
  /** Beside a closed quarter, which takes nothing else. Empty while the review is open. */
  readonly annotations: readonly CycleNote[]
  readonly boards: readonly BoardName[]
  readonly people: readonly BoardPerson[]
  readonly strategyId: Id<'str'> | null
  readonly now: number
  readonly may: {
    readonly annotate: boolean
    readonly prepare: boolean
    readonly write: boolean
    readonly run: boolean
    readonly decide: boolean
    readonly close: boolean
    readonly notes: 'read' | 'write'
  }
}

/** Which review it is: enough for a page to begin with. Null: not there, or not theirs to see. */
export async function reviewHead(
  { actor, store: { read } }: Context,
  reviewId: string,
): Promise<
  (Pick<ReviewLine, 'state' | 'cycle' | 'departmentId'> & { readonly boards: readonly BoardName[] }) | null
> {
  const [review, boards] = await Promise.all([
    read.reviews.find(reviewId),
    read.boards.list(actor.workspaceId),
  ])
  if (!review || !can(actor, 'review.read', { kind: 'review', review })) return null
  const { state, cycle, departmentId } = review
  return { state, cycle, departmentId, boards: boards.filter(({ archived }) => !archived).map(nameOf) }
}

/** Everything a review shows. Null: not there, or not theirs to see. */
export async function reviewPage(
  context: Context,
  reviewId: string,
  zone: string,
): Promise<ReviewPage | null> {
  const { actor, store, clock } = context
  const { read } = store
  const review = await read.reviews.find(reviewId)
  if (!review || !can(actor, 'review.read', { kind: 'review', review })) return null
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const today = todayIn(zone, clock.now())
  const quarter = cycleDays(review.cycle, workspace.yearStart)
  const strategy =
    workspace.currentStrategyId === null
      ? null
      : await read.strategies.find(workspace.currentStrategyId, actor.memberId)
  const strategyId =
    strategy && can(actor, 'strategy.read', { kind: 'strategy', strategy }) ? strategy.id : null
  const [world, row, all, people, reviews, impacts, questions, threads, [carries, notes]] = await Promise.all(
    [
      readWorld(read, { workspaceId: actor.workspaceId, strategyId, today }),
      read.cycles.find(actor.workspaceId, review.cycle),
      read.reviews.findings(review.id),
      boardPeople(context),
      read.reviews.list(actor.workspaceId),
      read.impacts.list(actor.workspaceId),
      read.impacts.questions(actor.workspaceId),
      strategyId === null ? [] : read.threads.ofStrategy(strategyId),
      read.cycles
        .find(actor.workspaceId, review.cycle)
        .then(async (known) =>
          known
            ? Promise.all([
                read.cycles.carryOvers(known.id),
                review.state === 'closed' ? read.cycles.notes(known.id) : [],
              ])
            : ([[], []] as const),
        ),
    ],
  )
  const last = reviews.filter(
    (one) =>
      one.departmentId === review.departmentId &&
      one.cycle < review.cycle &&
      one.state === 'closed' &&
      can(actor, 'review.read', { kind: 'review', review: one }),
  )
  const before = last[0] ? [last[0].id] : []
  const followed = await followedDecisions(context, await read.reviews.decisions([review.id, ...before]))
  const decisions = followed.filter((one) => one.reviewId === review.id)
  const lastDecisions = followed.filter((one) => one.reviewId !== review.id)
  const ours = <T extends { readonly departmentId: Id<'dep'> | null }>(list: readonly T[]) =>
    review.departmentId === null ? list : list.filter((one) => one.departmentId === review.departmentId)
  const sealed = row !== null && row.state !== 'planned' ? row : null
  const whole = sealed ? readPlan(sealed.seal) : null
  const plan = whole && { ...whole, activities: ours(whole.activities), targets: ours(whole.targets) }
  const result = review.state === 'closed' ? readResult(review.result) : null
  const scopeNow =
    whole && sealed && isOpen(sealed)
      ? scopeSince(whole, world, await read.activities.scopeChanges(actor.workspaceId, sealed.sealedAt))
      : null
  const scope = result ? result.scope : scopeNow && departmentScope(scopeNow, ours, world)
  const matrix = departmentMatrix(matrixOf(world), review.departmentId)
  const activities = ours(world.activities)
  const gaps = trackGaps(world).filter(
    ({ activities: its, measure }) =>
      review.departmentId === null ||
      its.some(({ id }) => activities.some((one) => one.id === id)) ||
      world.measures.some((one) => one.id === measure?.id && one.departmentId === review.departmentId),
  )
  const fates = new Map(carries.map((carry) => [carry.activityId as string, carry]))
  const readable = readableFindings(review, all, actor.memberId)
  const measures =
    result?.measures ?? measureResults(ours(world.measures), plan, { cycle: review.cycle, ...quarter })
  const expired = (review.departmentId === null ? assumptionsOf(world, quarter.last) : []).filter(
    ({ state }) => state === 'expired',
  )
  const due = threads.flatMap(({ id, anchor, standing }): FallenDue[] => {
    const outcome = standing.state === 'resolved' ? standing.outcome : null
    return outcome?.kind === 'watch' && outcome.until <= today && review.departmentId === null
      ? [{ id, quote: anchor.quote, until: outcome.until }]
      : []
  })
  const moved = movedCards(impacts, questions, activities)
  const agenda = agendaOf({
    lastDecisions,
    sealed: plan !== null,
    scope,
    gaps,
    matrix,
    assumptions: expired,
    threads: due,
    moved,
    measures: measures.length,
  })
  const on = (action: 'review.prepare' | 'review.write' | 'review.run' | 'review.decide' | 'review.close') =>
    review.state !== 'closed' && can(actor, action, { kind: 'review', review })
  return {
    slug: workspace.slug,
    me: actor.memberId,
    review: lineOf(review),
    ...quarter,
    today,
    cycleState: row?.state ?? 'planned',
    agenda,
    findings: readable,
    hidden: all.length - readable.length,
    decisions,
    lastDecisions,
    plan,
    planHash: sealed?.seal.hash ?? null,
    sealedAt: sealed?.sealedAt ?? null,
    scope,
    measures,
    activities: result?.activities ?? activityResults(activities, plan, review.cycle, fates),
    readings: Object.fromEntries(
      ours(world.measures).map(({ id, readings }) => [
        id,
        readings.filter((reading) => reading.on <= quarter.last).slice(-26),
      ]),
    ),
    gaps,
    matrix,
    undecided:
      review.departmentId !== null || review.state === 'closed'
        ? 0
        : activities.filter(
            (activity) => isUnfinished(activity, activity.phase, review.cycle) && !fates.has(activity.id),
          ).length,
    expired,
    due,
    moved,
    referred: referredIn(world, threads, [
      ...readable.flatMap(({ about, evidence }) => [...about, ...evidence.map(({ ref }) => ref)]),
      ...agenda.flatMap(({ about }) => about),
      ...followed.flatMap(({ effect }) =>
        effect.kind === 'activity'
          ? [effect.activityId]
          : effect.kind === 'target'
            ? [effect.measureId]
            : [effect.itemId],
      ),
      ...gaps.flatMap(({ beside, activities: its }) => [...beside, ...its.map(({ id }) => id)]),
      ...moved.map(({ activityId }) => activityId),
    ]),
    annotations: notes,
    now: clock.now(),
    items: world.items.map(({ id, kind, code, title }) => ({ id, kind, code, title })),
    boards: world.boards.map(nameOf),
    people,
    strategyId,
    may: {
      annotate: review.state === 'closed' && row !== null && can(actor, 'cycle.note'),
      prepare: on('review.prepare'),
      write: on('review.write'),
      run: on('review.run'),
      decide: on('review.decide'),
      close: on('review.close'),
      notes: on('review.write') || on('review.run') ? 'write' : 'read',
    },
  }
}

function lineOf(review: Review | ListedReview): ReviewLine {
  const { id, cycle, departmentId, state, heldOn, limited, leadId, participants, prepared, documentId } =
    review
  return {
    id,
    cycle,
    departmentId,
    state,
    heldOn,
    limited,
    leadId,
    participants,
    prepared,
    documentId,
    goals: review.goals,
    lessons: review.lessons,
    meeting: review.meeting,
    revision: review.revision,
    closed:
      review.state === 'closed'
        ? {
            at: review.closedAt,
            by: review.closedBy,
            resultHash: 'result' in review ? review.result.hash : review.resultHash,
            versionId: review.versionId,
          }
        : null,
  }
}

function departmentScope(
  scope: ScopeChanges,
  ours: <T extends { readonly departmentId: Id<'dep'> | null }>(list: readonly T[]) => readonly T[],
  world: { readonly measures: readonly { readonly id: string; readonly departmentId: Id<'dep'> | null }[] },
): ScopeChanges {
  const measures = new Set<string>(ours(world.measures).map(({ id }) => id))
  return {
    added: ours(scope.added),
    dropped: ours(scope.dropped),
    retargeted: scope.retargeted.filter(({ measureId }) => measures.has(measureId)),
  }
}

/** What concerns one department; what nobody works on concerns the company. */
function departmentMatrix(matrix: Matrix, departmentId: string | null): ReviewPage['matrix'] {
  const { uncovered, petProjects, conflicts, lateHandOffs, returnedHandOffs } = matrix
  if (departmentId === null) return { uncovered, petProjects, conflicts, lateHandOffs, returnedHandOffs }
  const here = new Set(
    [...matrix.rows.flatMap(({ cells }) => cells.flat()), ...petProjects, ...matrix.withoutRow]
      .filter((card) => card.departmentId === departmentId)
      .map(({ activityId }) => activityId),
  )
  const touches = ({ fromActivityId, toActivityId }: Matrix['lateHandOffs'][number]) =>
    here.has(fromActivityId) || (toActivityId !== null && here.has(toActivityId))
  return {
    uncovered: [],
    petProjects: petProjects.filter((card) => card.departmentId === departmentId),
    conflicts: conflicts.filter(({ one, other }) => here.has(one.activityId) || here.has(other.activityId)),
    lateHandOffs: lateHandOffs.filter(touches),
    returnedHandOffs: returnedHandOffs.filter(touches),
  }
}

/** What waits for one of them: the inbox of managers, and of whoever takes part or owns a decision. */
export interface ReviewDuties {
  readonly toPrepare: readonly ReviewLine[]
  readonly toRun: readonly ReviewLine[]
  /** Proposed or accepted, the one that is due first in front. */
  readonly toFollow: readonly FollowedDecision[]
}

export async function reviewDuties(context: Context, zone: string): Promise<ReviewDuties> {
  const { actor, store, clock } = context
  const today = todayIn(zone, clock.now())
  const [reviews, decided] = await Promise.all([
    store.read.reviews.list(actor.workspaceId),
    store.read.reviews.decided(actor.workspaceId),
  ])
  const mine = await followedDecisions(
    context,
    decided.filter(({ ownerId }) => ownerId === actor.memberId),
  )
  return {
    toPrepare: reviews
      .filter(
        ({ state, participants, prepared }) =>
          state === 'preparing' &&
          participants.includes(actor.memberId) &&
          !prepared.includes(actor.memberId),
      )
      .map(lineOf),
    toRun: reviews
      .filter(
        ({ state, leadId, heldOn }) =>
          leadId === actor.memberId &&
          (state === 'running' || (state === 'preparing' && heldOn !== null && heldOn <= today)),
      )
      .map(lineOf),
    toFollow: mine
      .filter(({ fate }) => fate === 'proposed' || fate === 'accepted')
      .sort((a, b) => ((a.due ?? '9') < (b.due ?? '9') ? -1 : 1)),
  }
}
