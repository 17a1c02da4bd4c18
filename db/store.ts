import type { Sql } from 'postgres'
import { connect, type Database } from './database'
import { type Reader, reader, type Writer, writer } from './repositories'

/** The one path to data. A query is handed `read` and cannot write; a command writes inside `transact`. */
export interface Store {
  readonly read: Reader
  /** Runs the work in one transaction; a throw (a Refusal too) rolls everything back. */
  transact<T>(work: (tx: Writer) => Promise<T>): Promise<T>
  readonly sql: Sql
  readonly database: Database
  close(): Promise<void>
}

export function openStore(url: string): Store {
  const { database, sql } = connect(url)
  return {
    read: reader(database),
    transact: (work) => database.transaction((tx) => work(writer(tx))),
    sql,
    database,
    close: () => sql.end({ timeout: 5 }),
  }
}
