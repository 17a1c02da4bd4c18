import { cpus } from 'node:os'
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
import { threads } from './threads'
import { versions } from './versions'
import { weigh } from './weigh'

// npm run bench [-- --json] [start pages keystrokes threads memory method versions exchange coherence boards reviews]
// npm run bench -- weigh: only when asked for, since it finds things and measures nothing.
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
}

const words = process.argv.slice(2)
const json = words.includes('--json')
const wanted = words.filter((word) => !word.startsWith('--'))
const unknown = wanted.find((word) => !(word in scenarios))
if (unknown) {
  console.error(`There is no measure called ${unknown}. There are: ${Object.keys(scenarios).join(', ')}.`)
  process.exit(2)
}

const all: Record<string, Figure[]> = {}
for (const [name, run] of Object.entries(scenarios)) {
  if (wanted.length > 0 ? !wanted.includes(name) : name === 'weigh') continue
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
