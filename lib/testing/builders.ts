import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openJournal } from '@/db/repositories/journal'
import { departmentMembers, members, sessions, users, workspaces } from '@/db/schema'
import { openStore, type Store } from '@/db/store'
import { createEngine } from '@/lib/collab'
import type { Context, GuestContext, Letter, Live, Revoked, User } from '@/lib/commands/context'
import type { Exchange } from '@/lib/commands/exchange'
import { addDepartmentWithBoard } from '@/lib/commands/open-board'
import { usualChain } from '@/lib/domain/department'
import type { LiveEvent } from '@/lib/domain/live-event'
import { Refusal } from '@/lib/domain/refusal'
import type { Role } from '@/lib/domain/role'
import { must } from '@/lib/kit/assert'
import { type Id, newId } from '@/lib/kit/ids'
import { diskFiles } from '@/lib/server/files/disk'
import { makeAuthorizer } from '@/lib/server/socket/authorize'
import { documentLimits, documentRoots } from '@/lib/server/socket/documents'
import { RUN_VARIABLE, testDatabase } from './database'

/** What the commands told the sockets and the mail, in order, for a test to read. */
export interface Told {
  readonly events: { readonly room: string; readonly event: LiveEvent }[]
  readonly revoked: Revoked[]
  readonly letters: Letter[]
}

export interface House {
  readonly store: Store
  readonly told: Told
  /** The real engine without sockets; what it would tell them is in `told`. */
  readonly live: Live
  /** Moves the clock every context shares; milliseconds. */
  pass(milliseconds: number): void
  now(): number
  guest(address?: string): GuestContext
  /** A workspace with an owner. */
  workspace(name?: string): Promise<Context>
  /** Another user, member of the same workspace. */
  member(of: Context, role: Role, name?: string): Promise<Context>
  /** The context again, with the rights read anew. */
  again(context: Context): Promise<Context>
  close(): Promise<void>
}

/** Files are read and written on the test's own thread: a thread of their own has tests of its own. */
const exchange: Exchange = {
  printsPdf: async () => false,
  pdf: async () => {
    throw new Refusal('pdf_unavailable')
  },
  async docx(strategy, zone) {
    const { writeDocx } = await import('@/lib/document/docx/write')
    const { exportWords } = await import('@/lib/queries/export-words')
    return writeDocx(strategy, exportWords(strategy.language, strategy.at, zone))
  },
  reportDocx: async (report) => (await import('@/lib/document/report/write-docx')).writeReportDocx(report),
  read: async (file) => (await import('@/lib/document/read-any')).readFile(file),
}

/** A real database of its own, with everything commands need. Sockets and mail are recorded, not opened. */
export async function house(options: { delivers?: boolean } = {}): Promise<House> {
  const database = await testDatabase()
  const store = openStore(database.url)
  const told: Told = { events: [], revoked: [], letters: [] }
  // The real one, without a socket: what is read is what is committed.
  const engine = createEngine({
    store: openJournal(store.sql),
    authorizer: makeAuthorizer(store.sql),
    roots: documentRoots,
    limits: documentLimits,
    log: { info() {}, warn() {}, error() {} },
  })
  const live: Live = {
    publish: (room, event) => void told.events.push({ room, event }),
    revoke: (target) => void told.revoked.push(target),
    readDocument: async (documentId) => (await engine.read(documentId)).update,
    read: (documentId) => engine.read(documentId),
    look: (documentId, work) => engine.look(documentId, work),
    edit: (documentId, author, change, options) => engine.edit(documentId, author, change, options),
    presence: (documentId) => engine.presence(documentId),
  }
  let time = Date.UTC(2026, 7, 14, 9)
  const folder = mkdtempSync(join(process.env[RUN_VARIABLE] ?? tmpdir(), 'throughline-test-'))
  const services = {
    store,
    live,
    mailer: {
      delivers: options.delivers ?? false,
      send: async (letter: Letter) => {
        told.letters.push(letter)
        return true
      },
    },
    clock: { now: () => time },
    appUrl: 'http://localhost:3000',
    exchange,
    files: diskFiles(join(folder, 'files'), join(folder, 'incoming')),
  }
  const guest = (address = '192.0.2.1'): GuestContext => ({
    ...services,
    language: 'en',
    address,
    userAgent: 'test',
  })

  async function addUser(name: string): Promise<{ user: User; sessionId: Id<'ses'> }> {
    const user: User = {
      id: newId('usr'),
      name,
      email: `${name.toLowerCase().replace(/\W+/g, '.')}.${newId('usr').slice(-6)}@example.com`,
      image: null,
      locale: null,
      theme: null,
    }
    const sessionId = newId('ses')
    await store.database.insert(users).values(user)
    await store.database
      .insert(sessions)
      .values({ id: sessionId, userId: user.id, expiresAt: new Date(time + 30 * 86_400_000) })
    return { user, sessionId }
  }

  async function enter(workspaceId: string, role: Role, name: string): Promise<Context> {
    const { user, sessionId } = await addUser(name)
    await store.database.insert(members).values({ id: newId('mem'), workspaceId, userId: user.id, role })
    const actor = must(await store.read.members.actor(workspaceId, user.id, sessionId), 'a member acts')
    return { ...guest(), user, sessionId, actor }
  }

  return {
    store,
    told,
    live,
    pass: (milliseconds) => {
      time += milliseconds
    },
    now: () => time,
    guest,
    async workspace(name = 'Ladleworks') {
      const id = newId('ws')
      const slug = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${id.slice(-6)}`
      await store.database.insert(workspaces).values({ id, name, slug, language: 'en' })
      await store.transact(async (tx) => {
        for (const link of usualChain())
          await addDepartmentWithBoard(tx, { id: newId('dep'), workspaceId: id, name: null, ...link })
      })
      return enter(id, 'owner', `Owner of ${name}`)
    },
    member: (of, role, name = `The ${role}`) => enter(of.actor.workspaceId, role, name),
    async again(context) {
      const { workspaceId, userId, sessionId } = context.actor
      const actor = must(await store.read.members.actor(workspaceId, userId, sessionId), 'still a member')
      return { ...context, actor }
    },
    async close() {
      engine.stop()
      await store.close()
      await database.drop()
    },
  }
}

/** Makes a member lead, or work in, a department. */
export async function staff(
  store: Store,
  departmentId: string,
  memberId: string,
  lead = false,
): Promise<void> {
  await store.database.insert(departmentMembers).values({ departmentId, memberId, lead })
}
