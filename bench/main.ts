import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { boards } from './boards'
import { coherence } from './coherence'
import { exchange } from './exchange'
import { type Figure, line, round } from './figures'
import { keystrokes } from './keystrokes'
import { memory } from './memory'
import { method } from './method'
import { pages } from './pages'
import { reviews } from './reviews'
import { start } from './start'
import { peerNames } from './sync/peer'
import { sync } from './sync/sync'
import { threads } from './threads'
import { versions } from './versions'
import { weigh } from './weigh'

// npm run bench [-- --json] [start pages keystrokes threads memory method versions exchange coherence boards reviews]
// npm run bench -- weigh: only when asked for, since it finds things and measures nothing.
// npm run bench -- sync [--scenario fan-out] [--rounds 5] [--peer ours --peer relay] [--trace paper.json.gz]: only when asked for,
// since it installs others' servers and takes its time.
const { values: given, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    scenario: { type: 'string', multiple: true, default: [] },
    peer: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '3' },
    trace: { type: 'string' },
  },
})
const { json } = given
const scenarios: Readonly<Record<string, () => Promise<Figure[]>>> = {
  start,
  pages,
  keystrokes,
  threads,
  memory,
  method,
  versions,
  exchange,
  coherence,
  boards,
  reviews,
  weigh,
  sync: () =>
    sync({
      scenarios: given.scenario,
      rounds: Number(given.rounds),
      peers: peerNames.filter((name) => given.peer.length === 0 || given.peer.includes(name)),
      trace: given.trace ?? null,
      say: (words) => (json ? undefined : console.log(words)),
    }),
}
const onlyWhenAsked = ['weigh', 'sync']

const unknown = wanted.find((word) => !(word in scenarios))
if (unknown) {
  console.error(`There is no measure called ${unknown}. There are: ${Object.keys(scenarios).join(', ')}.`)
  process.exit(2)
}

const all: Record<string, Figure[]> = {}
for (const [name, run] of Object.entries(scenarios)) {
  if (wanted.length > 0 ? !wanted.includes(name) : onlyWhenAsked.includes(name)) continue
  if (!json) console.log(`\n${name}`)
  const figures = await run()
  all[name] = figures
  if (!json) for (const figure of figures) console.log(line(figure))
}

if (json) {
  const figures = Object.entries(all).flatMap(([scenario, list]) =>
    list.map((figure) => ({ scenario, ...figure, value: round(figure.value) })),
  )
  console.log(JSON.stringify({ node: process.version, cores: cpus().length, figures }, null, 2))
}
process.exit(0)
