import { type Browser, expect, type Page, test } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { activities, workspaces } from '@/db/schema'
import { openCycle } from '@/lib/commands/open-cycle'
import { prepareReview } from '@/lib/commands/prepare-review'
import { startReview } from '@/lib/commands/run-review'
import { cycleOf } from '@/lib/domain/cycle'
import { isOpen } from '@/lib/domain/cycle-state'
import { must } from '@/lib/kit/assert'
import { awake } from '../support/awake'
import { findings } from '../support/axe'
import { acting, addCards, beside } from '../support/boards'
import { accept, inviteLink, signUp, team, visitor } from '../support/people'
import { point, prepared, steerTo, takePart } from '../support/reviews'

/** The example company, made in one click by somebody new, and two managers who join. */
async function example(browser: Browser) {
  const owner = await visitor(browser, 'Ines Okafor')
  await signUp(owner)
  await owner.page.goto('/new')
  await awake(owner.page)
  await owner.page.getByRole('button', { name: owner.t('sample.ui_open_en') }).click()
  await owner.page.waitForURL((url) => !url.pathname.startsWith('/new'), { timeout: 60_000 })
  const workspace = `/${new URL(owner.page.url()).pathname.split('/')[1]}`
  const people = [owner]
  const join = async (name: string) => {
    const person = await visitor(browser, name)
    await accept(person, await inviteLink(owner, workspace, 'manager'))
    people.push(person)
    return person
  }
  return {
    owner,
    workspace,
    join,
    close: async () => {
      for (const { context } of people) await context.close()
    },
  }
}

