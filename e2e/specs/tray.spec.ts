import { expect, type Page, test } from '@playwright/test'
import { text as exampleSet } from '@/lib/document/templates/restaurant-saas.boards'
import { must } from '@/lib/kit/assert'
import { boardPaths, cardOf, columnOf, exampleBoards, openBoard, staffIn } from '../support/boards'
import { team } from '../support/people'

async function inMenu(page: Page, menu: string, item: string): Promise<void> {
  await page.getByRole('button', { name: menu }).click()
  await page.getByRole('menuitem', { name: item }).first().click()
}

test('a request is sent, lands in the tray at once, is accepted into a column, and who asked reads so', async ({
  browser,
}) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas')
  const { sales } = await exampleBoards(us)
  const seller = await us.join('Luo Wen', 'member')
  const marketer = await us.join('Priya Nair', 'member')
  await staffIn(us, seller, 'sales')
  await staffIn(us, marketer, 'marketing')
  await openBoard(seller.page, sales)
  await openBoard(marketer.page, sales)

  // Whoever may not change the board is offered the one thing they may do.
  const { page, t } = marketer
  await page.getByRole('button', { name: t('tray.ui_send'), exact: true }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel(t('tray.ui_title'), { exact: true }).fill('Names of three stores we may quote')
  await form.getByLabel(t('tray.ui_text')).fill('For the case film.')
  await form.getByRole('button', { name: t('tray.ui_send_now') }).click()
  await expect(page.locator('.toast')).toContainText('Sales')

  const tray = seller.page.getByRole('button', { name: new RegExp(`^${t('tray.ui_tray')}`) })
  await expect(tray).toBeVisible()
  await tray.click()
  const request = seller.page.locator('.tray-list li', { hasText: 'Names of three stores' })
  await expect(request).toContainText('Priya Nair')
  await request
    .getByRole('button', { name: t('tray.ui_accept_into', { title: 'Names of three stores we may quote' }) })
    .click()
  await seller.page
    .getByRole('menuitem', { name: t('tray.ui_into', { column: t('boards.column_planned') }) })
    .click()
  await seller.page.keyboard.press('Escape')
  await expect(cardOf(seller.page, 'Names of three stores we may quote')).toBeVisible()
  await expect(columnOf(page, 'planned').locator('.act', { hasText: 'Names of three stores' })).toBeVisible()

  await page.getByRole('button', { name: t('tray.ui_send'), exact: true }).click()
  await expect(page.locator('.before')).toContainText(t('work.sent_accepted', { name: 'Luo Wen' }))
  await us.close()
})

test('a no is a sentence, and undo lays the request back', async ({ browser }) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas', 'zh')
  const { product } = await exampleBoards(us)
  const { page, t } = us.owner
  const asker = await us.join('周予安', 'member', 'zh')
  await staffIn(us, us.owner, 'product', true)
  await asker.page.goto(`${product}?tray=1`)
  const form = asker.page.getByRole('dialog')
  await form.getByLabel(t('tray.ui_title'), { exact: true }).fill('按门店导出毛利')
  await form.getByRole('button', { name: t('tray.ui_send_now') }).click()
  await expect(asker.page.locator('.toast')).toBeVisible()

  await page.goto(`${us.workspace}/my-work`)
  const line = page.locator('.asked li', { hasText: '按门店导出毛利' }).first()
  await line.getByRole('button', { name: t('tray.ui_decline') }).click()
  await line.getByRole('button', { name: t('tray.ui_decline_send') }).click()
  // Without the sentence nothing is sent.
  await expect(line.getByText(t('common.field_required'))).toBeVisible()
  await line.getByLabel(t('tray.ui_reason')).fill('这个季度先做会员数据')
  await line.getByRole('button', { name: t('tray.ui_decline_send') }).click()
  await expect(line).toHaveCount(0)

  await asker.page.goto(`${us.workspace}/my-work`)
  const sent = asker.page.locator('section', { has: asker.page.locator('#sent') })
  await expect(sent).toContainText('这个季度先做会员数据')
  await page
    .locator('.toast')
    .getByRole('button', { name: t('common.undo') })
    .click()
  await expect(line).toBeVisible()
  await expect(sent).toContainText(t('work.sent_open'))
  await us.close()
})

