import type { Sql } from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '@/lib/testing/database'
import { type TcpProxy, tcpProxy } from '@/lib/testing/tcp-proxy'
import { connect } from './database'

let database: TestDatabase
let proxy: TcpProxy
/** One connection, through the proxy: what it leaves behind is what the next one finds. */
let sql: Sql
let direct: Sql

beforeAll(async () => {
  database = await testDatabase()
  direct = connect(database.url, 2).sql
  await direct`create table ended (words text)`
})
afterAll(async () => {
  await direct.end()
  await database.drop()
})
beforeEach(async () => {
  const target = new URL(database.url)
  proxy = await tcpProxy({ host: target.hostname, port: Number(target.port || 5432) })
  const through = new URL(database.url)
  through.hostname = '127.0.0.1'
  through.port = `${proxy.port}`
  sql = connect(through.href, 1).sql
  await direct`delete from ended`
})
afterEach(async () => {
  await sql.end({ timeout: 1 })
  await proxy.stop()
})

/** Statements and transactions go on as if nothing had been. */
async function worksAgain(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    expect(await sql`select ${i}::int4 as n`).toMatchObject([{ n: i }])
    expect(await sql.begin((tx) => tx`select ${i}::int4 as n`)).toMatchObject([{ n: i }])
  }
}

/** Whether this backend is in the middle of something. */
async function isBusy(pid: number): Promise<boolean> {
  const found = await direct`select from pg_stat_activity where pid = ${pid} and wait_event = 'PgSleep'`
  return found.length === 1
}

/** Ends connections as a network does, and as a server does that is restarted. */
const ends: [string, (pid: number) => Promise<unknown>][] = [
  ['reset', async () => proxy.cut()],
  ['ended by the server', (pid) => direct`select pg_terminate_backend(${pid})`],
]

describe('DR3: a connection that ends (lib/tools/house/mend-postgres.mjs)', () => {
  it.each(ends)(
    '%s in the middle of a transaction: it is refused, the process lives, and the next ones work',
    async (_how, end) => {
      for (let round = 0; round < 3; round++) {
        let pid = 0
        const transaction = sql.begin(async (tx) => {
          const [backend] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
          await tx`insert into ended values ('lost')`
          pid = backend?.pid ?? 0
          await tx`select pg_sleep(20)`
        })
        transaction.catch(() => {})
        await expect.poll(() => isBusy(pid)).toBe(true)
        await end(pid)
        await expect(transaction).rejects.toThrow()
        await worksAgain()
      }
      expect(await direct`select * from ended`).toEqual([])
    },
    20_000,
  )

  it('a transaction that was thinking meanwhile writes nothing into anybody else’s', async () => {
    let goOn = () => {}
    const thinking = new Promise<void>((resolve) => {
      goOn = resolve
    })
    let begun = () => {}
    const beginning = new Promise<void>((resolve) => {
      begun = resolve
    })
    let refused: unknown
    const dead = sql.begin(async (tx) => {
      await tx`insert into ended values ('before')`
      begun()
      await thinking
      await tx`insert into ended values ('after')`.catch((error: unknown) => {
        refused = error
      })
    })
    dead.catch(() => {})
    await beginning
    proxy.cut()
    await expect(dead).rejects.toThrow()
    const other = sql.begin(async (tx) => {
      await tx`insert into ended values ('other')`
      goOn()
      await new Promise((resolve) => setTimeout(resolve, 50))
      await tx`select 1`
    })
    await other
    await expect.poll(() => refused).toMatchObject({ code: 'CONNECTION_CLOSED' })
    expect(await direct`select words from ended`).toMatchObject([{ words: 'other' }])
  }, 20_000)

  it('what waits behind a statement of the transaction is told as well', async () => {
    let pid = 0
    let waits: Promise<unknown[]> = Promise.resolve([])
    const dead = sql.begin(async (tx) => {
      const [backend] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
      pid = backend?.pid ?? 0
      // More than the connection takes at once.
      waits = Promise.all(
        Array.from({ length: 200 }, () =>
          tx`select pg_sleep(1)`.then(
            () => 'answered',
            () => 'refused',
          ),
        ),
      )
      await waits
    })
    dead.catch(() => {})
    await expect.poll(() => isBusy(pid)).toBe(true)
    proxy.cut()
    await expect(dead).rejects.toThrow()
    expect(new Set(await waits)).toEqual(new Set(['refused']))
    await worksAgain()
  }, 20_000)
})