test('three people run a prepared review to the end, and what they decide lands where it belongs', async ({
  browser,
}) => {
  test.slow()
  const us = await example(browser)
  const ines = us.owner
  const mei = await us.join('Mei Tan')
  const tom = await us.join('Tom Rivas')
  const t = ines.t
  const path = await prepared(ines, us.workspace)

  // Who takes part is said in the review itself.
  await takePart(ines, ['Ines Okafor', 'Mei Tan', 'Tom Rivas'])

  // Each writes alone: the words of one are not in the page of another.
  const FOUND = 'Coupons brought the same guests earlier, not more of them.'
  await mei.page.goto(path)
  await awake(mei.page)
  await mei.page.getByLabel(t('reviews.ui_finding_text')).fill(FOUND)
  await mei.page.getByRole('button', { name: t('reviews.ui_why_add') }).click()
  await mei.page.getByLabel(t('reviews.ui_why'), { exact: true }).fill('They were easy to make')
  await mei.page
    .getByLabel(t('reviews.ui_why_again', { n: 1 }))
    .fill('Nobody was asked what brings a guest back')
  await mei.page.getByRole('button', { name: t('reviews.ui_finding_add') }).click()
  await expect(mei.page.locator('.f', { hasText: FOUND })).toBeVisible()
  await mei.page.getByRole('button', { name: t('reviews.ui_be_ready') }).click()
  await expect(
    ines.page.locator('.people li', { hasText: 'Mei Tan' }).getByText(t('reviews.sent_notes')),
  ).toBeVisible()
  expect(await ines.page.content()).not.toContain(FOUND)
  expect(await findings(mei.page), 'writing alone').toEqual([])
  // What the data puts on the agenda stands there already.
  await expect(ines.page.locator('.points')).toContainText(t('reviews.ui_auto'))

  await tom.page.goto(path)
  await awake(tom.page)
  await ines.page.getByRole('button', { name: t('reviews.ui_start'), exact: true }).click()
  await ines.page.getByRole('button', { name: t('reviews.ui_start_now') }).click()
  // Nobody reloads: the page of each becomes the meeting.
  for (const { page } of [ines, mei, tom]) {
    await expect(page.locator('.meet')).toBeVisible()
    await expect(page.locator('.agenda .p:not(.quiet)')).toHaveCount(3)
  }

  // The two follow whoever leads; one looks around and comes back.
  const measures = t('reviews.point_measures', { cycle: '', code: '', title: '', count: 0 })
  await steerTo(ines, measures)
  const there = (await point(ines.page).textContent()) ?? ''
  for (const { page } of [mei, tom]) await expect(point(page)).toHaveText(there)
  await expect(tom.page.locator('.f', { hasText: FOUND })).toBeVisible()
  await tom.page.locator('main').focus()
  await tom.page.keyboard.press('ArrowRight')
  await expect(point(tom.page)).not.toHaveText(there)
  await expect(point(mei.page)).toHaveText(there)
  await tom.page.getByRole('button', { name: t('reviews.ui_follow'), exact: true }).click()
  await expect(point(tom.page)).toHaveText(there)

  // The notes are everybody's, also of one whose line is down for a while.
  const notes = (page: Page) => page.locator('.notes .note')
  await notes(mei.page).click()
  await mei.page.keyboard.type('Who signs for the count?', { delay: 10 })
  await expect(notes(ines.page)).toContainText('Who signs for the count?')
  await tom.context.setOffline(true)
  await notes(tom.page).click()
  await tom.page.keyboard.press('Control+End')
  await tom.page.keyboard.type(' Tom asks the franchise.', { delay: 10 })
  await expect(tom.page.locator('.notes .save')).toHaveText(/^Offline, \d+ changes? kept on this device/, {
    timeout: 60_000,
  })
  // It stays in sight however far down somebody reads.
  await tom.page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
  await expect(tom.page.getByText(t('reviews.ui_offline'))).toBeInViewport({ ratio: 1 })
  await tom.page.getByRole('button', { name: t('reviews.ui_finding'), exact: true }).click()
  await tom.page.getByLabel(t('reviews.ui_finding_text')).fill('Franchise figures come three weeks late.')
  await tom.page.getByRole('button', { name: t('reviews.ui_finding_add') }).click()
  await expect(tom.page.getByText(t('reviews.ui_unsent', { n: 1 }))).toBeVisible()
  await tom.context.setOffline(false)
  await expect(notes(ines.page)).toContainText('Tom asks the franchise.', { timeout: 60_000 })
  await expect(ines.page.locator('.f', { hasText: 'three weeks late' })).toBeVisible({ timeout: 30_000 })
  await expect(tom.page.getByText(t('reviews.ui_unsent', { n: 1 }))).toHaveCount(0)

  // Agreeing, and a verdict for every finding, by whoever leads.
  await tom.page
    .locator('.f', { hasText: FOUND })
    .getByRole('button', { name: t('reviews.ui_agree') })
    .click()
  const found = ines.page.locator('.f', { hasText: FOUND })
  await expect(found).toContainText(t('reviews.ui_agree_n', { n: 1 }))
  // A finding's verdict and its menu stand on one line.
  const middle = (name: string) =>
    found.locator(name).evaluate((part) => {
      const { top, height } = part.getBoundingClientRect()
      return top + height / 2
    })
  expect(Math.abs((await middle('.judge')) - (await middle('[aria-haspopup]')))).toBeLessThan(4)
  for (const finding of await ines.page.locator('.f').all())
    await finding.getByRole('button', { name: t('reviews.ui_verdict_adjust'), exact: true }).click()
  await expect(ines.page.locator('.f .judge [aria-pressed="true"]')).toHaveCount(
    await ines.page.locator('.f').count(),
  )
  await expect(mei.page.locator('.f', { hasText: FOUND })).toContainText(t('reviews.ui_verdict_adjust'))

  // Three decisions, each with an owner; the second while the line of whoever writes it down is down.
  const act = ines.page.getByRole('dialog')
  await ines.page.getByRole('button', { name: t('reviews.ui_new_wording'), exact: true }).click()
  await act.getByRole('button', { name: t('reviews.ui_choose_words') }).click()
  await ines.page
    .getByRole('option', { name: /restaurant chains/ })
    .first()
    .click()
  const words = act.getByLabel(t('reviews.ui_new_words'))
  const before = await words.inputValue()
  const after = before.replace('restaurant chains', 'restaurant groups')
  expect(after).not.toBe(before)
  await words.fill(after)
  await expect(act.locator('.preview ins')).toHaveText('groups')
  await act.getByLabel(t('reviews.ui_owner'), { exact: true }).selectOption({ label: 'Mei Tan' })
  await act.getByRole('button', { name: t('reviews.ui_decide_wording') }).click()
  await expect(act).toHaveCount(0)

  await ines.context.setOffline(true)
  await ines.page
    .getByRole('button', { name: t('reviews.ui_new_activity'), exact: true })
    .click({ timeout: 30_000 })
  await act.getByLabel(t('reviews.ui_activity_title')).fill('Ask forty guests why they came back')
  await expect(act.getByLabel(t('reviews.ui_board')).locator('option')).toHaveCount(5)
  await act.getByLabel(t('reviews.ui_board')).selectOption({ label: t('common.department_success') })
  await act.getByRole('button', { name: t('reviews.ui_decide_activity') }).click()
  await expect(act).toHaveCount(0)
  await expect(ines.page.getByText(t('reviews.ui_unsent_decisions', { n: 1 }))).toBeVisible()
  await expect(ines.page.locator('.unsent', { hasText: 'Ask forty guests' })).toBeVisible()
  expect(await findings(ines.page, '.finds'), 'a decision that waits').toEqual([])
  await ines.context.setOffline(false)
  await expect(tom.page.locator('.finds .acted .d', { hasText: 'Ask forty guests' })).toHaveCount(1, {
    timeout: 30_000,
  })
  await expect(ines.page.locator('.unsent')).toHaveCount(0)

  await ines.page.getByRole('button', { name: t('reviews.ui_new_target'), exact: true }).click()
  const measure = act.getByLabel(t('reviews.ui_measure'), { exact: true })
  await expect(measure.locator('option')).not.toHaveCount(1)
  const name = must(
    (await measure.locator('option').allInnerTexts()).find((one) => one.startsWith('Members who return')),
    'the example has it',
  )
  await measure.selectOption({ label: name })
  await act.getByLabel(t('reviews.ui_target_value')).fill('31.5')
  await act.getByRole('button', { name: t('reviews.ui_decide_target') }).click()
  await expect(act).toHaveCount(0)
  // Everybody sees them as they are taken.
  await expect(tom.page.locator('.finds .acted .d')).toHaveCount(3)
  // On a phone what one may do with a decision stands in its line.
  await ines.page.setViewportSize({ width: 390, height: 844 })
  for (const footer of await ines.page.locator('.finds .acted .d footer').all()) {
    const [who, more] = await Promise.all([
      footer.locator('.who').boundingBox(),
      footer.getByRole('button').boundingBox(),
    ])
    const { y, height } = must(who, 'it is drawn')
    const middle = must(more, 'whoever leads follows it').y + must(more, 'drawn').height / 2
    expect(middle, 'the dots beside the words').toBeGreaterThan(y)
    expect(middle, 'the dots beside the words').toBeLessThan(y + height)
  }
  await ines.page.setViewportSize({ width: 1280, height: 720 })

  expect(await findings(tom.page), 'the meeting').toEqual([])

  // Two press Close at once: one closed review, for both and for whoever watches.
  for (const { page } of [ines, mei]) {
    await page
      .getByRole('button', { name: t('reviews.ui_close'), exact: true })
      .first()
      .click()
    await expect(page.getByRole('dialog').locator('.carries')).toBeVisible()
  }
  expect(await findings(mei.page), 'what closing asks').toEqual([])
  await Promise.all(
    [ines, mei].map(({ page }) => page.getByRole('button', { name: t('reviews.ui_close_now') }).click()),
  )
  for (const { page } of [ines, mei, tom])
    await expect(page.locator('main.closed .rv-title'))
      .toContainText('Ines Okafor', { timeout: 30_000 })
      .catch(() => expect(page.locator('main.closed .rv-title')).toContainText('Mei Tan'))
  const hash = await ines.page.locator('.hash code').textContent()
  expect(await mei.page.locator('.hash code').textContent()).toBe(hash)
  expect(await findings(tom.page), 'what was sealed').toEqual([])
  await beside(async (store) => {
    const { actor } = await acting(store, ines, us.workspace)
    const closed = (await store.read.reviews.list(actor.workspaceId)).filter(
      ({ state, id }) => state === 'closed' && path.endsWith(id),
    )
    expect(closed).toHaveLength(1)
    // The next quarter runs, and only that.
    expect((await store.read.cycles.list(actor.workspaceId)).filter(isOpen)).toHaveLength(1)
  })

  // The proposed edit is on the sentence, the card on the board, the target in the next quarter.
  const [wording, card, target] = await ines.page
    .locator('section:has(#decided) .d footer a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  await ines.page.goto(must(card, 'an activity'))
  await expect(
    ines.page.getByRole('link', { name: 'Ask forty guests why they came back' }).first(),
  ).toBeVisible()
  await ines.page.goto(must(target, 'a target'))
  await expect(ines.page.locator('.mtargets')).toContainText('31.5')
  await ines.page.goto(must(wording, 'words'))
  await expect(ines.page.getByRole('complementary', { name: t('suggest.panel') })).toContainText('groups')

  // The next review opens with these three and what has become of them.
  await ines.page.goto(`${us.workspace}/reviews`)
  await awake(ines.page)
  await ines.page
    .getByRole('button', { name: t('reviews.ui_prepare') })
    .first()
    .click()
  const cycles = act.getByLabel(t('reviews.ui_quarter'), { exact: true })
  await cycles.selectOption({ index: 2 })
  await act.getByRole('button', { name: t('reviews.ui_prepare') }).click()
  await ines.page.waitForURL(/\/reviews\/rev_/)
  await awake(ines.page)
  await ines.page.getByRole('button', { name: t('reviews.ui_start'), exact: true }).click()
  await ines.page.getByRole('button', { name: t('reviews.ui_start_now') }).click()
  await expect(ines.page.locator('.point:not([hidden]) .d')).toHaveCount(3)
  await expect(ines.page.locator('.point:not([hidden])')).toContainText('Ask forty guests')
  await expect(ines.page.locator('.point:not([hidden]) .d').first()).toContainText(t('reviews.fate_proposed'))
  await us.close()
})

test('a limited review is nobody else’s; it is prepared on a phone', async ({ browser }) => {
  test.slow()
  const us = await team(browser)
  const { owner } = us
  const t = owner.t
  const guest = await us.join('Hanna Vogel', 'manager')
  const { page } = owner
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${us.workspace}/reviews`)
  await awake(page)
  await page.locator('main').focus()
  await page.keyboard.press('c')
  const form = page.getByRole('dialog')
  await form
    .getByLabel(t('reviews.ui_whose'), { exact: true })
    .selectOption({ label: t('common.department_sales') })
  await form.getByLabel(t('reviews.ui_goals')).fill('Ten chains of twenty stores.')
  await form.getByLabel(t('reviews.ui_limited')).check()
  await form.getByRole('button', { name: t('reviews.ui_prepare') }).click()
  await page.waitForURL(/\/reviews\/rev_/)
  await expect(page.getByText(t('reviews.limited_long'))).toBeVisible()
  await expect(page.getByText('Ten chains of twenty stores.')).toBeVisible()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wide).toBeLessThanOrEqual(0)
  const path = new URL(page.url()).pathname
  // Whoever does not take part finds nothing there, and no row in the list.
  const gone = await guest.page.goto(path)
  expect(gone?.status()).toBe(404)
  await guest.page.goto(`${us.workspace}/reviews`)
  await expect(guest.page.locator('main.reviews')).toBeVisible()
  await guest.page.emulateMedia({ colorScheme: 'dark' })
  expect(await findings(guest.page), 'the list').toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await findings(page), 'a limited review, on a phone').toEqual([])
  await expect(guest.page.getByText(t('reviews.limited'))).toHaveCount(0)
  await us.close()
})

test('the work of a large department is said in a few lines, and all of it when asked for', async ({
  browser,
}) => {
  const us = await team(browser)
  await addCards(us, 'sales', 30)
  const path = await beside(async (store) => {
    const owner = await acting(store, us.owner, us.workspace)
    const cycle = cycleOf(new Date().toISOString().slice(0, 10), 1)
    await store.database
      .update(activities)
      .set({ cycle })
      .where(eq(activities.workspaceId, owner.actor.workspaceId))
    // Sealed without words, which the app alone reads.
    await store.database
      .update(workspaces)
      .set({ currentStrategyId: null })
      .where(eq(workspaces.id, owner.actor.workspaceId))
    await openCycle(owner, { cycle })
    const review = await prepareReview(owner, { cycle, departmentId: null })
    await startReview(owner, { reviewId: review.id })
    return `${us.workspace}/reviews/${review.id}`
  })
  const { page, t } = us.owner
  await page.goto(path)
  await awake(page)
  await steerTo(us.owner, t('reviews.point_done', { cycle: '', code: '', title: '', count: 0 }))
  const lines = page.locator('.point:not([hidden]) .works section[data-dept="sales"] li')
  await expect(lines).toHaveCount(12)
  await page.getByText(t('reviews.more', { n: 18 })).click()
  await expect(lines).toHaveCount(30)
  await expect(lines.last().getByRole('link')).toBeVisible()
  await expect(page.getByRole('link', { name: t('reviews.ui_leave') })).toBeInViewport({ ratio: 1 })
  await us.close()
})
