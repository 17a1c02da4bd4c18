import { expect, type Page, test } from '@playwright/test'
import { pressAtOnce } from '../support/at-once'
import { team } from '../support/people'
import { chapter, open, roots } from '../support/strategy'

/** What one may write of the last block: an item is framed by words that are not in the text. */
const lastWords = (page: Page, root: (typeof roots)[number]) =>
  chapter(page, root).evaluate((text) => {
    const last = text.lastElementChild
    return ((last?.querySelector('.parts') ?? last)?.textContent ?? '').slice(-8)
  })

test('a letter typed in the same frame as the caret jumps is written where the caret went', async ({
  browser,
}) => {
  const us = await team(browser, 'restaurant-saas')
  const { page } = us.owner
  await open(page, us.strategy)
  for (const root of roots) {
    // Three of the four end in an item, behind whose words there is a frame that nothing reads.
    await chapter(page, root).locator('p, h3, .part').first().click()
    await pressAtOnce(page, [{ ctrl: 'End' }, 'Only'])
    await expect.poll(() => lastWords(page, root)).toMatch(/Only$/)
  }
  await us.close()
})

test('an item that was selected stays when the caret has left it in the same frame', async ({ browser }) => {
  const us = await team(browser, 'restaurant-saas')
  const { page } = us.owner
  await open(page, us.strategy)
  const items = chapter(page, 'difficulties').locator('.item')
  const before = await items.count()
  await items.first().locator('.code, .kind').first().click()
  await expect(items.first()).toHaveClass(/ProseMirror-selectednode/)
  await pressAtOnce(page, [{ ctrl: 'End' }, 'Only'])
  await expect.poll(() => lastWords(page, 'difficulties')).toMatch(/Only$/)
  await expect(items).toHaveCount(before)
  await us.close()
})

test('the very start of a chapter is reached at once after walking into it', async ({ browser }) => {
  const us = await team(browser, 'restaurant-saas')
  const { page } = us.owner
  await open(page, us.strategy)
  await chapter(page, 'difficulties').locator('p, h3, .part').first().click()
  await pressAtOnce(page, [{ ctrl: 'Home' }, { key: 'ArrowUp' }, { ctrl: 'Home' }, 'Top'])
  await expect(chapter(page, 'situation')).toHaveText(/^Top/)
  await us.close()
})
