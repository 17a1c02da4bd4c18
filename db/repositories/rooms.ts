import type { PendingQuery, Row, Sql } from 'postgres'
import type { Role } from '@/lib/domain/role'
import type { Access, StrategyStatus } from '@/lib/domain/strategy-access'
import { askTogether } from '@/lib/kit/ask-together'

/** Everything that decides whether a user may join a room, read at one moment. */
export interface RoomFacts {
  readonly workspaceId: string
  readonly memberId: string
  readonly memberRevision: number
  readonly role: Role
  readonly userName: string
  /** The session the user comes with still counts. */
  readonly signedIn: boolean
  /** Departments the member works in, where the room is opened by that. */
  readonly departments?: readonly string[]
}

/** Of a room with a document. */
export interface DocumentRoomFacts extends RoomFacts {
  readonly documentId: string
  readonly documentAccessRevision: number
}

export interface StrategyRoomFacts extends DocumentRoomFacts {
  readonly status: StrategyStatus
  readonly given: Access | null
}

export interface ProposalRoomFacts extends StrategyRoomFacts {
  /** Member whose proposal it is. */
  readonly author: string
  readonly open: boolean
}

/** Of the channel of a board. */
export interface BoardRoomFacts extends RoomFacts {
  readonly departmentId: string
  readonly archived: boolean
}

/** Of the description of an activity. */
export interface ActivityRoomFacts extends BoardRoomFacts, DocumentRoomFacts {
  readonly status: 'active' | 'archived' | 'trashed'
}

/** Of the live notes of a review. */
export interface ReviewRoomFacts extends DocumentRoomFacts {
  readonly departmentId: string | null
  readonly limited: boolean
  readonly leadId: string | null
  readonly participants: readonly string[]
  readonly state: 'preparing' | 'running' | 'closed'
}

export type Rooms = ReturnType<typeof openRooms>

/** Of whom the facts are wanted, and before which room. */
interface Asked {
  readonly id: string
  readonly userId: string
  readonly sessionId: string
}

/**
 * After a restart hundreds come in one moment: what is asked while the database answers is one statement. `statement`
 * reads from `asked` - q (n, id, user_id, session_id) - and answers each of them, by its n, or leaves it out.
 */
function together<T extends RoomFacts>(
  sql: Sql,
  statement: (asked: PendingQuery<Row[]>) => PendingQuery<Row[]>,
): (id: string, userId: string, sessionId: string) => Promise<T | null> {
  const ask = askTogether(async (questions: readonly Asked[]): Promise<(T | null)[]> => {
    const list = questions.map(({ id, userId, sessionId }, n) => ({
      n,
      id,
      user_id: userId,
      session_id: sessionId,
    }))
    const asked = sql`jsonb_to_recordset(${JSON.stringify(list)}::text::jsonb) as q(n int, id text, user_id text, session_id text)`
    const answers = questions.map((): T | null => null)
    for (const { n, ...facts } of await statement(asked)) answers[n] = facts as T
    return answers
  })
  return (id, userId, sessionId) => ask({ id, userId, sessionId })
}

