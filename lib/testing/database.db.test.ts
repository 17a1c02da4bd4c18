import postgres from 'postgres'
import { expect, test } from 'vitest'
import { administer, testDatabase } from './database'

test('each database is migrated, empty and its own', async () => {
  const [one, two] = await Promise.all([testDatabase(), testDatabase()])
  try {
    expect(one.url).not.toBe(two.url)
    await one.sql`create table only_here (n int)`
    const tables = await two.sql<{ name: string }[]>`
      select table_name as name from information_schema.tables where table_schema = 'public'`
    const names = tables.map((table) => table.name)
    expect(names).toContain('users')
    expect(names).not.toContain('only_here')
    expect(await two.sql`select * from users`).toHaveLength(0)
  } finally {
    await Promise.all([one.drop(), two.drop()])
  }
})

test('dropping it ends connections that were left open, and removes it', async () => {
  const database = await testDatabase()
  const forgotten = postgres(database.url, { max: 1, onclose: () => {} })
  await forgotten`select 1`
  await database.drop()
  await expect(administer(database.url, (sql) => sql`select 1`)).rejects.toThrow(/does not exist/)
  await forgotten.end({ timeout: 1 })
})
