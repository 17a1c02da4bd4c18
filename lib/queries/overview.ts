import type { Context } from '@/lib/commands/context'
import { type Phase, phases } from '@/lib/domain/column'
import { can } from '@/lib/domain/permissions'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import { type BoardName, mayRead, nameOf, todayIn } from './board'
import { type Intent, intentOf, intents } from './intents'

export interface BoardLine extends BoardName {
  readonly phases: Readonly<Record<Phase, number>>
  readonly cards: number
  readonly late: number
  /** Due from today on, within a week. */
  readonly soon: number
  /** Person-days on the board. */
  readonly effort: number
  /** Columns that hold more than their limit. */
  readonly overLimit: number
  /** Open requests in the tray. */
  readonly requests: number
  /** Hand-offs from others that wait for an answer. */
  readonly handOffs: number
  readonly mayEdit: boolean
  /** What the strategy says the department is there for, if it does and the actor may read it. */
  readonly intent: Intent | null
}

export interface BoardsOverview {
  readonly slug: string
  /** Where the intents stand. */
  readonly strategyId: Id<'str'> | null
  /** In chain order. */
  readonly boards: readonly BoardLine[]
}

/** Every department's board at a glance; empty for whoever may read none. */
export async function boardsOverview(context: Context, zone: string): Promise<BoardsOverview> {
  const { actor, store, clock } = context
  const { read } = store
  const workspace = must(await read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace')
  const boards = (await read.boards.list(actor.workspaceId)).filter(
    (board) => !board.archived && mayRead(context, board),
  )
  const ids = boards.map(({ id }) => id)
  const [columns, load, requests, handOffs, known] = await Promise.all([
    read.boards.columns(ids),
    read.activities.load(actor.workspaceId, todayIn(zone, clock.now())),
    read.boards.requests({ boardIds: ids }, 2_000),
    read.activities.handOffsOf(ids),
    intents(context, workspace.currentStrategyId),
  ])
  return {
    slug: workspace.slug,
    strategyId: known?.strategyId ?? null,
    boards: boards.map((board) => {
      const its = columns.filter(({ boardId }) => boardId === board.id)
      const loads = load.filter(({ boardId }) => boardId === board.id)
      const cardsIn = (columnId: string) => loads.find((one) => one.columnId === columnId)?.cards ?? 0
      const inPhase = (phase: Phase) =>
        its.filter((column) => column.phase === phase).reduce((sum, { id }) => sum + cardsIn(id), 0)
      return {
        ...nameOf(board),
        phases: Object.fromEntries(phases.map((phase) => [phase, inPhase(phase)])) as Record<Phase, number>,
        cards: loads.reduce((sum, { cards }) => sum + cards, 0),
        late: loads.reduce((sum, { late }) => sum + late, 0),
        soon: loads.reduce((sum, { soon }) => sum + soon, 0),
        effort: loads.reduce((sum, { effort }) => sum + effort, 0),
        overLimit: its.filter(({ id, limit }) => limit !== null && cardsIn(id) > limit).length,
        requests: requests.filter(({ boardId }) => boardId === board.id).length,
        handOffs: handOffs.filter(({ toBoardId, state }) => toBoardId === board.id && state === 'offered')
          .length,
        mayEdit: can(actor, 'activity.edit', { kind: 'board', board }),
        intent: intentOf(known, board),
      }
    }),
  }
}
