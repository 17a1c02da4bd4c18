import type { Sql } from 'postgres'
import { type DocumentRoomFacts, openRooms, type RoomFacts, type Rooms } from '@/db/repositories/rooms'
import type { Identity } from '@/lib/collab/protocol/write-frame'
import type { Authorizer, EngineSession, Resolution } from '@/lib/collab/room/ports'
import type { Actor } from '@/lib/domain/actor'
import { can } from '@/lib/domain/permissions'
import { whoHex } from '@/lib/domain/who'
import { type Id, type IdKind, isId } from '@/lib/kit/ids'

/** Reads everything that decides, in one statement, and answers; `not_found` also for what is forbidden. */
type RoomKind = (rooms: Rooms, roomName: string, session: EngineSession) => ReturnType<Authorizer['resolve']>

/** Every kind of room, by the prefix of its name. */
const roomKinds: { readonly [Kind in IdKind]?: RoomKind } = {
  /** The document of a strategy. */
  str: async (rooms, roomName, session) => {
    const facts = await rooms.strategy(roomName, session.userId, session.sessionId)
    if (!facts) return 'not_found'
    if (!facts.signedIn) return 'not_signed_in'
    const actor = actorOf(facts, session)
    const subject = { kind: 'strategy', strategy: facts } as const
    if (!can(actor, 'strategy.read', subject)) return 'not_found'
    return documentRoom(facts, session, can(actor, 'strategy.edit', subject) ? 'write' : 'read')
  },
  /** The branch of a proposal: its author writes, whoever may read the strategy reads. */
  prp: async (rooms, roomName, session) => {
    const facts = await rooms.proposal(roomName, session.userId, session.sessionId)
    if (!facts) return 'not_found'
    if (!facts.signedIn) return 'not_signed_in'
    const actor = actorOf(facts, session)
    const subject = { kind: 'strategy', strategy: facts } as const
    if (!can(actor, 'strategy.read', subject)) return 'not_found'
    const writes = facts.open && facts.author === facts.memberId && can(actor, 'proposal.create', subject)
    return documentRoom(facts, session, writes ? 'write' : 'read')
  },
  /** The event channel of a board: its cards as they change, for those who may read it. */
  brd: async (rooms, roomName, session) => {
    const facts = await rooms.board(roomName, session.userId, session.sessionId)
    if (!facts) return 'not_found'
    if (!facts.signedIn) return 'not_signed_in'
    if (!can(actorOf(facts, session), 'board.read', { kind: 'board', board: facts })) return 'not_found'
    return channel(facts, session)
  },
  /** The description of an activity: its department writes, whoever may read the board reads. */
  act: async (rooms, roomName, session) => {
    const facts = await rooms.activity(roomName, session.userId, session.sessionId)
    if (!facts) return 'not_found'
    if (!facts.signedIn) return 'not_signed_in'
    const actor = actorOf(facts, session)
    const subject = { kind: 'board', board: facts } as const
    if (!can(actor, 'board.read', subject)) return 'not_found'
    const writes = facts.status === 'active' && can(actor, 'activity.edit', subject)
    return documentRoom(facts, session, writes ? 'write' : 'read')
  },
  /** The live notes of a review: whoever takes part or runs it writes until it is closed, its readers read. */
  rev: async (rooms, roomName, session) => {
    const facts = await rooms.review(roomName, session.userId, session.sessionId)
    if (!facts) return 'not_found'
    if (!facts.signedIn) return 'not_signed_in'
    const actor = actorOf(facts, session)
    const subject = { kind: 'review', review: facts } as const
    if (!can(actor, 'review.read', subject)) return 'not_found'
    const writes = can(actor, 'review.write', subject) || can(actor, 'review.run', subject)
    return documentRoom(facts, session, writes && facts.state !== 'closed' ? 'write' : 'read')
  },
  /** The event channel of a workspace. */
  ws: async (rooms, roomName, session) => {
    const facts = await rooms.workspace(roomName, session.userId, session.sessionId)
    if (!facts) return 'not_found'
    if (!facts.signedIn) return 'not_signed_in'
    if (!can(actorOf(facts, session), 'workspace.listen')) return 'not_found'
    return channel(facts, session)
  },
}

/** Who may join which room, asked of the database at every join. Missing, foreign and forbidden are one answer. */
export function makeAuthorizer(sql: Sql): Authorizer {
  const rooms = openRooms(sql)
  return {
    async resolve(roomName, session) {
      for (const [prefix, resolve] of Object.entries(roomKinds))
        if (isId(prefix as IdKind, roomName)) return resolve(rooms, roomName, session)
      return 'not_found'
    },
  }
}

function channel(facts: RoomFacts, session: EngineSession): Resolution {
  return {
    kind: 'channel',
    workspaceId: facts.workspaceId,
    memberId: facts.memberId,
    identity: identityOf(facts, session),
  }
}

function documentRoom(facts: DocumentRoomFacts, session: EngineSession, mode: 'read' | 'write'): Resolution {
  return {
    kind: 'document',
    documentId: facts.documentId,
    workspaceId: facts.workspaceId,
    mode,
    grant: {
      memberId: facts.memberId,
      memberRevision: facts.memberRevision,
      sessionId: session.sessionId,
      documentAccessRevision: facts.documentAccessRevision,
    },
    identity: identityOf(facts, session),
  }
}

function actorOf(facts: RoomFacts, session: EngineSession): Actor {
  return {
    userId: session.userId as Id<'usr'>,
    sessionId: session.sessionId as Id<'ses'>,
    memberId: facts.memberId as Id<'mem'>,
    workspaceId: facts.workspaceId as Id<'ws'>,
    role: facts.role,
    revision: facts.memberRevision,
    // Only a description is written by right of one's department; its facts say which those are.
    leads: [],
    departments: (facts.departments ?? []) as Id<'dep'>[],
  }
}

function identityOf(facts: RoomFacts, session: EngineSession): Identity {
  return {
    userId: session.userId,
    memberId: facts.memberId,
    name: facts.userName,
    // By user, as everywhere else: a person has one colour in all workspaces.
    color: whoHex(session.userId),
  }
}
