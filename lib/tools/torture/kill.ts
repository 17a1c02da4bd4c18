import { AppVictim } from './app-victim'
import { CollabVictim } from './collab-victim'
import type { Outcome, Run, TortureCommand } from './command'
import { torture } from './torture'
import { tortureDatabase } from './torture-database'
import type { Victim } from './victim'

/** SIGKILL of the collab server, round after round, while four people type. */
export const kill: TortureCommand = {
  goals: 'R1, DR4',
  proves: 'kill -9 of the collab server while four people type: nothing promised or seen is lost',
  rounds: 20,
  plants: ['acknowledge-early', 'forget-last-row'],
  async run(run) {
    const database = await tortureDatabase(run.external)
    try {
      const fault = run.plant === null ? {} : { PLANT: run.plant }
      return await rounds(run, new CollabVictim(database.url, fault), 'collab server', database.kind)
    } finally {
      await database.end()
    }
  },
}

/** The same of the whole app, pages and all, on the private database in its data folder or on one at `external`. */
export const killApp: TortureCommand = {
  goals: 'R1, DR4, R16',
  proves: 'kill -9 of the whole app on its own database: nothing promised or seen is lost',
  rounds: 20,
  plants: [],
  async run(run) {
    const database = run.external ? await tortureDatabase(run.external) : null
    try {
      return await rounds(run, new AppVictim(database?.url), 'whole app', database?.kind ?? 'embedded')
    } finally {
      await database?.end()
    }
  },
}

async function rounds(run: Run, victim: Victim, what: string, database: string): Promise<Outcome> {
  run.say(`torture: ${run.rounds} rounds, seed ${run.seed}, ${what}, ${database} PostgreSQL`)
  const report = await torture({ victim, rounds: run.rounds, seed: run.seed, onRound: run.say })
  return {
    rounds: report.rounds,
    acknowledged: report.acknowledged,
    lost: report.lost,
    problems: report.problems,
    figures: { edits: report.edits, 'seen by others': report.seen, kills: report.kills },
  }
}
