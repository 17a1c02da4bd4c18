import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { startEmbedded } from '@/db/embedded'
import { migrate } from '@/db/migrate'
import { must } from '@/lib/kit/assert'
import { AppVictim } from './torture/app-victim'
import { CollabVictim } from './torture/collab-victim'
import { torture } from './torture/torture'
import type { Victim } from './torture/victim'

/**
 * npm run torture -- --rounds 200 --seed 1 [--app] [--external postgres://…]
 *
 * Kills the collab server - with `--app` the whole app - with SIGKILL, round after round, while four clients type, and looks for words that somebody
 * was promised or had already seen and that are gone. `--external` names a server on which a database is made and
 * dropped again; without it a private one is started, with fsync on, as in production.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string' },
    external: { type: 'string' },
    app: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})

const root = path.resolve(import.meta.dirname, '../..')
const rounds = Number(values.rounds)
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(values.seed)
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) {
  console.error('usage: npm run torture -- [--rounds N] [--seed S] [--external postgres://…] [--json]')
  process.exit(2)
}

const folder = await mkdtemp(path.join(tmpdir(), 'throughline-torture-'))
const database = values.external
  ? await externalDatabase(values.external)
  : values.app
    ? appsOwnDatabase()
    : await embeddedDatabase()
// Interrupted, the private database must not be left running.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void database
      .end()
      .then(() => rm(folder, { recursive: true, force: true }))
      .finally(() => process.exit(130))
  })
try {
  if (!values.json)
    console.log(
      `torture: ${rounds} rounds, seed ${seed}, ${values.app ? 'whole app' : 'collab server'}, ${database.kind} PostgreSQL`,
    )
  if (database.url) await migrate(database.url, root)
  const report = await torture({
    victim: victim(database.url),
    rounds,
    seed,
    onRound: (line) => {
      if (!values.json) console.log(line)
    },
  })
  if (values.json) console.log(JSON.stringify({ ...report, seed, database: database.kind }))
  else {
    console.log(
      `rounds ${report.rounds}  edits ${report.edits}  acknowledged ${report.acknowledged}  ` +
        `seen by others ${report.seen}  kills ${report.kills}  lost ${report.lost}`,
    )
    for (const problem of report.problems) console.log(`  ${problem}`)
  }
  process.exitCode = report.problems.length === 0 ? 0 : 1
} finally {
  await database.end()
  await rm(folder, { recursive: true, force: true })
}

interface TortureDatabase {
  readonly kind: 'embedded' | 'external'
  /** Null: the app makes its own. */
  readonly url: string | null
  end(): Promise<void>
}

function victim(url: string | null): Victim {
  if (values.app) return new AppVictim(url ?? undefined)
  return new CollabVictim(must(url, 'a collab server is given a database'))
}

/** The one in the app's data folder, which goes with it. */
function appsOwnDatabase(): TortureDatabase {
  return { kind: 'embedded', url: null, end: async () => {} }
}

async function embeddedDatabase(): Promise<TortureDatabase> {
  const server = await startEmbedded({ dataDir: folder })
  return { kind: 'embedded', url: server.url, end: () => server.stop() }
}

async function externalDatabase(url: string): Promise<TortureDatabase> {
  const name = `throughline_torture_${process.pid}_${seed}`
  const admin = postgres(url, { max: 1, onnotice: () => {} })
  await admin`create database ${admin(name)}`
  const own = new URL(url)
  own.pathname = `/${name}`
  return {
    kind: 'external',
    url: own.href,
    async end() {
      await admin`drop database if exists ${admin(name)} with (force)`
      await admin.end({ timeout: 2 })
    },
  }
}
