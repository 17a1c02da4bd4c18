import { resolve } from 'node:path'
import { runningUrl } from '@/db/embedded'
import { openJournal } from '@/db/repositories/journal'
import { openStore } from '@/db/store'
import { createEngine } from '@/lib/collab'
import { projectItems } from '@/lib/commands/project-items'
import { systemClock } from '@/lib/kit/clock'
import { readConfig } from '@/lib/server/config'
import { makeAuthorizer } from '@/lib/server/socket/authorize'
import { documentRoots } from '@/lib/server/socket/documents'

/**
 * npm run project -- --all | str_… [str_…]
 *
 * Makes the rows of items anew from the documents of strategies. Beside the running app, or on a database named by
 * DATABASE_URL. It reads documents and writes rows; documents themselves it leaves to the app.
 */
const words = process.argv.slice(2)
if (words.length === 0) {
  console.error('usage: npm run project -- --all | <strategy id>…')
  process.exit(2)
}
const config = readConfig(process.env)
const url = config.databaseUrl ?? (await runningUrl(resolve(config.dataDir)))
if (url === null) {
  console.error(
    `No database runs on ${resolve(config.dataDir)}. Start the app first, or name one by DATABASE_URL.`,
  )
  process.exit(1)
}
const store = openStore(url)
const engine = createEngine({
  store: openJournal(store.sql),
  authorizer: makeAuthorizer(store.sql),
  roots: documentRoots,
  log: { info() {}, warn() {}, error() {} },
})
const live = {
  read: (documentId: string) => engine.read(documentId),
  edit: () => Promise.reject(new Error('this command writes no documents')),
  publish: () => {},
}
let failed = 0
const documents = words.includes('--all') ? await store.read.strategyItems.documents() : []
for (const word of words.filter((one) => one !== '--all')) {
  const documentId = await store.read.strategyItems.documentOf(word)
  if (documentId === null) {
    console.error(`${word}: no such strategy`)
    failed += 1
  } else documents.push(documentId)
}
for (const documentId of documents) {
  try {
    const done = await projectItems({ store, live, clock: systemClock }, documentId, { heal: false })
    if (done) console.log(`${documentId}: ${done.items} items, ${done.written} rows written, at ${done.seq}`)
  } catch (error) {
    failed += 1
    console.error(`${documentId}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
await store.close()
process.exit(failed > 0 ? 1 : 0)
