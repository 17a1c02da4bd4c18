import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { open } from '@/e2e/support/strategy'
import type { Figure } from './figures'
import { openHouse, smallTeam } from './house'

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
  const children = new Map<number, number[]>()
  const names = new Map<number, string>()
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry)
    if (!Number.isInteger(pid)) continue
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      names.set(pid, name)
      children.set(parent, [...(children.get(parent) ?? []), pid])
    } catch {
      // It ended while we looked.
    }
  }
  const total = { app: 0, database: 0 }
  const add = (pid: number, below: boolean) => {
    const database = below || names.get(pid) === 'postgres'
    try {
      const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]
      total[database ? 'database' : 'app'] += Number(pss ?? 0)
    } catch {
      // Likewise.
    }
    for (const child of children.get(pid) ?? []) add(child, database)
  }
  add(root, false)
  return total
}
