import { getTableColumns, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Db } from '../database'

/**
 * Adds thousands of rows in one statement with two parameters; a statement with a parameter per field costs more to
 * write than to run. What is the same in every row is said once, and the rows say the rest. For plain columns (text,
 * numbers, moments, JSON and arrays of these) that are all given: PostgreSQL reads them from JSON, and no default is
 * filled in. `known` says what a row that is there already does: it stays as it is, or nothing is added and the error is
 * the database's.
 */
export async function addMany<T extends PgTable>(
  db: Db,
  table: T,
  rows: readonly Required<T['$inferInsert']>[],
  known: 'stays' | 'refuses',
): Promise<void> {
  const columns = Object.entries(getTableColumns(table))
  const fields: readonly Readonly<Record<string, unknown>>[] = rows
  const [first] = fields
  if (!first) return
  const same = columns.filter(([key]) => fields.every((row) => row[key] === first[key]))
  const own = columns.filter((column) => !same.includes(column))
  const pack = (row: Readonly<Record<string, unknown>>, some: typeof columns) =>
    Object.fromEntries(some.map(([key, column]) => [column.name, row[key]]))
  const base = JSON.stringify(pack(first, same))
  const packed = JSON.stringify(fields.map((row) => pack(row, own)))
  const names = sql.join(
    columns.map(([, column]) => sql.identifier(column.name)),
    sql`, `,
  )
  await db.execute(sql`
    insert into ${table} (${names})
    select ${names} from jsonb_populate_recordset(
      jsonb_populate_record(null::${table}, ${base}::text::jsonb), ${packed}::text::jsonb)
    ${known === 'stays' ? sql`on conflict do nothing` : sql``}`)
}