test('a file is looked at, brought in whole, taken back, and found in the trash', async ({ browser }) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas')
  const { marketing } = await exampleBoards(us)
  const { page, t } = us.owner
  await openBoard(page, marketing)
  await inMenu(page, t('boards.board_menu'), t('tray.ui_import'))
  const dialog = page.getByRole('dialog')
  await dialog.locator('input[type=file]').setInputFiles({
    name: '活动.csv',
    mimeType: 'text/csv',
    // As a sheet in Chinese saves it when nobody says otherwise: GB18030, "标题,列" and a title.
    buffer: Buffer.from([
      0xb1, 0xea, 0xcc, 0xe2, 0x2c, 0xc1, 0xd0, 0x0a, 0xb0, 0xdd, 0xb7, 0xc3, 0x2c, 0x44, 0x6f, 0x69, 0x6e,
      0x67, 0x0a,
    ]),
  })
  await dialog.getByRole('button', { name: t('tray.ui_look') }).click()
  await expect(dialog.locator('.plan')).toContainText('拜访')
  await dialog.getByRole('button', { name: t('tray.ui_other_file') }).click()
  await dialog
    .getByLabel(t('tray.ui_paste'))
    .fill('title,column,owner,due\n=1+1,Doing,Nobody,2026-99-99\nCall ten directors,Planned,,\n')
  await dialog.getByRole('button', { name: t('tray.ui_look') }).click()
  await expect(dialog.locator('.plan')).toContainText(t('tray.ui_would', { n: 2 }))
  await expect(dialog.locator('.problems')).toContainText(t('tray.ui_problem_unknown_person'))
  await expect(dialog.locator('.problems')).toContainText(t('tray.ui_problem_bad_date'))
  await expect(cardOf(page, 'Call ten directors')).toHaveCount(0)
  await dialog.getByRole('button', { name: t('tray.ui_bring', { n: 2 }) }).click()
  await expect(cardOf(page, 'Call ten directors')).toBeVisible()

  // What a spreadsheet would compute leaves as words.
  const csv = await (await page.request.get(`${marketing}/export/csv`)).text()
  expect(csv).toContain("\r\n'=1+1,")
  expect(csv.charCodeAt(0)).toBe(0xfeff)
  const json = await (await page.request.get(`${marketing}/export/json`)).json()
  expect(json.activities.map(({ title }: { title: string }) => title)).toContain('Call ten directors')

  await page
    .locator('.toast')
    .getByRole('button', { name: t('common.undo') })
    .click()
  await expect(cardOf(page, 'Call ten directors')).toHaveCount(0)
  await inMenu(page, t('boards.board_menu'), t('tray.ui_shelf'))
  const shelf = page.getByRole('dialog')
  await shelf.locator('label', { hasText: t('tray.ui_trash_name') }).click()
  await shelf.getByLabel(t('tray.ui_search')).fill('ten dir')
  await expect(shelf.locator('li')).toHaveCount(1)
  await shelf.getByRole('button', { name: `${t('tray.ui_restore')}: Call ten directors` }).click()
  await expect(shelf.locator('li')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(cardOf(page, 'Call ten directors')).toBeVisible()
  await us.close()
})

test('the example company comes in as one file: 48 activities, 14 measures, each in its place', async ({
  browser,
}) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas')
  const { marketing } = boardPaths(us.workspace)
  const { page, t } = us.owner
  await openBoard(page, marketing)
  await inMenu(page, t('boards.board_menu'), t('tray.ui_import'))
  const dialog = page.getByRole('dialog')
  await dialog.locator('input[type=file]').setInputFiles({
    name: 'boards.json',
    mimeType: 'application/json',
    buffer: Buffer.from(exampleSet),
  })
  await dialog.getByRole('button', { name: t('tray.ui_look') }).click()
  await expect(dialog.locator('.plan')).toContainText(t('tray.ui_would', { n: 48 }))
  await dialog.getByRole('button', { name: t('tray.ui_bring', { n: 48 }) }).click()
  await expect(cardOf(page, 'A mascot for the website')).toBeVisible()
  interface Lying {
    readonly department: string
    readonly column: string
    readonly title: string
  }
  const inWords = ({ department, column, title }: Lying) => `${department}: ${column}: ${title}`
  const json = await (await page.request.get(`${marketing}/export/json`)).json()
  const set: { activities: { department: string; column: string; title: { en: string } }[] } =
    JSON.parse(exampleSet)
  // The file has two names of its own for columns every board has.
  const inOurs: Readonly<Record<string, 'backlog' | 'planned' | 'doing' | 'checking' | 'done'>> = {
    later: 'backlog',
    ready: 'planned',
    doing: 'doing',
    checking: 'checking',
    done: 'done',
  }
  expect(json.measures).toHaveLength(14)
  expect(json.activities).toHaveLength(48)
  expect(json.activities.map(inWords).sort()).toEqual(
    set.activities
      .map(({ department, column, title }) =>
        inWords({
          department: department === 'dep_org' ? 'dep_organization' : department,
          column: t(`boards.column_${must(inOurs[column], 'one of five columns')}`),
          title: title.en,
        }),
      )
      .sort(),
  )
  await us.close()
})
