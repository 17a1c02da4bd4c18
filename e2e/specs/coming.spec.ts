import { expect, type Page, test } from '@playwright/test'
import { must } from '@/lib/kit/assert'
import { awake } from '../support/awake'
import { findings } from '../support/axe'
import { signUp, team, visitor } from '../support/people'
import { exampleReviews, prepared } from '../support/reviews'

/** Opens a page as it stands before its heavy part has come: what was sent until then, and no script to put more in. */
async function openComing(page: Page, path: string): Promise<void> {
  await page.route(`**${path}`, async (route) => {
    // What the page before still sends there, such as an action, is none of ours.
    if (!route.request().isNavigationRequest()) return route.fallback()
    const response = await route.fetch()
    const sent = await response.text()
    const at = sent.indexOf('<div hidden id="S:')
    expect(at, 'the part is sent after the heading').toBeGreaterThan(0)
    await route.fulfill({ response, body: sent.slice(0, at).replace(/<script[\s\S]*?<\/script>/g, '') })
  })
  await page.goto(path)
  await page.unroute(`**${path}`)
  // Its title is sent with the part.
  await page.evaluate(() => {
    document.title ||= 'coming'
  })
}

test('a page whose part is still coming is whole for whoever looks or listens, and its heading stays where it is', async ({
  browser,
}) => {
  const us = await team(browser, 'restaurant-saas')
  await exampleReviews(us)
  const { page, t } = us.owner
  await page.goto(`${us.workspace}/reviews`)
  const closed = page.locator('.rquarter li[data-state="closed"] a').first()
  const review = must(await closed.getAttribute('href'), 'a review is closed')
  for (const [path, label] of [
    [review, t('reviews.coming')],
    [`${us.workspace}/coherence`, t('coherence.coming')],
  ] as const) {
    await openComing(page, path)
    await expect(page.getByRole('status', { name: label })).toBeVisible()
    expect(await findings(page), path).toEqual([])
    const heading = page.getByRole('heading', { level: 1 })
    const before = must(await heading.boundingBox(), 'it is drawn')
    await page.goto(path)
    await expect(page.locator('.skeleton')).toHaveCount(0)
    const { x, y } = must(await heading.boundingBox(), 'it is drawn')
    expect({ x, y }, path).toEqual({ x: before.x, y: before.y })
  }
  await us.close()
})

test('a meeting that is coming keeps its bar, on a phone too, and leaves a way out', async ({ browser }) => {
  const person = await visitor(browser, '沈知行', 'zh')
  const { page, t } = person
  await signUp(person)
  await page.goto('/new')
  await awake(page)
  await page.getByRole('button', { name: t('sample.ui_open_zh') }).click()
  await page.waitForURL(/\/example-\w+$/, { timeout: 60_000 })
  const path = await prepared(person, new URL(page.url()).pathname)
  await page.getByRole('button', { name: t('reviews.ui_start'), exact: true }).click()
  await page.getByRole('button', { name: t('reviews.ui_start_now') }).click()
  const bar = page.locator('header.meet')
  await expect(bar).toBeVisible()
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 })
    await openComing(page, path)
    await expect(page.getByRole('status', { name: t('reviews.coming') })).toBeVisible()
    expect(await findings(page), `${width}`).toEqual([])
    const leave = bar.getByRole('link', { name: t('reviews.ui_leave') })
    const before = [await bar.boundingBox(), await leave.boundingBox()]
    await page.goto(path)
    await expect(page.locator('.timer')).toBeVisible()
    expect([await bar.boundingBox(), await leave.boundingBox()], `${width}`).toEqual(before)
  }
  await person.context.close()
})
