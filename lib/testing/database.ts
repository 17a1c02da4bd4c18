import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { z } from 'zod'
import { startEmbedded } from '@/db/embedded'
import { migrate } from '@/db/migrate'

export interface TestDatabase {
  /** A database of its own, freshly migrated and empty. */
  url: string
  sql: postgres.Sql
  /** Closes `sql`, ends every other connection, removes the database. */
  drop(): Promise<void>
}

/** Set by test-run.ts for every worker of one vitest run: the folder they share. */
export const RUN_VARIABLE = 'THROUGHLINE_TEST_RUN'

/**
 * A fresh database for one test file: a copy of a template that was migrated once in this run, on one server
 * that the first caller starts. TEST_DATABASE_URL names another server instead; its user must be allowed to
 * create databases.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await sharedServer()
  const name = `throughline_test_${randomBytes(6).toString('hex')}`
  await administer(server.url, async (sql) => {
    // The session that migrated the template may need a moment to leave it.
    await patiently(() => sql`create database ${sql(name)} template ${sql(server.template)}`)
  })
  const url = databaseUrl(server.url, name)
  const sql = postgres(url, { max: 4, onnotice: () => {} })
  return {
    url,
    sql,
    async drop() {
      await sql.end({ timeout: 2 })
      await administer(server.url, (admin) => admin`drop database if exists ${admin(name)} with (force)`)
    },
  }
}

const sharedShape = z.object({ url: z.string(), template: z.string() })
export type SharedServer = z.infer<typeof sharedShape>

/** null while nobody in this run has asked for a database. */
export async function readSharedServer(run: string): Promise<SharedServer | null> {
  const text = await readFile(path.join(run, 'server.json'), 'utf8').catch(() => null)
  return text === null ? null : sharedShape.parse(JSON.parse(text))
}

/** Most test files need no database, so the server starts when the first one asks; the others wait for it. */
async function sharedServer(): Promise<SharedServer> {
  const run = process.env[RUN_VARIABLE]
  if (!run) throw new Error('testDatabase() works under lib/testing/vitest.config.ts only')
  const first = await mkdir(path.join(run, 'claimed')).then(
    () => true,
    () => false,
  )
  if (first) return startShared(run)
  for (;;) {
    const server = await readSharedServer(run)
    if (server) return server
    const failure = await readFile(path.join(run, 'failed'), 'utf8').catch(() => null)
    if (failure !== null) throw new Error(failure)
    await delay(20)
  }
}

async function startShared(run: string): Promise<SharedServer> {
  try {
    const external = process.env.TEST_DATABASE_URL
    const url = external || (await startEmbedded({ dataDir: run, fsync: false })).url
    const template = `throughline_template_${randomBytes(6).toString('hex')}`
    await administer(url, (sql) => sql`create database ${sql(template)}`)
    await migrate(databaseUrl(url, template), path.resolve(import.meta.dirname, '../..'))
    const server = { url, template }
    await writeFile(path.join(run, 'server.json.new'), JSON.stringify(server))
    await rename(path.join(run, 'server.json.new'), path.join(run, 'server.json'))
    return server
  } catch (error) {
    await writeFile(path.join(run, 'failed'), error instanceof Error ? error.message : String(error))
    throw error
  }
}

/** Runs `work` on a connection that is closed afterwards. */
export async function administer<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 2 })
  }
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      // 55006: the template is being accessed by other users.
      const busy = error instanceof postgres.PostgresError && error.code === '55006'
      if (!busy || attempt === 50) throw error
      await delay(20)
    }
  }
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
