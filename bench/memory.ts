import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { open } from '@/e2e/support/strategy'
import type { Figure } from './figures'
import { openHouse, smallTeam } from './house'
import { processesBelow } from './processes'

const STRATEGIES = 10

/** What the server's processes hold: right after its start, and with ten strategies open. Linux only. */
export async function memory(): Promise<Figure[]> {
  const house = await openHouse()
  try {
    await (await fetch(`${house.app.url}/sign-in`)).text()
    await delay(5_000)
    const idle = held(house.app.pid)
    const us = await smallTeam(house)
    const { page, context } = us.owner
    for (let i = 0; i < STRATEGIES; i++) {
      await page.goto(`${us.workspace}/strategy`)
      await page.locator('.strategies .acts button').first().click()
      await page.getByRole('menuitem', { name: us.owner.t('strategy.duplicate') }).click()
      await page.locator('.toast').first().waitFor()
    }
    await page.goto(`${us.workspace}/strategy`)
    const links = await page
      .locator('.strategies h2 a')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href')))
    for (const link of links.slice(0, STRATEGIES)) if (link) await open(await context.newPage(), link)
    await delay(3_000)
    const busy = held(house.app.pid)
    const app = (of: typeof idle) => of.app / 1_024
    const all = (of: typeof idle) => (of.app + of.database) / 1_024
    return [
      { name: 'idle: app', value: app(idle), unit: 'MB' },
      { name: 'idle: app and database', value: all(idle), unit: 'MB', aim: 250 },
      { name: `${STRATEGIES} strategies open: app`, value: app(busy), unit: 'MB' },
      { name: `${STRATEGIES} strategies open: app and database`, value: all(busy), unit: 'MB' },
    ]
  } finally {
    await house.close()
  }
}

/** Kilobytes of proportional memory of a process and everything below it, the database's processes apart. */
function held(root: number): { app: number; database: number } {
  const { app, database } = processesBelow(root)
  return { app: memoryOf(app), database: memoryOf(database) }
}

function memoryOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    try {
      const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]
      return sum + Number(pss ?? 0)
    } catch {
      // It ended while we looked.
      return sum
    }
  }, 0)
}
