import type { Reader } from '@/db/repositories'
import type { BoardInChain } from '@/db/repositories/boards'
import type { Context } from '@/lib/commands/context'
import type { ActivityStatus } from '@/lib/domain/activity'
import type { BoardRequest } from '@/lib/domain/board-request'
import { dayAt } from '@/lib/domain/calendar'
import { type Card, cardOf, cardsStamp } from '@/lib/domain/card'
import type { Column } from '@/lib/domain/column'
import { type Cycle, cycleOf } from '@/lib/domain/cycle'
import type { DayText } from '@/lib/domain/day-text'
import type { DepartmentKind } from '@/lib/domain/department'
import type { HandOff } from '@/lib/domain/hand-off'
import type { Label } from '@/lib/domain/label'
import { type Measure, targetFor } from '@/lib/domain/measure'
import { type Action, can } from '@/lib/domain/permissions'
import type { Recurring } from '@/lib/domain/recurring'
import type { Relation } from '@/lib/domain/relation'
import type { SavedFilter } from '@/lib/domain/saved-filter'
import type { TraceItem, Verdict } from '@/lib/domain/trace'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import { lastVerdicts } from './verdicts'

/** Somebody a card may name. */
export interface BoardPerson {
  readonly id: Id<'mem'>
  readonly userId: Id<'usr'>
  readonly name: string
  readonly image: string | null
  /** Departments they work in. */
  readonly departments: readonly Id<'dep'>[]
}

export interface BoardName {
  readonly boardId: Id<'brd'>
  readonly departmentId: Id<'dep'>
  readonly kind: DepartmentKind | null
  readonly name: string | null
}

/** A measure as a card carries it. */
export interface MeasureLine
  extends Pick<Measure, 'id' | 'name' | 'unit' | 'direction' | 'serves' | 'status' | 'baseline'> {
  readonly target: number | null
  /** The last twelve values by day: the sparkline. */
  readonly values: readonly { readonly on: DayText; readonly value: number }[]
}

/** The other end of a relation or hand-off that lies on another board. */
export interface Neighbour {
  readonly id: Id<'act'>
  readonly boardId: Id<'brd'>
  readonly title: string
}

export interface BoardMay {
  readonly create: boolean
  readonly edit: boolean
  readonly move: boolean
  readonly comment: boolean
  readonly columns: boolean
  readonly request: boolean
  readonly answer: boolean
  readonly handOff: boolean
  readonly answerHandOff: boolean
  readonly recurring: boolean
  readonly labels: boolean
  readonly attach: boolean
  readonly saveFilter: boolean
  readonly shareFilter: boolean
  /** Rename and remove what others share. */
  readonly moderateFilters: boolean
  readonly importing: boolean
}

export interface BoardPage {
  readonly slug: string
  readonly me: { readonly userId: Id<'usr'>; readonly memberId: Id<'mem'> }
  readonly board: BoardName & { readonly archived: boolean }
  /** Who answers for the department. */
  readonly leads: readonly Id<'mem'>[]
  /** What the strategy asks of the department: the intent that names it, if the reader may read it. */
  readonly intent: { readonly itemId: Id<'itm'>; readonly text: string } | null
  /** All boards in chain order, for the switcher, "Move to…" and hand-offs. */
  readonly boards: readonly BoardName[]
  readonly columns: readonly Column[]
  /** Columns of the other boards onto which the reader may move a card, board by board. */
  readonly elsewhere: readonly Column[]
  readonly cards: readonly Card[]
  readonly people: readonly BoardPerson[]
  readonly labels: readonly Label[]
  /** Open requests; empty for whoever may not answer. */
  readonly requests: readonly BoardRequest[]
  readonly handOffs: readonly HandOff[]
  readonly relations: readonly Relation[]
  readonly neighbours: readonly Neighbour[]
  readonly recurring: readonly Recurring[]
  /** Of the current strategy, those gone that a card still names among them; empty for whoever may not read it. */
  readonly items: readonly TraceItem[]
  readonly strategyId: Id<'str'> | null
  readonly measures: readonly MeasureLine[]
  /** What one looks through boards by: one's own and what others share, by name. */
  readonly filters: readonly SavedFilter[]
  /** Comments per activity, where there are any. */
  readonly comments: Readonly<Record<string, number>>
  readonly counts: Readonly<Record<ActivityStatus, number>>
  readonly today: DayText
  readonly cycle: Cycle
  /** What the last review said of a card, where one has: the last station of its line. */
  readonly verdicts?: Readonly<Record<string, Verdict>>
  /** The month the fiscal year begins with, 1 to 12. */
  readonly yearStart: number
  readonly may: BoardMay
}

const SPARK = 12

