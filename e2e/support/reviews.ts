import { createHash } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import * as Y from 'yjs'
import { openJournal } from '@/db/repositories/journal'
import type { Store } from '@/db/store'
import type { Live } from '@/lib/commands/context'
import { importReviews } from '@/lib/commands/import-reviews'
import { text as exampleSet } from '@/lib/document/templates/restaurant-saas.boards'
import { must } from '@/lib/kit/assert'
import { awake } from './awake'
import { acting, beside } from './boards'
import type { Person, Team } from './people'

/**
 * The quarters and reviews of the example company beside its boards, through the app's own import: two quarters closed
 * by their reviews; the third has its review prepared and is left for somebody to open.
 */
export async function exampleReviews(us: Team): Promise<void> {
  const told: { cycles: { id: string; sealedAt: string | null }[] } = JSON.parse(exampleSet)
  for (const cycle of told.cycles) if (cycle.id === 'cyc_2026_q3') cycle.sealedAt = null
  await beside(async (store) => {
    const owner = await acting(store, us.owner, us.workspace)
    await importReviews(
      { ...owner, live: { ...owner.live, ...committed(store) } },
      { text: JSON.stringify(told) },
    )
  })
}

/** Documents as they are committed, without taking any from the app that holds them. */
function committed(store: Store): Pick<Live, 'read' | 'readDocument'> {
  const journal = openJournal(store.sql)
  const read: Live['read'] = async (documentId) => {
    const stored = must(await journal.load(documentId, false), 'it was written')
    if ('broken' in stored) throw new Error(stored.broken)
    const { snapshot, tail, seq } = stored
    const updates = [...(snapshot ? [snapshot] : []), ...tail].map(({ bytes }) => bytes)
    return { update: Y.mergeUpdates(updates), seq }
  }
  return { read, readDocument: async (documentId) => (await read(documentId)).update }
}

/** The company's review that is being prepared. Answers its path. */
export async function prepared({ page, t }: Person, workspace: string): Promise<string> {
  await page.goto(`${workspace}/reviews`)
  const row = page.locator('.rquarter li[data-state="preparing"]')
  await expect(row).toHaveCount(1)
  await row.getByRole('link', { name: t('reviews.company'), exact: true }).click()
  await page.waitForURL(/\/reviews\/rev_/)
  await awake(page)
  return new URL(page.url()).pathname
}

/** The point of the agenda in sight. */
export const point = (page: Page) => page.locator('.point:not([hidden]) h1')

/** Goes on point by point until this one stands on the stage. */
export async function steerTo({ page, t }: Person, name: string): Promise<void> {
  await page.locator('.agenda').getByRole('link', { name }).first().click()
  await expect(page.locator('.agenda a[aria-current="step"]')).toContainText(name)
  await expect(page.getByRole('button', { name: t('reviews.ui_more') })).toBeVisible()
}

/** Says in a review who takes part, from its page. */
export async function takePart({ page, t }: Person, names: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: t('reviews.ui_change_review') }).click()
  const dialog = page.getByRole('dialog')
  for (const name of names) await dialog.locator('.who label', { hasText: name }).locator('input').check()
  await dialog.getByRole('button', { name: t('common.save') }).click()
  for (const name of names) await expect(page.locator('.people li', { hasText: name })).toBeVisible()
}

/** The sealed bytes, as whoever distrusts us would take them. */
export async function sealOf(page: Page, quarter: string): Promise<{ bytes: Buffer; hash: string }> {
  const answer = await page.request.get(`${quarter}/seal`)
  expect(answer.status()).toBe(200)
  const bytes = await answer.body()
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex') }
}

/** Answers the question why the sealed plan was changed. */
export async function sayWhy({ page, t }: Person, reason: string): Promise<void> {
  await page
    .locator('.toast', { hasText: t('quarters.ui_reason_toast') })
    .getByRole('button', { name: t('quarters.ui_reason_act'), exact: true })
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('quarters.ui_reason_label'), { exact: true }).fill(reason)
  await dialog.getByRole('button', { name: t('quarters.ui_reason_keep'), exact: true }).click()
  await expect(dialog).toBeHidden()
}
