import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { and, eq } from 'drizzle-orm'
import { runningUrl } from '@/db/embedded/running-url'
import { departmentMembers, members, sessions, users } from '@/db/schema'
import { openStore, type Store } from '@/db/store'
import type { Context, Live } from '@/lib/commands/context'
import { importBoards } from '@/lib/commands/import-boards'
import { text as exampleSet } from '@/lib/document/templates/restaurant-saas.boards'
import type { DepartmentKind } from '@/lib/domain/department'
import type { Language } from '@/lib/domain/language'
import { Refusal } from '@/lib/domain/refusal'
import type { Role } from '@/lib/domain/role'
import { must } from '@/lib/kit/assert'
import { type Id, newId } from '@/lib/kit/ids'
import { diskFiles } from '@/lib/server/files/disk'
import type { Person, Team } from './people'

/** The folder of the app the specs run against; a bench names its own. */
const dataFolder = () => must(process.env.E2E_DATA_DIR, 'the app of the specs has a folder')

/** Looks into the app's database beside it. What is written here is told to no open page: visit pages afterwards. */
export async function beside<T>(work: (store: Store) => Promise<T>, dataDir = dataFolder()): Promise<T> {
  const store = openStore(must(await runningUrl(dataDir), 'the app runs'))
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Commands run for a person as the app would run them, but nobody is told. */
export async function acting(store: Store, person: Person, workspace: string): Promise<Context> {
  const [user] = await store.database.select().from(users).where(eq(users.email, person.email))
  const found = must(user, 'they signed up')
  const [session] = await store.database.select().from(sessions).where(eq(sessions.userId, found.id))
  const sessionId = must(session, 'they are signed in').id as Context['sessionId']
  const actor = must(
    await store.read.members.actor(workspace.slice(1), found.id as Id<'usr'>, sessionId),
    'they are a member',
  )
  const folder = process.env.E2E_DATA_DIR ?? tmpdir()
  const silent = () => Promise.reject(new Error('no document is read here'))
  const live: Live = {
    publish: () => undefined,
    revoke: () => undefined,
    readDocument: silent,
    read: silent,
    look: silent,
    edit: silent,
    presence: () => [],
  }
  return {
    store,
    live,
    mailer: { delivers: false, send: async () => true },
    clock: { now: () => Date.now() },
    appUrl: 'http://localhost',
    files: diskFiles(join(folder, 'files'), join(folder, 'incoming')),
    exchange: {
      printsPdf: async () => false,
      pdf: () => Promise.reject(new Refusal('pdf_unavailable')),
      docx: silent,
      reportDocx: silent,
      read: silent,
    },
    language: person.language,
    address: '192.0.2.1',
    userAgent: 'test',
    user: {
      id: actor.userId,
      name: found.name,
      email: found.email,
      image: null,
      locale: null,
      theme: null,
    },
    sessionId,
    actor,
  }
}

interface Told {
  readonly members: readonly {
    readonly id: string
    readonly name: Record<Language, string>
    readonly role: Role
    readonly department: string | null
  }[]
  readonly departments: readonly { readonly id: string; readonly lead: string }[]
}

/**
 * The boards of the example company in a workspace whose strategy is the example's: its people, in their departments,
 * and 48 activities and 14 measures through the app's own import. Answers each board's path.
 */
export async function exampleBoards(
  us: Team,
  dataDir = dataFolder(),
): Promise<Record<DepartmentKind, string>> {
  await beside(async (store) => {
    const owner = await acting(store, us.owner, us.workspace)
    const { workspaceId } = owner.actor
    const boards = await store.read.boards.list(workspaceId)
    const told: Told = JSON.parse(exampleSet)
    for (const { id, name, role, department } of told.members) {
      const userId = newId('usr')
      const memberId = newId('mem')
      await store.database
        .insert(users)
        .values({ id: userId, name: name[us.owner.language], email: `${userId}@example.com` })
      await store.database.insert(members).values({ id: memberId, workspaceId, userId, role })
      if (department === null) continue
      const kind = department === 'dep_org' ? 'organization' : department.slice(4)
      const { departmentId } = must(
        boards.find((board) => board.kind === kind),
        'the five departments',
      )
      const lead = told.departments.some((one) => one.lead === id)
      await store.database.insert(departmentMembers).values({ departmentId, memberId, lead })
    }
    // Its items follow the strategy's text within half a second.
    await expect
      .poll(() => store.sql`select 1 from strategy_items limit 1`.then((rows) => rows.length), {
        timeout: 15_000,
      })
      .toBe(1)
    await importBoards(owner, { format: 'set', text: exampleSet, boardId: null, dry: false })
  }, dataDir)
  return boardPaths(us.workspace)
}

/** Where the five boards are. */
export function boardPaths(workspace: string): Record<DepartmentKind, string> {
  const at = (kind: DepartmentKind) => `${workspace}/boards/${kind}`
  return {
    product: at('product'),
    marketing: at('marketing'),
    sales: at('sales'),
    success: at('success'),
    organization: at('organization'),
  }
}

/** Makes somebody work in a department, or lead it; null: neither. No page that is open is told. */
export async function staffIn(
  us: Team,
  person: Person,
  kind: DepartmentKind,
  lead: boolean | null = false,
  dataDir = dataFolder(),
): Promise<void> {
  await beside(async (store) => {
    const { actor } = await acting(store, person, us.workspace)
    const boards = await store.read.boards.list(actor.workspaceId)
    const { departmentId } = must(
      boards.find((board) => board.kind === kind),
      'the five departments',
    )
    await store.database
      .delete(departmentMembers)
      .where(
        and(eq(departmentMembers.departmentId, departmentId), eq(departmentMembers.memberId, actor.memberId)),
      )
    if (lead !== null)
      await store.database.insert(departmentMembers).values({ departmentId, memberId: actor.memberId, lead })
  }, dataDir)
}

/** So many more cards, spread over the columns of a board: "Card 1" to "Card n". */
export async function addCards(
  us: Team,
  kind: DepartmentKind,
  n: number,
  dataDir = dataFolder(),
): Promise<void> {
  await beside(async (store) => {
    const owner = await acting(store, us.owner, us.workspace)
    const boards = await store.read.boards.list(owner.actor.workspaceId)
    const { id } = must(
      boards.find((board) => board.kind === kind),
      'the five departments',
    )
    const columns = await store.read.boards.columns([id])
    const kinds = columns.map(({ kind, name }) => kind ?? name ?? '')
    const rows = Array.from({ length: n }, (_, i) => `Card ${i + 1},${kinds[i % kinds.length]}`)
    await importBoards(owner, {
      format: 'csv',
      text: ['title,column', ...rows].join('\n'),
      boardId: id,
      dry: false,
    })
  }, dataDir)
}

/** Opens a board and waits until it is live. */
export async function openBoard(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.locator('.cols[data-live="live"]')).toBeVisible({ timeout: 60_000 })
}

export function cardOf(page: Page, title: string): Locator {
  return page.locator('.act').filter({ has: page.getByRole('link', { name: title, exact: true }) })
}

/** The column of this kind: `backlog planned doing checking done`. */
export function columnOf(page: Page, kind: string): Locator {
  return page.locator(`.col[data-kind="${kind}"]`)
}

/** The titles of every column, top to bottom: what two people compare. */
export function layOf(page: Page): Promise<string[]> {
  return page
    .locator('.col')
    .evaluateAll((columns) =>
      columns.map((column) =>
        [...column.querySelectorAll('.act h3 a')].map((link) => link.textContent ?? '').join(' | '),
      ),
    )
}
