import * as Y from 'yjs'
import type { ActivityComment } from '@/db/repositories/activities'
import type { BoardInChain } from '@/db/repositories/boards'
import type { Context } from '@/lib/commands/context'
import { renderHtml } from '@/lib/document/render/html'
import { PREFACE } from '@/lib/document/roots'
import { plainText } from '@/lib/document/text'
import type { Activity } from '@/lib/domain/activity'
import { type Attachment, attachmentOf } from '@/lib/domain/attachment'
import type { Change } from '@/lib/domain/change'
import type { Column } from '@/lib/domain/column'
import { type Cycle, cycleOf } from '@/lib/domain/cycle'
import type { DayText } from '@/lib/domain/day-text'
import type { HandOff } from '@/lib/domain/hand-off'
import type { Label } from '@/lib/domain/label'
import type { Language } from '@/lib/domain/language'
import { type Action, can } from '@/lib/domain/permissions'
import type { Relation } from '@/lib/domain/relation'
import { type Slot, slots } from '@/lib/domain/serves'
import type { StrategyItem } from '@/lib/domain/strategy-item'
import { peopleOf } from '@/lib/domain/telling'
import { type Trace, type TraceItem, traceOf } from '@/lib/domain/trace'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import {
  type BoardName,
  type BoardPerson,
  boardPeople,
  type MeasureLine,
  mayRead,
  measureLines,
  type Neighbour,
  nameOf,
  todayIn,
} from './board'
import { type LastVerdict, lastVerdicts } from './verdicts'

/** An item with the words that stand in the strategy. */
export interface PanelItem extends TraceItem {
  /** What it says besides its title; of a positioning its sentence. */
  readonly words: string
  /** Of a positioning: the words of each slot that has some, in the strategy's language. */
  readonly slots: Readonly<Partial<Record<Slot, string>>>
}

export interface PanelMay {
  readonly edit: boolean
  readonly move: boolean
  readonly comment: boolean
  /** Putting files to it, and taking them off. */
  readonly attach: boolean
  /** Sending the department a request. */
  readonly request: boolean
  /** Taking back what others said. */
  readonly moderate: boolean
  readonly measure: boolean
  /** Boards for which this person may offer, and those for which they may answer. */
  readonly offers: readonly Id<'brd'>[]
  readonly answers: readonly Id<'brd'>[]
}

export interface ActivityPanel {
  readonly slug: string
  readonly me: { readonly userId: Id<'usr'>; readonly memberId: Id<'mem'> }
  readonly activity: Activity
  readonly board: BoardName & { readonly archived: boolean }
  /** All boards in chain order. */
  readonly boards: readonly BoardName[]
  /** Of all boards: where it may go, and what its history speaks of. */
  readonly columns: readonly Column[]
  readonly labels: readonly Label[]
  readonly comments: readonly ActivityComment[]
  /** Whether this person hears what happens to it: as its owner, helper or watcher, unless they said not to. */
  readonly hears: boolean
  /** What this person was told of it and has not read. */
  readonly waiting: number
  /** What is attached, who came first in front. Bytes: `/files/<id>`. */
  readonly files: readonly Attachment[]
  /** The newest first, at most a hundred. */
  readonly history: readonly Change[]
  readonly handOffs: readonly HandOff[]
  readonly relations: readonly Relation[]
  /** The activities at the other ends. */
  readonly neighbours: readonly Neighbour[]
  readonly people: readonly BoardPerson[]
  readonly items: readonly PanelItem[]
  readonly strategy: { readonly id: Id<'str'>; readonly language: Language } | null
  readonly measures: readonly MeasureLine[]
  readonly trace: Trace
  /** What the last review said of it; left out where none has. */
  readonly verdict?: LastVerdict
  readonly today: DayText
  readonly cycle: Cycle
  readonly may: PanelMay
}

