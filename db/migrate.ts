import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as run } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

/** Any number: every node of one database takes the same advisory lock, so that only one migrates at a time. */
const MIGRATION_LOCK = 7_241_006

/** Brings the database to the newest schema. `root` is the project's folder, where db/migrations lies. */
export async function migrate(url: string, root = process.cwd()): Promise<void> {
  const folder = join(root, 'db', 'migrations')
  if (!existsSync(folder)) throw new Error(`no migrations at ${folder}`)
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    await run(drizzle(sql), { migrationsFolder: folder })
  } finally {
    await sql.end({ timeout: 5 })
  }
}
