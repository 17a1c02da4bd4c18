import { expect, type Locator, type Page, test } from '@playwright/test'
import { exampleBoards, staffIn } from '../support/boards'
import { inputMethod } from '../support/input-method'
import { type Person, team } from '../support/people'

const DAYS = 'Days from signature to first store live'

/** The line of a day in the table of readings. */
const rowOf = (page: Page, day: string): Locator =>
  page.locator('.mreadings tr', { has: page.locator(`time[datetime="${day}"]`) })

function yesterday(): string {
  return new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
}

async function record({ page, t }: Person, day: string, value: string, note = ''): Promise<void> {
  await page.locator('.addr input[type=date]').fill(day)
  await page.locator('.addr [name=value]').fill(value)
  await page.locator('.addr [name=note]').fill(note)
  await page.getByRole('button', { name: t('measures.ui_record'), exact: true }).click()
}

test('a measure is made, read, corrected and removed; a colleague sees it without a reload', async ({
  browser,
}) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas')
  const { owner } = us
  const mei = await us.join('Mei Tan', 'member')
  await owner.page.goto(`${us.workspace}/measures`)
  await expect(owner.page.getByRole('heading', { name: owner.t('measures.empty') })).toBeVisible()

  // By its key, from a page where nothing is typed.
  await owner.page.locator('main').focus()
  await owner.page.keyboard.press('c')
  const form = owner.page.getByRole('dialog')
  await form
    .getByLabel(owner.t('measures.ui_name'), { exact: true })
    .fill('Days until the first store is live')
  await form.getByLabel(owner.t('measures.ui_unit'), { exact: true }).fill('days')
  await form.locator('label', { hasText: owner.t('measures.ui_direction_down') }).click()
  await form.getByLabel(owner.t('measures.ui_baseline'), { exact: true }).fill('thirty-four')
  await form.getByRole('button', { name: owner.t('measures.ui_create') }).click()
  // What cannot be a number is said beside its field, and the form stays as it was.
  await expect(form.getByText(owner.t('measures.ui_not_a_number'))).toBeVisible()
  await form.getByLabel(owner.t('measures.ui_baseline'), { exact: true }).fill('34,5')
  await form.locator('.targets input').first().fill('22')
  await form.locator('.pick label', { hasText: 'Our own next size' }).click()
  await form.getByRole('button', { name: owner.t('measures.ui_create') }).click()
  await owner.page.waitForURL(/\/measures\/mea_/)
  await expect(owner.page.getByRole('heading', { level: 1 })).toHaveText('Days until the first store is live')
  // What it serves stands there in the strategy's own words, and leads to where they are.
  await expect(owner.page.locator('.why a', { hasText: 'Our own next size' })).toHaveAttribute(
    'href',
    /strategy\/str_.*#itm_/,
  )

  await mei.page.goto(new URL(owner.page.url()).pathname)
  // Somebody of no department reads, and is offered nothing else.
  await expect(mei.page.locator('.addr')).toHaveCount(0)

  const day = yesterday()
  await record(owner, day, '30.5', 'after the move')
  await expect(rowOf(owner.page, day)).toContainText('30.5')
  await expect(rowOf(mei.page, day)).toContainText('after the move')
  await expect(mei.page.locator('.mchart svg.w')).toHaveAttribute('aria-label', /30\.5 days/)

  // The same day again corrects it; undo brings the first value back.
  await record(owner, day, '29')
  await expect(rowOf(owner.page, day)).toContainText('29')
  await owner.page
    .locator('.toast', { hasText: owner.t('measures.ui_corrected') })
    .getByRole('button', { name: owner.t('common.undo') })
    .click()
  await expect(rowOf(owner.page, day)).toContainText('30.5')

  await rowOf(owner.page, day).getByRole('button').click()
  await owner.page.getByRole('menuitem', { name: owner.t('measures.ui_remove') }).click()
  await expect(rowOf(owner.page, day)).toHaveCount(0)
  await owner.page
    .locator('.toast', { hasText: /removed/ })
    .getByRole('button', { name: owner.t('common.undo') })
    .click()
  await expect(rowOf(owner.page, day)).toContainText('30.5')
  await us.close()
})

