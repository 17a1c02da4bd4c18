import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres, { type Sql } from 'postgres'
import * as schema from './schema'

export type Schema = typeof schema
/** What a repository needs: the database itself or an open transaction. */
export type Db = Pick<
  PostgresJsDatabase<Schema>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'execute' | 'query'
>
export type Database = PostgresJsDatabase<Schema>

/**
 * Opens a pool. 12 connections: the embedded server allows 60, four processes may share an external one, and the
 * group commit of the sync engine needs only one at a time.
 */
export function connect(url: string, max = 12): { database: Database; sql: Sql } {
  const sql = postgres(url, {
    max,
    idle_timeout: 60,
    connect_timeout: 10,
    // Seconds until a connection that could not be made is tried again. Left alone it grows to twenty, and the app
    // would be away for so long after the database is back.
    backoff: (tries) => Math.min(3 ** tries / 100, 0.25) * (0.5 + Math.random() / 2),
    onnotice: () => {},
    connection: { application_name: 'throughline' },
  })
  return { database: drizzle(sql, { schema }), sql }
}
