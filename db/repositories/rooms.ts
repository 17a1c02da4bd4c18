import type { Sql } from 'postgres'
import type { Role } from '@/lib/domain/role'
import type { Access, StrategyStatus } from '@/lib/domain/strategy-access'

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

/** Who stands in front of a room, for the sync engine's door. Null: no such room, or no member of its workspace. */
export function openRooms(sql: Sql) {
  return {
    async strategy(id: string, userId: string, sessionId: string): Promise<StrategyRoomFacts | null> {
      const [row] = await sql<StrategyRoomFacts[]>`
        select w.id as "workspaceId", m.id as "memberId", m.revision as "memberRevision", m.role,
          u.name as "userName", s.document_id as "documentId", d.access_revision as "documentAccessRevision",
          s.status, a.level as given,
          exists (select from sessions where id = ${sessionId} and user_id = ${userId}
            and revoked_at is null and expires_at > now()) as "signedIn"
        from strategies s
        join documents d on d.id = s.document_id
        join workspaces w on w.id = s.workspace_id and w.deleted_at is null
        join members m on m.workspace_id = w.id and m.user_id = ${userId} and m.removed_at is null
        join users u on u.id = m.user_id
        left join strategy_access a on a.strategy_id = s.id and a.member_id = m.id
        where s.id = ${id}`
      return row ?? null
    },
    /** The branch of a proposal: the facts of its strategy, and whose it is. */
    async proposal(id: string, userId: string, sessionId: string): Promise<ProposalRoomFacts | null> {
      const [row] = await sql<ProposalRoomFacts[]>`
        select w.id as "workspaceId", m.id as "memberId", m.revision as "memberRevision", m.role,
          u.name as "userName", p.document_id as "documentId", d.access_revision as "documentAccessRevision",
          s.status, a.level as given, p.author, p.state = 'open' as open,
          exists (select from sessions where id = ${sessionId} and user_id = ${userId}
            and revoked_at is null and expires_at > now()) as "signedIn"
        from proposals p
        join strategies s on s.id = p.strategy_id
        join documents d on d.id = p.document_id
        join workspaces w on w.id = s.workspace_id and w.deleted_at is null
        join members m on m.workspace_id = w.id and m.user_id = ${userId} and m.removed_at is null
        join users u on u.id = m.user_id
        left join strategy_access a on a.strategy_id = s.id and a.member_id = m.id
        where p.id = ${id}`
      return row ?? null
    },
    async board(id: string, userId: string, sessionId: string): Promise<BoardRoomFacts | null> {
      const [row] = await sql<BoardRoomFacts[]>`
        select w.id as "workspaceId", m.id as "memberId", m.revision as "memberRevision", m.role,
          u.name as "userName", b.department_id as "departmentId", d.archived_at is not null as archived,
          exists (select from sessions where id = ${sessionId} and user_id = ${userId}
            and revoked_at is null and expires_at > now()) as "signedIn"
        from boards b
        join departments d on d.id = b.department_id
        join workspaces w on w.id = b.workspace_id and w.deleted_at is null
        join members m on m.workspace_id = w.id and m.user_id = ${userId} and m.removed_at is null
        join users u on u.id = m.user_id
        where b.id = ${id}`
      return row ?? null
    },
    async activity(id: string, userId: string, sessionId: string): Promise<ActivityRoomFacts | null> {
      const [row] = await sql<ActivityRoomFacts[]>`
        select w.id as "workspaceId", m.id as "memberId", m.revision as "memberRevision", m.role,
          u.name as "userName", b.department_id as "departmentId", d.archived_at is not null as archived,
          a.status, a.document_id as "documentId", t.access_revision as "documentAccessRevision",
          array(select dm.department_id from department_members dm
            join departments mine on mine.id = dm.department_id
            where dm.member_id = m.id and mine.archived_at is null) as departments,
          exists (select from sessions where id = ${sessionId} and user_id = ${userId}
            and revoked_at is null and expires_at > now()) as "signedIn"
        from activities a
        join documents t on t.id = a.document_id
        join boards b on b.id = a.board_id
        join departments d on d.id = b.department_id
        join workspaces w on w.id = a.workspace_id and w.deleted_at is null
        join members m on m.workspace_id = w.id and m.user_id = ${userId} and m.removed_at is null
        join users u on u.id = m.user_id
        where a.id = ${id}`
      return row ?? null
    },
    async review(id: string, userId: string, sessionId: string): Promise<ReviewRoomFacts | null> {
      const [row] = await sql<ReviewRoomFacts[]>`
        select w.id as "workspaceId", m.id as "memberId", m.revision as "memberRevision", m.role,
          u.name as "userName", r.department_id as "departmentId", r.limited, r.lead_id as "leadId",
          r.participants, r.state, r.document_id as "documentId",
          t.access_revision as "documentAccessRevision",
          exists (select from sessions where id = ${sessionId} and user_id = ${userId}
            and revoked_at is null and expires_at > now()) as "signedIn"
        from reviews r
        join documents t on t.id = r.document_id
        join workspaces w on w.id = r.workspace_id and w.deleted_at is null
        join members m on m.workspace_id = w.id and m.user_id = ${userId} and m.removed_at is null
        join users u on u.id = m.user_id
        where r.id = ${id}`
      return row ?? null
    },
    async workspace(id: string, userId: string, sessionId: string): Promise<RoomFacts | null> {
      const [row] = await sql<RoomFacts[]>`
        select w.id as "workspaceId", m.id as "memberId", m.revision as "memberRevision", m.role,
          u.name as "userName",
          exists (select from sessions where id = ${sessionId} and user_id = ${userId}
            and revoked_at is null and expires_at > now()) as "signedIn"
        from workspaces w
        join members m on m.workspace_id = w.id and m.user_id = ${userId} and m.removed_at is null
        join users u on u.id = m.user_id
        where w.id = ${id} and w.deleted_at is null`
      return row ?? null
    },
  }
}
