import type { Limits } from '../limits'
import { Close } from '../protocol/numbers'
import { Channel } from './channel'
import type { Door } from './door'
import type { Doors } from './doors'
import type { Authorizer, EngineLog, Resolution, RevokeTarget } from './ports'
import type { Rooms } from './rooms'
import { NoSuchDocument } from './stored-document'

/** Few enough to leave connections of the database to those who write. */
const JUDGED_AT_ONCE = 4

export interface AdmissionHost {
  readonly doors: Doors
  readonly rooms: Rooms
  readonly authorizer: Authorizer
  readonly limits: Limits
  readonly log: EngineLog
}

/** Who is let in, and who has to go when rights have changed. */
export class Admission {
  private readonly channels = new Map<string, Channel>()
  /** Goes up with every revocation: whoever was being let in meanwhile is judged again. */
  private revocations = 0
  private judging = false
  private judgeOnceMore = false

  constructor(private readonly host: AdmissionHost) {}

  /** Rooms without a document that somebody is in. */
  get channelCount(): number {
    return this.channels.size
  }

  /** Opens the door, or closes it with the reason. */
  admit(door: Door): void {
    this.judge(door).catch((error: unknown) => {
      this.host.log.error({ err: error, room: door.roomName.slice(0, 40) }, 'not let in')
      door.close(Close.failure, 'not available')
    })
  }

  private async judge(door: Door): Promise<void> {
    const { authorizer, rooms } = this.host
    for (;;) {
      const before = this.revocations
      const access = await authorizer.resolve(door.roomName, door.session)
      if (door.isClosed) return
      if (access === 'not_found') return door.close(Close.notFound, 'not found')
      if (access === 'not_signed_in') return door.close(Close.notSignedIn, 'not signed in')
      if (access.kind === 'channel') {
        if (before !== this.revocations) continue
        return door.open(access, this.channel(door.roomName))
      }
      const room = rooms.of(access.documentId)
      room.visit()
      try {
        await room.opening
        if (door.isClosed) return
        // Rights may have gone while the document was loading; the revocation could not see us yet.
        if (before !== this.revocations || room.isClosed) continue
        return door.open(access, room)
      } catch (error) {
        if (!(error instanceof NoSuchDocument)) throw error
        return door.close(Close.notFound, 'not found')
      } finally {
        room.endVisit()
      }
    }
  }

  /** Somebody has gone. */
  left(door: Door): void {
    const channel = this.channels.get(door.roomName)
    if (channel?.connections.size === 0) this.channels.delete(door.roomName)
  }

  /** Closes whoever matches, and has whoever is at the door judged again. */
  revoke(target: RevokeTarget): void {
    this.revocations += 1
    for (const door of this.host.doors.list())
      if (matches(door, target)) door.close(Close.notAllowed, 'access changed')
  }

  /** Asks for everybody who is in whether they still may be: a revocation may not have reached this node. */
  async rejudge(): Promise<void> {
    if (this.judging) {
      // Rights may have gone after the running round had asked for them.
      this.judgeOnceMore = true
      return
    }
    this.judging = true
    this.judgeOnceMore = false
    try {
      // Whoever is just being let in may have been judged before rights went.
      this.revocations += 1
      // Several tabs of one person in one room are one question.
      const asked = new Map<string, Door[]>()
      for (const door of this.host.doors.list()) {
        const key = `${door.session.sessionId} ${door.roomName}`
        const same = asked.get(key)
        if (same) same.push(door)
        else asked.set(key, [door])
      }
      const groups = asked.values()
      await Promise.all(Array.from({ length: JUDGED_AT_ONCE }, () => this.judgeAgain(groups)))
    } catch (error) {
      // The database is away: nobody can write now, and the next round asks again.
      this.host.log.warn({ err: error }, 'access not judged again')
    } finally {
      this.judging = false
    }
    if (this.judgeOnceMore) await this.rejudge()
  }

  private async judgeAgain(groups: Iterator<Door[]>): Promise<void> {
    for (let next = groups.next(); !next.done; next = groups.next()) {
      const [first] = next.value
      if (!first) continue
      const access = await this.host.authorizer.resolve(first.roomName, first.session)
      for (const door of next.value)
        if (door.connection && !door.isClosed && !sameAccess(access, door.connection.access))
          door.close(Close.notAllowed, 'access changed')
    }
  }

  /** The room of that name, if somebody is in it and it has no document. */
  channelNamed(name: string): Channel | null {
    return this.channels.get(name) ?? null
  }

  allChannels(): IterableIterator<Channel> {
    return this.channels.values()
  }

  private channel(name: string): Channel {
    const known = this.channels.get(name)
    if (known) return known
    const channel = new Channel(name, this.host.limits)
    this.channels.set(name, channel)
    return channel
  }
}

function matches(door: Door, target: RevokeTarget): boolean {
  if ('userId' in target) return door.session.userId === target.userId
  if ('sessionId' in target) return door.session.sessionId === target.sessionId
  const access = door.connection?.access
  if (!access) return false
  if ('memberId' in target) return access.identity.memberId === target.memberId
  if ('workspaceId' in target) return access.workspaceId === target.workspaceId
  return access.kind === 'document' && access.documentId === target.documentId
}

function sameAccess(now: Resolution | string, before: Resolution): boolean {
  if (typeof now === 'string' || now.kind !== before.kind) return false
  if (now.kind === 'channel' || before.kind === 'channel') return true
  return (
    now.mode === before.mode &&
    now.grant.memberRevision === before.grant.memberRevision &&
    now.grant.documentAccessRevision === before.grant.documentAccessRevision
  )
}
