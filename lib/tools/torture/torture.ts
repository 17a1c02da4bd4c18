import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { rng } from '@/lib/collab/testing/rng'
import { Tokens } from '@/lib/collab/testing/tokens'
import { type StoredPerson, storedWorld } from '@/lib/testing/collab/stored-world'
import { judgeRound, until } from './judge-round'
import { onePage } from './page-text'
import type { Victim } from './victim'
import { Writer } from './writer'

export interface TortureOptions {
  /** What is killed. It has not been started yet; it is ended afterwards. */
  readonly victim: Victim
  readonly rounds: number
  readonly seed: number
  /** Four by default. */
  readonly clients?: number
  /** Milliseconds until everybody must be saved and must have read everything; a minute by default. */
  readonly patience?: number
  readonly onRound?: (line: string) => void
}

export interface TortureReport {
  readonly rounds: number
  readonly edits: number
  /** Edits somebody was told are saved. */
  readonly acknowledged: number
  /** Edits a colleague had on the screen. */
  readonly seen: number
  readonly kills: number
  readonly lost: number
  readonly problems: readonly string[]
}

/** Runs the rounds. A seed decides who types what and on which counted event the server dies. */
export async function torture(options: TortureOptions): Promise<TortureReport> {
  const chance = rng(options.seed)
  const { victim } = options
  const totals = { edits: 0, acknowledged: 0, seen: 0, kills: 0, lost: 0 }
  const problems: string[] = []
  let sql: postgres.Sql | undefined
  try {
    await victim.start()
    sql = postgres(await victim.databaseUrl(), { max: 3, onnotice: () => {} })
    const world = await storedWorld(sql)
    const people: StoredPerson[] = []
    for (let i = 0; i < (options.clients ?? 4); i++) people.push(await world.person('partner'))
    const addresses = await Promise.all(people.map((person) => victim.addressFor(person)))
    for (let round = 1; round <= options.rounds; round++) {
      // A fresh document each time keeps the rounds independent and the oracle small.
      const { strategyId, documentId } = await world.strategy(onePage())
      const tokens = new Tokens()
      const notices = new Counter()
      const writers = addresses.map(
        (address, i) =>
          new Writer(
            `c${i}`,
            strategyId,
            () => address,
            tokens,
            () => notices.add(),
          ),
      )
      await Promise.all(writers.map((writer) => writer.client.synced))
      const blow = victim.aim(chance, notices)
      // The kill itself ends this wait as well.
      blow.struck.catch(() => {})
      const types = writers.map(async (writer, i) => {
        const own = chance.fork(`round ${round} writer ${i}`)
        for (let n = 30 + own.below(30); n > 0; n--) {
          writer.edit(own)
          await delay(own.below(20))
        }
      })
      // Not every round comes to the chosen event; the server then dies when everybody has typed their share.
      await Promise.race([blow.struck, Promise.all(types)])
      await victim.kill()
      totals.kills += 1
      // They finish their share with nobody there; sometimes one of them in a new tab.
      await Promise.all(types)
      if (chance.below(3) === 0) {
        const writer = chance.pick(writers)
        await until(
          () =>
            writer.client.saveState.kind === 'saved' ||
            ('kept' in writer.client.saveState && writer.client.saveState.kept),
        )
        writer.reopen()
      }
      await victim.start()
      for (const writer of writers) writer.client.reconnect()
      const patience = options.patience ?? 60_000
      const before = totals.edits
      const wrong = await judgeRound({ sql, documentId, writers, tokens, patience, sums: totals })
      for (const writer of writers) writer.end()
      problems.push(...wrong.map((problem) => `round ${round}: ${problem}`))
      options.onRound?.(
        `round ${round}: killed at ${blow.at}, ${totals.edits - before} edits, ${wrong.length === 0 ? 'nothing lost' : wrong.join('; ')}`,
      )
    }
  } finally {
    await sql?.end({ timeout: 2 })
    await victim.end()
  }
  return { rounds: options.rounds, ...totals, problems }
}

/** Counts "saved" notices, for blows that fall on a counted one. */
class Counter {
  private count = 0
  private waiting: { at: number; resolve: () => void }[] = []

  add(): void {
    this.count += 1
    for (const one of this.waiting) if (this.count >= one.at) one.resolve()
  }

  reached(at: number): Promise<void> {
    return new Promise((resolve) => this.waiting.push({ at, resolve }))
  }
}
