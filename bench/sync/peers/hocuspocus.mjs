import { Database } from '@hocuspocus/extension-database'
import { Server } from '@hocuspocus/server'
import postgres from 'postgres'
import './say.mjs'

// Hocuspocus with its database extension on the same PostgreSQL, and its own settings for when it stores.
const sql = postgres(process.argv[2], { max: 6, onnotice: () => {} })
await sql`create table if not exists bench_hocuspocus (name text primary key, state bytea not null)`

const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  stopOnSignals: false,
  extensions: [
    new Database({
      async fetch({ documentName }) {
        const [row] = await sql`select state from bench_hocuspocus where name = ${documentName}`
        return row ? new Uint8Array(row.state) : null
      },
      async store({ documentName, state }) {
        await sql`insert into bench_hocuspocus (name, state) values (${documentName}, ${Buffer.from(state)})
          on conflict (name) do update set state = excluded.state`
      },
    }),
  ],
})
await server.listen()
process.send?.({ port: server.address.port })
