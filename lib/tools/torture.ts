import { parseArgs } from 'node:util'
import { CannotRun, type Outcome } from './torture/command'
import { tortures } from './torture/registry'
import { summary } from './torture/report'

/**
 * npm run torture -- [name] [--rounds N] [--seed S] [--plant fault] [--minutes M] [--external postgres://…] [--other folder] [--json]
 *
 * `list` names them all; `--seeds` is another word for `--rounds` where a round is one seed; without a name: `kill`, with `--app` of the whole app. docs/torture.md says what each proves.
 * `--external` names a server on which a database is made and dropped again; without it a private one is started, with
 * fsync on, as in production. `--other` names another version's checkout, for `rolling`. Ends with 0 when nothing was found, 1 when something was, 2 when it was asked
 * wrongly, 3 when this machine cannot do it. With `--plant` a fault is put in, and not noticing it is the failure.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    seeds: { type: 'string' },
    seed: { type: 'string' },
    plant: { type: 'string' },
    minutes: { type: 'string' },
    external: { type: 'string' },
    other: { type: 'string' },
    app: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})

const name = positionals[0] ?? (values.app ? 'kill-app' : 'kill')
if (name === 'list') await list()
else await one()

async function list(): Promise<void> {
  for (const [each, load] of Object.entries(tortures)) {
    const { goals, proves, plants } = await load()
    console.log(`${each.padEnd(12)} ${goals.padEnd(14)} ${proves}`)
    if (plants.length > 0) console.log(`${''.padEnd(27)} --plant ${plants.join(' | ')}`)
  }
}

async function one(): Promise<void> {
  const load = tortures[name]
  const command = load && (await load())
  const rounds = Number(values.rounds ?? values.seeds ?? command?.rounds)
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(values.seed)
  const minutes = values.minutes === undefined ? null : Number(values.minutes)
  const plant = values.plant ?? null
  const askedWell =
    Number.isInteger(rounds) &&
    rounds > 0 &&
    Number.isInteger(seed) &&
    (minutes === null || minutes > 0) &&
    (plant === null || command?.plants.includes(plant))
  if (!command || !askedWell) {
    console.error(
      'usage: npm run torture -- [name] [--rounds N] [--seed S] [--plant fault] [--minutes M] [--external postgres://…] [--other folder] [--json]\n' +
        '       npm run torture -- list',
    )
    process.exit(2)
  }
  if (!values.json) console.log(`torture ${name}: seed ${seed}, ${command.proves}`)
  const began = performance.now()
  try {
    const outcome = await command.run({
      rounds,
      seed: seed >>> 0,
      plant,
      minutes,
      external: values.external ?? null,
      other: values.other ?? null,
      say: (line) => {
        if (!values.json) console.log(line)
      },
    })
    tell(outcome, seed, performance.now() - began)
    process.exitCode = (outcome.problems.length === 0) === (plant === null) ? 0 : 1
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error
    console.error(`torture ${name}: cannot run here: ${error.message}`)
    process.exitCode = 3
  }
}

function tell(outcome: Outcome, seed: number, ms: number): void {
  if (values.json) {
    console.log(JSON.stringify({ name, seed, ms: Math.round(ms), ...outcome }))
    return
  }
  for (const problem of outcome.problems.slice(0, 50)) console.log(`  ${problem}`)
  if (outcome.problems.length > 50) console.log(`  and ${outcome.problems.length - 50} more`)
  console.log(summary(name, seed, outcome, ms))
}