/** Everything about one activity. Null: not there, or not theirs to see. */
export async function activityPanel(
  context: Context,
  activityId: string,
  zone: string,
): Promise<ActivityPanel | null> {
  const { actor, store, clock, user } = context
  const { read } = store
  const activity = await read.activities.find(activityId)
  const board = activity && (await read.boards.find(activity.boardId))
  if (!board || !mayRead(context, board)) return null
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const today = todayIn(zone, clock.now())
  const cycle = cycleOf(today, workspace.yearStart)
  const [
    comments,
    files,
    history,
    handOffs,
    relations,
    people,
    strategy,
    measures,
    boards,
    labels,
    mutes,
    waiting,
  ] = await Promise.all([
    read.activities.comments(activity.id),
    read.files.ofActivity(activity.id),
    read.activities.history(activity.id),
    read.activities.handOffsOfActivity(activity.id),
    read.activities.relationsOf({ activityId: activity.id }),
    boardPeople(context),
    panelItems(context, workspace.currentStrategyId),
    measureLines(read, actor.workspaceId, cycle),
    read.boards.list(actor.workspaceId),
    read.boards.labels(actor.workspaceId),
    read.activities.mutes([activity.id]),
    read.notifications.waiting(actor.memberId, activity.id),
  ])
  const ends = new Set(
    [
      ...relations.flatMap(({ fromId, toId }) => [fromId, toId]),
      ...handOffs.flatMap(({ fromActivityId, toActivityId }) => [fromActivityId, toActivityId]),
    ].filter((id): id is Id<'act'> => id !== null && id !== activity.id),
  )
  const [neighbours, verdicts, columns] = await Promise.all([
    read.activities.byIds([...ends]),
    lastVerdicts(context),
    read.boards.columns(boards.map(({ id }) => id)),
  ])
  const verdict = verdicts.get(activity.id)
  const on = (action: Action, of: BoardInChain = board) => can(actor, action, { kind: 'board', board: of })
  const those = (action: Action) => boards.filter((of) => on(action, of)).map(({ id }) => id)
  const measure = { workspaceId: actor.workspaceId, departmentId: board.departmentId, ownerId: null }
  return {
    slug: workspace.slug,
    me: { userId: user.id, memberId: actor.memberId },
    activity,
    board: { ...nameOf(board), archived: board.archived },
    boards: boards.filter(({ archived }) => !archived).map(nameOf),
    columns,
    labels,
    comments,
    hears:
      peopleOf(activity).some((id) => id === actor.memberId) &&
      !mutes.has(`${activity.id} ${actor.memberId}`),
    waiting,
    files: files.map(attachmentOf),
    history,
    handOffs,
    relations,
    neighbours: neighbours.map(({ id, boardId, title }) => ({ id, boardId, title })),
    people,
    items: strategy.items,
    strategy: strategy.strategy,
    measures,
    trace: traceOf(
      activity,
      new Map(strategy.items.map((item) => [item.id, item])),
      new Map(measures.map((measure) => [measure.id, measure])),
      verdict?.verdict ?? null,
    ),
    ...(verdict && { verdict }),
    today,
    cycle,
    may: {
      edit: on('activity.edit'),
      move: on('activity.move'),
      comment: on('activity.comment'),
      attach: on('activity.attach') && activity.status === 'active',
      request: on('request.send') && !board.archived,
      moderate: actor.role === 'owner',
      measure: can(actor, 'measure.create', { kind: 'measure', measure }),
      offers: those('hand-off.offer'),
      answers: those('hand-off.answer'),
    },
  }
}

/** As `traceItems`, with the words of the strategy. */
async function panelItems(
  { actor, store }: Context,
  strategyId: string | null,
): Promise<{
  readonly strategy: ActivityPanel['strategy']
  readonly items: readonly PanelItem[]
}> {
  const strategy = strategyId === null ? null : await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy || !can(actor, 'strategy.read', { kind: 'strategy', strategy }))
    return { strategy: null, items: [] }
  const [present, removed] = await Promise.all([
    store.read.strategyItems.list(strategy.id),
    store.read.strategyItems.list(strategy.id, { removed: true }),
  ])
  return {
    strategy: { id: strategy.id, language: strategy.language },
    items: [...present, ...removed].map((item) => panelItem(item, strategy.language)),
  }
}

/** A card quotes a sentence or two; the strategy holds the rest. */
const QUOTED = 300

function panelItem(item: StrategyItem, language: Language): PanelItem {
  const said = (slot: Slot) => {
    const parts = item.details.parts.filter(({ name, text }) => name === slot && text !== '')
    return (parts.find(({ lang }) => lang === language) ?? parts[0])?.text.slice(0, QUOTED)
  }
  const parts = item.kind === 'positioning' ? slots : []
  return {
    id: item.id,
    kind: item.kind,
    code: item.code,
    title: item.title === '' ? item.text.slice(0, 120) : item.title,
    feltBy: item.fields.feltBy,
    focus: item.fields.focus === 'yes',
    measure: item.fields.measure,
    removed: item.removedAt !== null,
    words: item.text.slice(0, QUOTED),
    slots: Object.fromEntries(
      parts.flatMap((slot) => {
        const text = said(slot)
        return text === undefined ? [] : [[slot, text] as const]
      }),
    ),
  }
}

/** The description as it is committed, as the editor will draw it. */
export interface Description {
  readonly html: string
  readonly empty: boolean
}

/** The description of an activity that `activityPanel` has shown: it asks for no right of its own. */
export async function describeActivity(
  { live }: Context,
  { documentId }: Pick<Activity, 'documentId'>,
): Promise<Description> {
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, await live.readDocument(documentId))
    const root = doc.getXmlFragment(PREFACE)
    const html = renderHtml(root)
    return { html, empty: plainText(root) === '' && !/<(?!\/?p>|br)/.test(html) }
  } finally {
    doc.destroy()
  }
}

/** An activity as a picker offers it. */
export interface FoundActivity extends Neighbour {
  readonly columnId: Id<'col'>
}

/** The active activities of all boards, for pickers: the browser searches them as one types. Empty for whoever reads none. */
export async function listActivities({ actor, store }: Context): Promise<readonly FoundActivity[]> {
  if (!can(actor, 'board.read')) return []
  const boards = (await store.read.boards.list(actor.workspaceId)).filter((board) =>
    can(actor, 'board.read', { kind: 'board', board }),
  )
  const rows = await store.read.activities.onBoards(boards.map(({ id }) => id))
  return rows.map(({ id, boardId, title, columnId }) => ({ id, boardId, title, columnId }))
}

/** An activity as the strategy page shows it beside the item it serves. */
export interface Serving {
  readonly id: Id<'act'>
  readonly boardId: Id<'brd'>
  readonly title: string
  readonly serves: readonly string[]
  readonly columnId: Id<'col'>
}

/** The trace line run forward: the activities that serve these items. Empty for whoever reads no boards. */
export async function activitiesServing(
  { actor, store }: Context,
  itemIds: readonly string[],
): Promise<readonly Serving[]> {
  if (!can(actor, 'board.read')) return []
  const rows = await store.read.activities.serving(actor.workspaceId, itemIds)
  return rows.map(({ id, boardId, title, serves, columnId }) => ({ id, boardId, title, serves, columnId }))
}