test('pasted lines are judged one by one before anything is written', async ({ browser }) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas')
  await exampleBoards(us)
  const { page, t } = us.owner
  await page.goto(`${us.workspace}/measures`)
  await page.getByRole('link', { name: DAYS }).click()
  await page.waitForURL(/mea_/)
  const before = Number(await page.locator('#readings small').textContent())
  await page.getByRole('button', { name: t('measures.ui_paste') }).click()
  const dialog = page.getByRole('dialog')
  await dialog
    .getByLabel(t('measures.ui_paste_label'))
    .fill(
      [
        'Day\tDays',
        '2026-08-16\t23',
        '2026-08-23\tmany',
        '07/08/2026\t21',
        '2026-08-09\t25\tcounted again',
        '2026-08-30\t21,5',
      ].join('\n'),
    )
  await expect(dialog.getByText(t('measures.ui_wrong_value'))).toBeVisible()
  await expect(dialog.getByText(t('measures.ui_wrong_day_unclear'))).toBeVisible()
  await expect(dialog.getByText(t('measures.ui_paste_corrects'))).toBeVisible()
  await dialog.getByRole('button', { name: t('measures.ui_paste_record', { n: 3, wrong: 2 }) }).click()
  await expect(page.locator('#readings small')).toHaveText(String(before + 2))
  await expect(rowOf(page, '2026-08-30')).toContainText('21.5')
  await expect(rowOf(page, '2026-08-09')).toContainText('counted again')
  await page
    .locator('.toast', { hasText: /3/ })
    .getByRole('button', { name: t('common.undo') })
    .click()
  await expect(page.locator('#readings small')).toHaveText(String(before))
  await expect(rowOf(page, '2026-08-09')).not.toContainText('counted again')
  await us.close()
})

test('a gap and its measure name each other, and activities run on from the items of the strategy', async ({
  browser,
}) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas')
  await exampleBoards(us)
  const { page, t } = us.owner
  await page.goto(us.strategy)
  const gap = page.locator('.item[data-kind="gap"]', { hasText: 'The guests who used to come back' })
  await expect(gap.locator('.served .sv-m')).toHaveText('Members who return within 30 days', {
    timeout: 20_000,
  })
  await expect(gap.locator('.served .sv-a a').first()).toHaveAttribute('href', /boards\/[a-z]+\?card=act_/)
  // P6 is the pain nobody works on in the example.
  await expect(page.locator('.item[data-kind="pain"]', { hasText: 'P6' }).locator('.served')).toContainText(
    t('items.served_nobody'),
  )
  await page.locator('.btn.method').click()
  await expect(page.locator('.read-back .effort [data-of="pain"]')).toContainText('%')
  await gap.locator('.served .sv-m a').click()
  await page.waitForURL(/\/measures\/mea_/)
  await expect(page.locator('.why')).toContainText('The guests who used to come back')
  await us.close()
})

test('in Chinese: a name is composed without being sent, archived, and undone', async ({ browser }) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas', 'zh')
  await exampleBoards(us)
  const member = await us.join('周予安', 'member', 'zh')
  await staffIn(us, member, 'sales')
  const { page, t } = member
  await page.goto(`${us.workspace}/measures`)
  await page.getByRole('button', { name: t('measures.ui_new') }).click()
  const form = page.getByRole('dialog')
  const name = form.getByLabel(t('measures.ui_name'), { exact: true })
  await name.focus()
  const ime = await inputMethod(page)
  await ime.spell('qianyue')
  await ime.ownKey('Enter')
  await ime.commit('签约')
  await expect(name).toHaveValue('签约')
  await expect(form).toBeVisible()
  // Of a department one works in: of another the server says no, and the form stays.
  await form.getByLabel(t('measures.ui_department')).selectOption({ label: t('common.department_product') })
  await form.getByRole('button', { name: t('measures.ui_create') }).click()
  await expect(form.locator('.form-error')).toBeVisible()
  await form.getByLabel(t('measures.ui_department')).selectOption({ label: t('common.department_sales') })
  await form.getByRole('button', { name: t('measures.ui_create') }).click()
  await page.waitForURL(/mea_/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('签约')

  await us.owner.page.goto(new URL(page.url()).pathname)
  await us.owner.page.getByRole('button', { name: t('measures.ui_archive'), exact: true }).click()
  await expect(us.owner.page.getByText(t('measures.is_archived'))).toBeVisible()
  await us.owner.page
    .locator('.toast')
    .getByRole('button', { name: t('common.undo') })
    .click()
  await expect(us.owner.page.getByText(t('measures.is_archived'))).toHaveCount(0)
  await us.close()
})
