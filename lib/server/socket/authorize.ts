import type { Sql } from 'postgres'
import { openRooms, type RoomFacts } from '@/db/repositories/rooms'
import type { Identity } from '@/lib/collab/protocol/write-frame'
import type { Authorizer, EngineSession } from '@/lib/collab/room/ports'
import type { Actor } from '@/lib/domain/actor'
import { can } from '@/lib/domain/permissions'
import { whoHex } from '@/lib/domain/who'
import { type Id, isId } from '@/lib/kit/ids'

/**
 * Who may join which room, asked of the database at every join: `str_…` is the document of a strategy, `ws_…` the
 * event channel of a workspace. Missing, foreign and forbidden are one answer.
 */
export function makeAuthorizer(sql: Sql): Authorizer {
  const rooms = openRooms(sql)
  return {
    async resolve(roomName, session) {
      if (isId('str', roomName)) {
        const facts = await rooms.strategy(roomName, session.userId, session.sessionId)
        if (!facts) return 'not_found'
        if (!facts.signedIn) return 'not_signed_in'
        const actor = actorOf(facts, session)
        const subject = { kind: 'strategy', strategy: facts } as const
        if (!can(actor, 'strategy.read', subject)) return 'not_found'
        return {
          kind: 'document',
          documentId: facts.documentId,
          workspaceId: facts.workspaceId,
          mode: can(actor, 'strategy.edit', subject) ? 'write' : 'read',
          grant: {
            memberId: facts.memberId,
            memberRevision: facts.memberRevision,
            sessionId: session.sessionId,
            documentAccessRevision: facts.documentAccessRevision,
          },
          identity: identityOf(facts, session),
        }
      }
      if (isId('ws', roomName)) {
        const facts = await rooms.workspace(roomName, session.userId, session.sessionId)
        if (!facts) return 'not_found'
        if (!facts.signedIn) return 'not_signed_in'
        if (!can(actorOf(facts, session), 'workspace.listen')) return 'not_found'
        return {
          kind: 'channel',
          workspaceId: facts.workspaceId,
          memberId: facts.memberId,
          identity: identityOf(facts, session),
        }
      }
      return 'not_found'
    },
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
    // No room is opened by leading a department.
    leads: [],
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
