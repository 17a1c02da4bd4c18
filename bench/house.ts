import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium as playwright } from '@playwright/test'
import { chromium } from '@/e2e/support/chromium'
import { type Team, team } from '@/e2e/support/people'
import { type App, startApp } from '@/lib/testing/server'

/** The real app with a browser in front of it. */
export interface House {
  readonly app: App
  readonly browser: Browser
  close(): Promise<void>
}

export async function openHouse(): Promise<House> {
  const app = await startApp({ env: { TRUST_PROXY: 'true' } })
  const launched = await playwright.launch(chromium())
  // Paths in e2e/support are relative; the test runner would fill in the address.
  const newContext = launched.newContext.bind(launched)
  const browser: Browser = Object.assign(launched, {
    newContext: (options = {}) =>
      newContext({ baseURL: app.url, viewport: { width: 1440, height: 900 }, ...options }),
  })
  return {
    app,
    browser,
    async close() {
      await browser.close()
      await app.discard()
    },
  }
}

/** A team whose first strategy is the worked example: about 14,000 characters. */
export const smallTeam = (house: House): Promise<Team> => team(house.browser, 'restaurant-saas')

/** Imports a strategy of about 100,000 characters, in both scripts, and answers its path. */
export const importLarge = (us: Team): Promise<string> => importMarkdown(us, largeMarkdown())

/** Imports a strategy of 500 factors below ten headings, and answers its path. */
export const importItems = (us: Team): Promise<string> => importMarkdown(us, itemsMarkdown())

async function importMarkdown(us: Team, text: string): Promise<string> {
  const { page } = us.owner
  await page.goto(`${us.workspace}/strategy`)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'large.md', mimeType: 'text/markdown', buffer: Buffer.from(text) })
  await page.getByRole('button', { name: us.owner.t('exchange.import_do'), exact: true }).click()
  await page.waitForURL(/\/strategy\/str_/)
  return new URL(page.url()).pathname
}

function itemsMarkdown(count = 500): string {
  const factor = (i: number) =>
    `- **F${i}** Of factor ${i}: the average bill per guest has fallen 6 % in a year, while rent has hardly moved.\n` +
    `  - Source: Till data of ${i} stores\n  - Confidence: high\n  - Checked on: 2026-06-05\n`
  const factors = Array.from(
    { length: count },
    (_, i) => `${i % 50 === 0 ? `\n### Part ${i}\n\n` : ''}${factor(i + 1)}`,
  )
  return `# Many items\n\n## 1 Situation\n${factors.join('')}\n## 3 Guiding policy\n\nOne line.\n`
}

/** The example's paragraphs and items, chapter by chapter, repeated until the whole has 100,000 characters. */
export function largeMarkdown(characters = 100_000): string {
  const read = (language: string) =>
    readFileSync(
      join(process.cwd(), 'lib', 'document', 'templates', `restaurant-saas.${language}.md`),
      'utf8',
    )
  const chaptersOf = (text: string) => text.split(/^## .*$/m).slice(1)
  const en = chaptersOf(read('en'))
  const zh = chaptersOf(read('zh'))
  const once = [...en, ...zh].join('').length
  const times = Math.ceil(characters / once)
  const names = ['1 Situation', '2 Major difficulties', '3 Guiding policy', '4 Coherent activities']
  const body = names.map((name, i) => `## ${name}\n${`${en[i] ?? ''}\n${zh[i] ?? ''}\n`.repeat(times)}`)
  return `# A long strategy\n\n${body.join('\n')}`
}
