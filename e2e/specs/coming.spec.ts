import { expect, type Page, test } from '@playwright/test'
import { must } from '@/lib/kit/assert'
import { findings } from '../support/axe'
import { team } from '../support/people'
import { exampleReviews } from '../support/reviews'

/** Opens a page as it stands before its heavy part has come: what was sent until then, and no script to put more in. */
async function openComing(page: Page, path: string): Promise<void> {
  await page.route(`**${path}`, async (route) => {
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