/** The board of a kind of department, or with an id. Null: not there, or not theirs to see. */
export async function boardNamed(context: Context, name: string): Promise<BoardName | null> {
  const boards = await context.store.read.boards.list(context.actor.workspaceId)
  const board =
    boards.find(({ kind, archived }) => kind === name && !archived) ?? boards.find(({ id }) => id === name)
  return board && mayRead(context, board) ? nameOf(board) : null
}

/** A board as somebody reads it again who knows its cards: those come only when they are others. */
export type BoardAgain = Omit<BoardPage, 'cards'> & { readonly cards: readonly Card[] | null }

/** A whole board in a fixed number of statements, however many cards lie on it. Null: not there, or not theirs to see. */
export async function boardPage(context: Context, boardId: string, zone: string): Promise<BoardPage | null> {
  const page = await boardAgain(context, boardId, zone, null)
  return page && { ...page, cards: page.cards ?? [] }
}

/** The same without its cards, if `known` is the stamp of what lies there now. */
export async function boardAgain(
  context: Context,
  boardId: string,
  zone: string,
  known: string | null,
): Promise<BoardAgain | null> {
  const { actor, store, clock, user } = context
  const { read } = store
  const board = await read.boards.find(boardId)
  if (!board || !mayRead(context, board)) return null
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const today = todayIn(zone, clock.now())
  const cycle = cycleOf(today, workspace.yearStart)
  const on = (action: Action) => can(actor, action, { kind: 'board', board })
  const [
    boards,
    lying,
    people,
    labels,
    requests,
    handOffs,
    relations,
    recurring,
    comments,
    filters,
    counts,
    staff,
  ] = await Promise.all([
    read.boards.list(actor.workspaceId),
    known === null ? null : read.activities.revisionsOn(board.id),
    boardPeople(context),
    read.boards.labels(actor.workspaceId),
    on('request.answer') ? read.boards.requests({ boardIds: [board.id] }) : [],
    read.activities.handOffsOf([board.id]),
    read.activities.relationsOf({ workspaceId: actor.workspaceId }),
    read.boards.recurring(board.id),
    read.activities.commentCounts(board.id),
    read.savedFilters.list(actor.workspaceId, actor.memberId),
    read.activities.counts(board.id),
    read.departments.staff(actor.workspaceId),
  ])
  const same = lying !== null && cardsStamp(lying) === known
  const activities = same ? null : await read.activities.onBoards([board.id])
  const here = new Set<string>((activities ?? lying ?? []).map(({ id }) => id))
  const touching = relations.filter(({ fromId, toId }) => here.has(fromId) || here.has(toId))
  const others = new Set(
    [
      ...touching.flatMap(({ fromId, toId }) => [fromId, toId]),
      ...handOffs.flatMap(({ fromActivityId, toActivityId }) => [fromActivityId, toActivityId]),
    ].filter((id): id is Id<'act'> => id !== null && !here.has(id)),
  )
  const reached = boards.filter(
    (other) =>
      other.id !== board.id &&
      !other.archived &&
      can(actor, 'activity.move', { kind: 'board', board: other }),
  )
  const [neighbours, columns, verdicts, strategy, measures] = await Promise.all([
    read.activities.byIds([...others]),
    read.boards.columns([board.id, ...(on('activity.move') ? reached.map(({ id }) => id) : [])]),
    lastVerdicts(context),
    traceItems(context, workspace.currentStrategyId),
    measureLines(read, actor.workspaceId, cycle),
  ])
  return {
    slug: workspace.slug,
    me: { userId: user.id, memberId: actor.memberId },
    board: { ...nameOf(board), archived: board.archived },
    leads: staff
      .filter((one) => one.departmentId === board.departmentId && one.lead)
      .map((one) => one.memberId),
    intent: strategy.intents.get(board.departmentId) ?? strategy.intents.get(board.kind ?? '') ?? null,
    boards: boards.filter(({ archived }) => !archived).map(nameOf),
    columns: columns.filter(({ boardId }) => boardId === board.id),
    elsewhere: columns.filter(({ boardId }) => boardId !== board.id),
    cards: activities?.map(cardOf) ?? null,
    people,
    labels,
    requests,
    handOffs,
    relations: touching,
    neighbours: neighbours.map(({ id, boardId, title }) => ({ id, boardId, title })),
    recurring,
    items: strategy.items,
    strategyId: strategy.strategyId,
    measures,
    filters,
    comments: Object.fromEntries(comments),
    counts,
    today,
    cycle,
    verdicts: Object.fromEntries(
      [...here].flatMap((id) => {
        const last = verdicts.get(id)
        return last ? [[id, last.verdict] as const] : []
      }),
    ),
    yearStart: workspace.yearStart,
    may: {
      create: on('activity.create'),
      edit: on('activity.edit'),
      move: on('activity.move'),
      comment: on('activity.comment'),
      columns: on('column.change'),
      request: on('request.send') && !board.archived,
      answer: on('request.answer'),
      handOff: on('hand-off.offer'),
      answerHandOff: on('hand-off.answer'),
      recurring: on('recurring.change'),
      labels: can(actor, 'label.change'),
      attach: on('activity.attach'),
      saveFilter: can(actor, 'filter.save'),
      shareFilter: can(actor, 'filter.share'),
      moderateFilters: can(actor, 'filter.moderate'),
      importing: on('board.import'),
    },
  }
}

