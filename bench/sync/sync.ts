import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Figure } from '../figures'
import type { SyncOptions } from './rounds'
import { syncScenarios } from './scenarios'
import { World } from './world'

/** Our sync engine beside a relay that reads nothing, and beside two others. Linux only. */
export async function sync(
  options: SyncOptions & { readonly scenarios: readonly string[] },
): Promise<Figure[]> {
  const { scenarios: wanted, say } = options
  for (const name of wanted)
    if (!(name in syncScenarios))
      throw new Error(
        `There is no scenario called ${name}. There are: ${Object.keys(syncScenarios).join(', ')}.`,
      )
  installPeers()
  const world = await World.open()
  try {
    const figures: Figure[] = []
    for (const [name, run] of Object.entries(syncScenarios)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue
      say(`  ${name}`)
      for (const figure of await run({ ...options, world }))
        figures.push({ ...figure, name: `${name}, ${figure.name}` })
    }
    return figures
  } finally {
    await world.close()
  }
}

/** The others are no part of the app: they come with the first measure, in exactly the versions it names. */
function installPeers(): void {
  const here = import.meta.dirname
  if (existsSync(path.join(here, 'node_modules', '.package-lock.json'))) return
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