/** Who stands in front of a room, for the sync engine's door. Null: no such room, or no member of its workspace. */
export function openRooms(sql: Sql) {
  return {
    strategy: together<StrategyRoomFacts>(
      sql,
      (asked) => sql`
        select q.n, w.id as "workspaceId", m.id as "memberId", m.revision as "memberRevision", m.role,
          u.name as "userName", s.document_id as "documentId", d.access_revision as "documentAccessRevision",
          s.status, a.level as given,
          exists (select from sessions where id = q.session_id and user_id = q.user_id
            and revoked_at is null and expires_at > now()) as "signedIn"
        from ${asked} join strategies s on s.id = q.id
        join documents d on d.id = s.document_id
        join workspaces w on w.id = s.workspace_id and w.deleted_at is null
        join members m on m.workspace_id = w.id and m.user_id = q.user_id and m.removed_at is null
        join users u on u.id = m.user_id
        left join strategy_access a on a.strategy_id = s.id and a.member_id = m.id`,
    ),
    /** The branch of a proposal: the facts of its strategy, and whose it is. */
    proposal: together<ProposalRoomFacts>(
      sql,
      (asked) => sql`
        select q.n, w.id as "workspaceId", m.id as "memberId", m.revision as "memberRevision", m.role,
          u.name as "userName", p.document_id as "documentId", d.access_revision as "documentAccessRevision",
          s.status, a.level as given, p.author, p.state = 'open' as open,
          exists (select from sessions where id = q.session_id and user_id = q.user_id
            and revoked_at is null and expires_at > now()) as "signedIn"
        from ${asked} join proposals p on p.id = q.id
        join strategies s on s.id = p.strategy_id
        join documents d on d.id = p.document_id
        join workspaces w on w.id = s.workspace_id and w.deleted_at is null
        join members m on m.workspace_id = w.id and m.user_id = q.user_id and m.removed_at is null
        join users u on u.id = m.user_id
        left join strategy_access a on a.strategy_id = s.id and a.member_id = m.id`,
    ),
    board: together<BoardRoomFacts>(
      sql,
      (asked) => sql`
        select q.n, w.id as "workspaceId", m.id as "memberId", m.revision as "memberRevision", m.role,
          u.name as "userName", b.department_id as "departmentId", d.archived_at is not null as archived,
          exists (select from sessions where id = q.session_id and user_id = q.user_id
            and revoked_at is null and expires_at > now()) as "signedIn"
        from ${asked} join boards b on b.id = q.id
        join departments d on d.id = b.department_id
        join workspaces w on w.id = b.workspace_id and w.deleted_at is null
        join members m on m.workspace_id = w.id and m.user_id = q.user_id and m.removed_at is null
        join users u on u.id = m.user_id`,
    ),
    activity: together<ActivityRoomFacts>(
      sql,
      (asked) => sql`
        select q.n, w.id as "workspaceId", m.id as "memberId", m.revision as "memberRevision", m.role,
          u.name as "userName", b.department_id as "departmentId", d.archived_at is not null as archived,
          a.status, a.document_id as "documentId", t.access_revision as "documentAccessRevision",
          array(select dm.department_id from department_members dm
            join departments mine on mine.id = dm.department_id
            where dm.member_id = m.id and mine.archived_at is null) as departments,
          exists (select from sessions where id = q.session_id and user_id = q.user_id
            and revoked_at is null and expires_at > now()) as "signedIn"
        from ${asked} join activities a on a.id = q.id
        join documents t on t.id = a.document_id
        join boards b on b.id = a.board_id
        join departments d on d.id = b.department_id
        join workspaces w on w.id = a.workspace_id and w.deleted_at is null
        join members m on m.workspace_id = w.id and m.user_id = q.user_id and m.removed_at is null
        join users u on u.id = m.user_id`,
    ),
    review: together<ReviewRoomFacts>(
      sql,
      (asked) => sql`
        select q.n, w.id as "workspaceId", m.id as "memberId", m.revision as "memberRevision", m.role,
          u.name as "userName", r.department_id as "departmentId", r.limited, r.lead_id as "leadId",
          r.participants, r.state, r.document_id as "documentId",
          t.access_revision as "documentAccessRevision",
          exists (select from sessions where id = q.session_id and user_id = q.user_id
            and revoked_at is null and expires_at > now()) as "signedIn"
        from ${asked} join reviews r on r.id = q.id
        join documents t on t.id = r.document_id
        join workspaces w on w.id = r.workspace_id and w.deleted_at is null
        join members m on m.workspace_id = w.id and m.user_id = q.user_id and m.removed_at is null
        join users u on u.id = m.user_id`,
    ),
    workspace: together<RoomFacts>(
      sql,
      (asked) => sql`
        select q.n, w.id as "workspaceId", m.id as "memberId", m.revision as "memberRevision", m.role,
          u.name as "userName",
          exists (select from sessions where id = q.session_id and user_id = q.user_id
            and revoked_at is null and expires_at > now()) as "signedIn"
        from ${asked} join workspaces w on w.id = q.id and w.deleted_at is null
        join members m on m.workspace_id = w.id and m.user_id = q.user_id and m.removed_at is null
        join users u on u.id = m.user_id`,
    ),
  }
}
