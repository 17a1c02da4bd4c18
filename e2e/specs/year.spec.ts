import { expect, type Page, test } from '@playwright/test'
import { must } from '@/lib/kit/assert'
import { awake } from '../support/awake'
import { acting, beside, cardOf, exampleBoards, openBoard } from '../support/boards'
import { team } from '../support/people'
import { exampleReviews, point, prepared, sayWhy, sealOf, steerTo, takePart } from '../support/reviews'
import { open } from '../support/strategy'

const DAYS = 'Days from signature to first store live'
const RETURN = 'Members who return within 30 days'
const DROPPED = ['Encrypt member data and return it on request', "New skin for the owner's dashboard"]
const CARD = 'Ask forty guests why they came back'
const FOUND = 'Coupons brought the same guests earlier, not more of them.'

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await awake(page)
}

test('a year in small: sealed, worked on, looked back at by three people, and what they decided is in the next quarter', async ({
  browser,
}) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas')
  const boards = await exampleBoards(us)
  await exampleReviews(us)
  const ines = us.owner
  const { page, t } = ines
  const mei = await us.join('Mei Tan', 'manager')
  const tom = await us.join('Tom Rivas', 'manager')
  await beside(async (store) => {
    const { actor } = await acting(store, mei, us.workspace)
    await store.sql`update activities set owner_id = ${actor.memberId} where title like 'Renewals tied%'`
  })
  const third = `${us.workspace}/quarters/2026-Q3`
  const fourth = `${us.workspace}/quarters/2026-Q4`

  // Two quarters lie behind; the third is opened, and with that sealed.
  await visit(page, `${us.workspace}/quarters`)
  await expect(page.locator('.qlist > li[data-state="closed"]')).toHaveCount(2)
  await visit(page, third)
  await page.getByRole('button', { name: t('quarters.ui_open'), exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('quarters.ui_open_do'), exact: true })
    .click()
  await expect(page.locator('.sealed .seal.full')).toBeVisible()
  const sealed = await sealOf(page, third)

  // A slot is changed; whoever serves it is asked, and answers.
  await open(page, us.strategy)
  await expect(page.locator('.item .served').first()).toBeVisible({ timeout: 20_000 })
  await page.locator('.item[data-kind="positioning"] .parts > *').nth(2).click()
  await page.keyboard.press('End')
  await page.keyboard.type(', hands first')
  const strip = page.locator('.impact')
  await strip.getByRole('button', { name: t('coherence.impact_ask', { n: 2 }) }).click()
  await expect(strip).toHaveCount(0)
  await visit(mei.page, `${us.workspace}/my-work`)
  const question = mei.page.locator('.still', { hasText: 'hands first' })
  await question.getByRole('button', { name: t('coherence.impact_right') }).click()
  await expect(mei.page.locator('.still')).toHaveCount(0)

  // The plan is left behind: two activities are dropped, a target is lowered.
  await openBoard(page, boards.product)
  for (const title of DROPPED) {
    await cardOf(page, title).getByRole('link', { name: title, exact: true }).focus()
    await page.keyboard.press('x')
  }
  await page
    .locator('.bulk')
    .getByRole('button', { name: t('boards.trash') })
    .click()
  await sayWhy(ines, 'The audit came first.')
  await visit(page, `${us.workspace}/measures`)
  await page.getByRole('link', { name: DAYS }).click()
  await page.waitForURL(/mea_/)
  await page.getByRole('button', { name: t('measures.ui_edit'), exact: true }).click()
  const form = page.getByRole('dialog')
  await form.locator('[name="2026-Q3"]').fill('26')
  await form.getByRole('button', { name: t('common.save'), exact: true }).click()
  await sayWhy(ines, 'A crew of two was ill.')

  // The review is prepared: each writes alone, and the agenda has gathered itself.
  const path = await prepared(ines, us.workspace)
  await takePart(ines, ['Ines Okafor', 'Mei Tan', 'Tom Rivas'])
  const GAP = 'The guests who used to come back'
  const auto = page.locator('.points li', { hasText: GAP })
  await expect(auto).toContainText(t('reviews.ui_auto'))
  await visit(mei.page, path)
  await mei.page.getByLabel(t('reviews.ui_finding_text')).fill(FOUND)
  await mei.page.getByRole('button', { name: t('reviews.ui_finding_add') }).click()
  await expect(mei.page.locator('.f', { hasText: FOUND })).toBeVisible()
  await mei.page.getByRole('button', { name: t('reviews.ui_be_ready') }).click()
  await visit(tom.page, path)
  expect(await tom.page.content()).not.toContain(FOUND)

  await page.getByRole('button', { name: t('reviews.ui_start'), exact: true }).click()
  await page.getByRole('button', { name: t('reviews.ui_start_now') }).click()
  for (const person of [ines, mei, tom])
    await expect(person.page.locator('.agenda .p:not(.quiet)')).toHaveCount(3)

  // One presents, two follow. The gap stands there by itself, amber: all its work is done, and it closed by a tenth.
  await steerTo(ines, GAP)
  const there = (await point(page).textContent()) ?? ''
  for (const follower of [mei, tom]) await expect(point(follower.page)).toHaveText(there)
  const stage = mei.page.locator('.point:not([hidden])')
  await expect(stage.locator('.gapbox[data-state="amber"]')).toHaveAccessibleName(
    t('reviews.gap_words', { work: '100%', closed: '10%' }),
  )
  await expect(stage).toContainText(t('reviews.by_itself'))
  // From the agenda to its pain: the point, and the pain.
  await mei.page.locator('.agenda').getByRole('link', { name: GAP }).click()
  await stage.getByRole('link', { name: 'Members join and never return' }).click()
  await mei.page.waitForURL(/\/strategy\/str_.*#itm_/)
  await expect(
    mei.page.locator('.item[data-kind="pain"]', { hasText: 'Members join and never return' }),
  ).toBeInViewport({ timeout: 20_000 })
  await mei.page.goto(path)

  // The line of one is down for a while; nothing he says is lost.
  const notes = (of: Page) => of.locator('.notes .note')
  await tom.context.setOffline(true)
  await notes(tom.page).click()
  await tom.page.keyboard.type('Tom asks the franchise.', { delay: 10 })
  await tom.page.getByRole('button', { name: t('reviews.ui_finding'), exact: true }).click()
  await tom.page.getByLabel(t('reviews.ui_finding_text')).fill('Franchise figures come three weeks late.')
  await tom.page.getByRole('button', { name: t('reviews.ui_finding_add') }).click()
  await expect(tom.page.getByText(t('reviews.ui_unsent', { n: 1 }))).toBeVisible()
  await tom.context.setOffline(false)
  await expect(notes(page)).toContainText('Tom asks the franchise.', { timeout: 60_000 })

  await steerTo(ines, t('reviews.point_measures', { cycle: '', code: '', title: '', count: 0 }))
  await expect(page.locator('.f', { hasText: 'three weeks late' })).toBeVisible({ timeout: 30_000 })
  for (const finding of await page.locator('.f').all())
    await finding.getByRole('button', { name: t('reviews.ui_verdict_adjust'), exact: true }).click()

  // Three decisions: words, a card, a target.
  const act = page.getByRole('dialog')
  await page.getByRole('button', { name: t('reviews.ui_new_wording'), exact: true }).click()
  await act.getByRole('button', { name: t('reviews.ui_choose_words') }).click()
  await page
    .getByRole('option', { name: /restaurant chains/ })
    .first()
    .click()
  const words = act.getByLabel(t('reviews.ui_new_words'))
  const said = (await words.inputValue()).replace('restaurant chains', 'restaurant groups')
  await words.fill(said)
  await act.getByLabel(t('reviews.ui_owner'), { exact: true }).selectOption({ label: 'Mei Tan' })
  await act.getByRole('button', { name: t('reviews.ui_decide_wording') }).click()
  await expect(act).toHaveCount(0)
  await page.getByRole('button', { name: t('reviews.ui_new_activity'), exact: true }).click()
  await act.getByLabel(t('reviews.ui_activity_title')).fill(CARD)
  await act.getByLabel(t('reviews.ui_board')).selectOption({ label: t('common.department_success') })
  await act.getByRole('button', { name: t('reviews.ui_decide_activity') }).click()
  await expect(act).toHaveCount(0)
  await page.getByRole('button', { name: t('reviews.ui_new_target'), exact: true }).click()
  const measure = act.getByLabel(t('reviews.ui_measure'), { exact: true })
  await expect(measure.locator('option')).not.toHaveCount(1)
  const label = (await measure.locator('option').allInnerTexts()).find((one) => one.startsWith(RETURN))
  await measure.selectOption({ label: must(label, 'the example has it') })
  await act.getByLabel(t('reviews.ui_target_value')).fill('31.5')
  await act.getByRole('button', { name: t('reviews.ui_decide_target') }).click()
  await expect(act).toHaveCount(0)
  await expect(mei.page.locator('.finds .acted .d')).toHaveCount(3)

  // A finding is about an activity; somebody has its board open.
  await beside(async (store) => {
    await store.sql`update findings set about = array(select id from activities where title like 'Renewals tied%')
      where text = ${FOUND}`
  })
  const elsewhere = await mei.context.newPage()
  await openBoard(elsewhere, boards.sales)
  const line = elsewhere.locator('.act', { hasText: 'Renewals tied' }).locator('.trace')
  await expect(line.locator('use[href="#tr-wait"]')).toHaveCount(1)

  await page
    .getByRole('button', { name: t('reviews.ui_close'), exact: true })
    .first()
    .click()
  await expect(act.locator('.carries')).toBeVisible()
  await page.getByRole('button', { name: t('reviews.ui_close_now') }).click()
  for (const person of [ines, mei, tom])
    await expect(person.page.locator('main.closed')).toBeVisible({ timeout: 30_000 })
  await expect(line.locator('use[href="#tr-adjust"]')).toHaveCount(1)

  // The proposed edit is on the very sentence, and is accepted there.
  await page.locator('section:has(#decided) .d.k-p footer a').click()
  await page.waitForURL(/\/strategy\/str_.*proposal=/)
  const slot = page.locator('.item[data-kind="positioning"] .parts > *').first()
  await expect(slot.locator('ins.sg')).toHaveText('groups', { timeout: 20_000 })
  const panel = page.getByRole('complementary', { name: t('suggest.panel') })
  await expect(panel.locator('.sg-card.on')).toContainText('groups')
  await panel.getByRole('button', { name: t('suggest.accept'), exact: true }).click()
  await expect(slot).toContainText('restaurant groups')
  // Accepted words ask like typed ones.
  await expect(strip.locator('ins')).toHaveText(said, { timeout: 20_000 })
  await strip.getByRole('button', { name: t('coherence.impact_ask', { n: 1 }) }).click()
  await expect(strip).toHaveCount(0)
  // The sentence keeps the mark of its review, which leads back to what was decided.
  await open(page, us.strategy)
  const mark = page.getByRole('link', { name: t('reviews.mark_since', { cycle: 'Q3' }) })
  await mark.focus()
  const [words1, words2] = await Promise.all([slot.boundingBox(), mark.boundingBox()])
  const [sentence, behind] = [must(words1, 'in sight'), must(words2, 'in sight')]
  expect(behind.y).toBeGreaterThanOrEqual(sentence.y)
  expect(behind.y + behind.height).toBeLessThanOrEqual(sentence.y + sentence.height + 2)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/reviews\/rev_.*#dcn_/)
  await expect(page.locator('section:has(#decided) .d.k-p')).toBeInViewport()

  // The card is on the board, planned for the next quarter; the target is the next quarter's, and both are sealed.
  await openBoard(page, boards.success)
  await expect(page.locator('.col[data-kind="planned"] .act', { hasText: CARD })).toBeVisible()
  await visit(page, fourth)
  await expect(page.locator('.sealed .seal.full')).toBeVisible()
  const next = JSON.parse((await sealOf(page, fourth)).bytes.toString('utf8'))
  expect(JSON.stringify(next.activities)).toContain(CARD)
  expect(next.targets).toContainEqual(expect.objectContaining({ name: RETURN, value: 31.5 }))

  // The next review opens with these three and what has become of them.
  await visit(page, `${us.workspace}/reviews`)
  await page
    .getByRole('button', { name: t('reviews.ui_prepare') })
    .first()
    .click()
  await act.getByLabel(t('reviews.ui_quarter'), { exact: true }).selectOption('2026-Q4')
  await act.getByRole('button', { name: t('reviews.ui_prepare') }).click()
  await page.waitForURL(/\/reviews\/rev_/)
  await awake(page)
  await page.getByRole('button', { name: t('reviews.ui_start'), exact: true }).click()
  await page.getByRole('button', { name: t('reviews.ui_start_now') }).click()
  const before = page.locator('.point:not([hidden]) .d')
  await expect(before).toHaveCount(3)
  for (const [kind, fate] of [
    ['k-p', 'done'],
    ['k-a', 'accepted'],
    ['k-m', 'accepted'],
  ] as const)
    await expect(page.locator(`.point:not([hidden]) .d.${kind} .badge`)).toHaveText(t(`reviews.fate_${fate}`))

  // And the quarter that is over says, byte for byte, what it said when it was opened.
  const after = await sealOf(page, third)
  expect(after.hash).toBe(sealed.hash)
  expect(after.bytes.equals(sealed.bytes)).toBe(true)
  await us.close()
})
