import { getTableColumns, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Db } from '../database'

/**
 * Adds thousands of rows in one statement with one parameter; a statement with a parameter per field costs more to
 * write than to run. For plain columns (text, numbers, moments, JSON and arrays of these) that are all given: PostgreSQL
 * reads them from JSON, and no default is filled in. `known` says what a row that is there already does: it stays as it
 * is, or nothing is added and the error is the database's.
 */
export async function addMany<T extends PgTable>(
  db: Db,
  table: T,
  rows: readonly Required<T['$inferInsert']>[],
  known: 'stays' | 'refuses',
): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.entries(getTableColumns(table))
  const packed = rows.map((row) => {
    const fields: Readonly<Record<string, unknown>> = row
    return Object.fromEntries(columns.map(([key, column]) => [column.name, fields[key]]))
  })
  const names = sql.join(
    columns.map(([, column]) => sql.identifier(column.name)),
    sql`, `,
  )
  await db.execute(sql`
    insert into ${table} (${names})
    select ${names} from jsonb_populate_recordset(null::${table}, ${JSON.stringify(packed)}::text::jsonb)
    ${known === 'stays' ? sql`on conflict do nothing` : sql``}`)
}
