import { expect, type Page, test } from '@playwright/test'
import { awake } from '../support/awake'
import { findings } from '../support/axe'
import { cardOf, exampleBoards, openBoard } from '../support/boards'
import { signUp, team, visitor } from '../support/people'
import { sayWhy, sealOf } from '../support/reviews'

const DAYS = 'Days from signature to first store live'
const DROPPED = ['Encrypt member data and return it on request', "New skin for the owner's dashboard"]

/** The pages of a PDF that Chromium wrote. */
function pagesOf(pdf: Buffer): number {
  return (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length
}

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await awake(page)
}

test('a sealed quarter stays byte for byte; what changed is listed with its reason', async ({ browser }) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas')
  const boards = await exampleBoards(us)
  const { page, t } = us.owner
  const quarter = `${us.workspace}/quarters/2026-Q3`

  // A company of two quarters is not offered one beside itself.
  await visit(page, `${us.workspace}/quarters`)
  const offered = await page
    .locator('.cmpf select')
    .evaluateAll((fields) => fields.map((field) => (field as HTMLSelectElement).value))
  expect(new Set(offered).size).toBe(2)

  await visit(page, quarter)
  await expect(page.getByRole('heading', { name: t('quarters.will_title') })).toBeVisible()
  await expect(page.locator('.qplan').first()).toContainText(DROPPED[0] ?? '')
  await page.getByRole('button', { name: t('quarters.ui_open'), exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('quarters.ui_open_do'), exact: true })
    .click()
  await expect(page.locator('.sealed .seal.full')).toBeVisible()
  const before = await sealOf(page, quarter)

  // The browser hashes what it shows.
  await page.getByRole('button', { name: t('quarters.ui_seal'), exact: true }).click()
  const reader = page.getByRole('dialog')
  await expect(reader.locator('code').first()).toHaveText(before.hash)
  await expect(reader).toContainText(t('quarters.ui_seal_holds', { n: before.bytes.length }))
  expect(await findings(page, 'dialog')).toEqual([])
  await page.keyboard.press('Escape')

  // Two activities are dropped in one click, with one reason.
  await openBoard(page, boards.product)
  for (const title of DROPPED) {
    await cardOf(page, title).getByRole('link', { name: title, exact: true }).focus()
    await page.keyboard.press('x')
  }
  await page
    .locator('.bulk')
    .getByRole('button', { name: t('boards.trash') })
    .click()
  await sayWhy(us.owner, 'The audit came first.')

  // A target is lowered, and nobody says why yet.
  await visit(page, `${us.workspace}/measures`)
  await page.getByRole('link', { name: DAYS }).click()
  await page.waitForURL(/mea_/)
  await page.getByRole('button', { name: t('measures.ui_edit'), exact: true }).click()
  const form = page.getByRole('dialog')
  await form.locator('[name="2026-Q3"]').fill('26')
  await form.getByRole('button', { name: t('common.save'), exact: true }).click()
  await expect(form).toBeHidden()
  await expect(page.locator('.toast', { hasText: t('quarters.ui_reason_toast') })).toBeVisible()

  await visit(page, quarter)
  const changes = page.locator('.changes li')
  await expect(changes).toHaveCount(3)
  for (const title of DROPPED) {
    const line = changes.filter({ hasText: title })
    await expect(line).toContainText('The audit came first.')
    await expect(line).toContainText(us.owner.name)
  }
  const target = changes.filter({ hasText: DAYS })
  await expect(target.locator('del')).toHaveText(/22/)
  await expect(target.locator('ins')).toHaveText(/26/)
  await target.getByLabel(t('quarters.ui_why'), { exact: true }).fill('A crew of two was ill.')
  await target.getByRole('button', { name: t('quarters.ui_say'), exact: true }).click()
  await expect(target.locator('q')).toHaveText('A crew of two was ill.')

  const after = await sealOf(page, quarter)
  expect(after.hash).toBe(before.hash)
  expect(after.bytes.equals(before.bytes)).toBe(true)

  // What becomes of unfinished work: going on with a click, stopping with a reason; a note beside it all.
  const work = page.locator('.carry > li').first()
  await work.getByRole('button', { name: t('quarters.fate_continue'), exact: true }).click()
  await expect(work.getByRole('button', { name: t('quarters.fate_continue'), exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  const other = page.locator('.carry > li').nth(1)
  await other.getByRole('button', { name: t('quarters.fate_stop'), exact: true }).click()
  await other.getByLabel(t('quarters.ui_carry_why_stop'), { exact: true }).fill('Nobody asked for it.')
  await other.getByRole('button', { name: t('quarters.ui_carry_keep'), exact: true }).click()
  await expect(other.locator('q')).toHaveText('Nobody asked for it.')
  await page.getByLabel(t('quarters.ui_note'), { exact: true }).fill('The fair moved by a month.')
  await page.getByRole('button', { name: t('quarters.ui_note_do'), exact: true }).click()
  await expect(page.locator('.notes .text')).toHaveText('The fair moved by a month.')
  expect(await findings(page)).toEqual([])
  await us.close()
})

for (const language of ['en', 'zh'] as const) {
  test(`the example company (${language}): quarters side by side, its kernel on one page, its review as a file`, async ({
    browser,
  }) => {
    test.slow()
    const us = await visitor(browser, language === 'zh' ? '沈知行' : 'Ines Okafor', language)
    const { page, t } = us
    await signUp(us)
    await visit(page, '/new')
    await page.getByRole('button', { name: t(`sample.ui_open_${language}`), exact: true }).click()
    await page.waitForURL(/\/example-/, { timeout: 60_000 })
    const workspace = new URL(page.url()).pathname.split('/').slice(0, 2).join('/')

    await visit(page, `${workspace}/quarters`)
    // Two closed, one running, one planned.
    await expect(page.locator('.qlist > li .seal.full')).toHaveCount(3)
    await expect(page.locator('.qlist > li[data-state="planned"]')).toHaveCount(1)
    if (language === 'en') expect(await findings(page)).toEqual([])
    await page
      .locator('.qlist > li')
      .nth(2)
      .getByRole('link', { name: /Q2|Q1|Q3|Q4/ })
      .last()
      .click()
    await page.waitForURL(/\/compare\?/)
    // The review of the first quarter changed for whom; the numbers moved.
    await expect(page.locator('.tm .slots del').first()).toBeVisible()
    await expect(page.locator('.tm .slots ins').first()).toBeVisible()
    expect(await page.locator('.tm .work li').count()).toBeGreaterThan(20)
    await expect(page.locator('.tm .ms tbody tr')).toHaveCount(14)
    if (language === 'zh') {
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await findings(page)).toEqual([])
      await page.emulateMedia({ colorScheme: 'light' })
    }

    // Of a quarter that still runs nothing is missed yet, and its name is a whole one.
    await visit(page, `${workspace}/quarters`)
    await page
      .locator('.qlist > li')
      .nth(1)
      .getByRole('link', { name: /Q2|Q1|Q3|Q4/ })
      .last()
      .click()
    await page.waitForURL(/\/compare\?/)
    await expect(page.locator('h1')).toContainText(language === 'zh' ? '季度' : 'quarter')
    const runs = page.locator('.tm .ms tbody tr > :nth-child(5)')
    await expect(runs.first()).toContainText(t('quarters.measure_not_yet'))
    for (const outcome of ['missed', 'short'] as const)
      await expect(runs.filter({ hasText: t(`quarters.measure_${outcome}`) })).toHaveCount(0)

    for (const [paper, width] of [
      ['a4', 842],
      ['a3', 1191],
    ] as const) {
      await visit(page, `${workspace}/print/kernel?paper=${paper}`)
      await page.locator('.kernel[data-fit]').waitFor()
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
      expect(pagesOf(pdf), paper).toBe(1)
      const box = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)/.exec(pdf.toString('latin1'))
      expect(Math.round(Number(box?.[1]))).toBe(width)
      // Nothing is cut off.
      expect(
        await page.locator('.kernel').evaluate((sheet) => sheet.scrollHeight <= sheet.clientHeight + 1),
      ).toBe(true)
    }
    if (language === 'en') expect(await findings(page)).toEqual([])

    await visit(page, `${workspace}/quarters`)
    const review = await page
      .locator('.qlist > li')
      .nth(2)
      .locator('a[href*="/reviews/"]')
      .getAttribute('href')
    for (const [format, begins] of [
      ['md', '# '],
      ['docx', 'PK'],
      ['pdf', '%PDF'],
    ] as const) {
      const answer = await page.request.get(`${review}/export/${format}`, { timeout: 60_000 })
      expect(answer.status(), format).toBe(200)
      expect((await answer.body()).toString('latin1').startsWith(begins), format).toBe(true)
    }
    await us.context.close()
  })
}