/** What lies in the archive or the trash of a board, the last changed first. Null as above. */
export async function settledCards(
  context: Context,
  boardId: string,
  status: Exclude<ActivityStatus, 'active'>,
): Promise<readonly (Card & { readonly changedAt: Date })[] | null> {
  const board = await context.store.read.boards.find(boardId)
  if (!board || !mayRead(context, board)) return null
  const rows = await context.store.read.activities.onBoards([board.id], status)
  return rows
    .sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())
    .map((row) => ({ ...cardOf(row), changedAt: row.updatedAt }))
}

/** What the reader asked of a board, the last first. Null as above. */
export async function sentTo(context: Context, boardId: string): Promise<readonly BoardRequest[] | null> {
  const board = await context.store.read.boards.find(boardId)
  if (!board || !mayRead(context, board)) return null
  const sent = await context.store.read.boards.requests({ from: context.actor.memberId })
  return sent.filter((request) => request.boardId === board.id).reverse()
}

export function mayRead({ actor }: Context, board: BoardInChain): boolean {
  return can(actor, 'board.read', { kind: 'board', board })
}

export function nameOf({ id, departmentId, kind, name }: BoardInChain): BoardName {
  return { boardId: id, departmentId, kind, name }
}

export async function boardPeople({ actor, store }: Context): Promise<BoardPerson[]> {
  const members = await store.read.members.list(actor.workspaceId)
  return members.map(({ id, userId, name, image, departments }) => ({
    id,
    userId,
    name,
    image,
    departments: departments.map((place) => place.id),
  }))
}

/** The items of the current strategy as the trace line needs them, if the actor may read it. */
export async function traceItems(
  { actor, store }: Context,
  strategyId: string | null,
): Promise<{
  readonly strategyId: Id<'str'> | null
  readonly items: TraceItem[]
  /** What it asks of each department, by the department as the strategy names it: its id, or its kind. */
  readonly intents: ReadonlyMap<string, { readonly itemId: Id<'itm'>; readonly text: string }>
}> {
  const strategy = strategyId === null ? null : await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy || !can(actor, 'strategy.read', { kind: 'strategy', strategy }))
    return { strategyId: null, items: [], intents: new Map() }
  const [present, removed] = await Promise.all([
    store.read.strategyItems.list(strategy.id),
    store.read.strategyItems.list(strategy.id, { removed: true }),
  ])
  return {
    strategyId: strategy.id,
    intents: new Map(
      present.flatMap(({ id, kind, title, text, fields: { department } }) =>
        kind === 'intent' && department !== null
          ? [[department, { itemId: id, text: title === '' ? text : title }] as const]
          : [],
      ),
    ),
    items: [...present, ...removed].map((item) => ({
      id: item.id,
      kind: item.kind,
      code: item.code,
      title: item.title === '' ? item.text.slice(0, 120) : item.title,
      feltBy: item.fields.feltBy,
      focus: item.fields.focus === 'yes',
      measure: item.fields.measure,
      removed: item.removedAt !== null,
    })),
  }
}

export async function measureLines(read: Reader, workspaceId: string, cycle: Cycle): Promise<MeasureLine[]> {
  const [measures, latest] = await Promise.all([
    read.measures.list(workspaceId),
    read.measures.latest(workspaceId, SPARK),
  ])
  return measures.map((measure) => ({
    id: measure.id,
    name: measure.name,
    unit: measure.unit,
    direction: measure.direction,
    serves: measure.serves,
    status: measure.status,
    baseline: measure.baseline,
    target: targetFor(measure, cycle),
    values: (latest.get(measure.id) ?? []).map(({ on, value }) => ({ on, value })),
  }))
}

/** The day something happened, for somebody in a time zone. */
export function dayOf(zone: string, at: Date): DayText {
  return todayIn(zone, at.getTime())
}

/** The day it is for somebody in a time zone. */
export function todayIn(zone: string, now: number): DayText {
  const { year, month, day } = dayAt(now, zone)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
