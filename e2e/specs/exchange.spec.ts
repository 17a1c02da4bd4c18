import { readFile } from 'node:fs/promises'
import { type Download, expect, type Page, test } from '@playwright/test'
import { findings } from '../support/axe'
import { type Team, team, visitor } from '../support/people'
import { chapter, open, ready, typeAtEnd } from '../support/strategy'

/** Opens the export dialog, chooses a format and answers the file. */
async function take(us: Team, page: Page, format: string): Promise<Buffer> {
  const { t } = us.owner
  await page.getByRole('button', { name: t('exchange.ui_share'), exact: true }).click()
  await page.getByRole('menuitem', { name: t('exchange.ui_export') }).click()
  await page.locator(`input[name=format][value=${format}]`).check()
  const [file] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }) as Promise<Download>,
    page.getByRole('button', { name: t('exchange.ui_download'), exact: true }).click(),
  ])
  return readFile(await file.path())
}

async function bring(us: Team, name: string, buffer: Buffer): Promise<void> {
  const { page, t } = us.owner
  await page.goto(`${us.workspace}/strategy`)
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(t('exchange.import_kept'))).toBeVisible({ timeout: 60_000 })
  await dialog.getByRole('button', { name: t('exchange.import_do'), exact: true }).click()
  await page.waitForURL(/\/strategy\/str_/, { timeout: 60_000 })
  await ready(page)
}

for (const [language, format] of [
  ['en', 'docx'],
  ['zh', 'docx'],
  ['zh', 'json'],
] as const) {
  test(`a strategy (${language}) is taken out as ${format} and brought in again, having been told what`, async ({
    browser,
  }) => {
    test.slow()
    const us = await team(browser, 'restaurant-saas', language)
    const { page, t } = us.owner
    await open(page, us.strategy)
    const words = (await chapter(page, 'difficulties').textContent()) ?? ''
    const file = await take(us, page, format)

    await page.goto(`${us.workspace}/strategy`)
    const before = await page.locator('.strategies > li').count()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: `x.${format}`, mimeType: 'application/octet-stream', buffer: file })
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText(t('exchange.n_pain', { n: 6 }))).toBeVisible({ timeout: 60_000 })
    await expect(dialog.getByText(t('exchange.import_all_kept'))).toBeVisible()
    // Nothing has been created by looking.
    await dialog.getByRole('button', { name: t('exchange.ui_cancel'), exact: true }).click()
    await page.reload()
    await expect(page.locator('.strategies > li')).toHaveCount(before)

    await bring(us, `x.${format}`, file)
    expect(((await chapter(page, 'difficulties').textContent()) ?? '').replace(/\s+/g, ' ')).toBe(
      words.replace(/\s+/g, ' '),
    )
    await us.close()
  })
}

test('a file that lies about what it is creates nothing and says why', async ({ browser }) => {
  const us = await team(browser, 'blank')
  const { page, t } = us.owner
  await page.goto(`${us.workspace}/strategy`)
  const before = await page.locator('.strategies > li').count()
  const buffer = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0', 'latin1')
  for (const name of ['plan.docx', 'plan.json', 'plan.md']) {
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer })
    await expect(page.locator('.toast').last()).toContainText(t('refusal.wrong_type'), { timeout: 40_000 })
  }
  await page.reload()
  await expect(page.locator('.strategies > li')).toHaveCount(before)
  await us.close()
})

test('a stranger reads by a link with a password, live, until it is revoked', async ({ browser }) => {
  test.slow()
  const us = await team(browser, 'smart-tourism')
  const { page, t } = us.owner
  await open(page, us.strategy)
  await page.getByRole('button', { name: t('exchange.ui_share'), exact: true }).click()
  await page.getByRole('menuitem', { name: t('exchange.ui_share_link') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('exchange.ui_link_password')).fill('only for the board')
  await dialog.getByLabel(t('exchange.ui_link_note')).fill('The board')
  await dialog.getByRole('button', { name: t('exchange.ui_link_make'), exact: true }).click()
  const link = await dialog.locator('input[readonly]').inputValue()
  expect(link).toMatch(/\/share\/[\w-]{43}$/)

  const stranger = await visitor(browser, 'Nobody', 'zh')
  const answer = await stranger.page.goto(new URL(link).pathname)
  expect(answer?.headers()['referrer-policy']).toBe('no-referrer')
  expect(answer?.headers()['x-robots-tag']).toContain('noindex')
  // Before the password nothing is named.
  await expect(stranger.page.locator('body')).not.toContainText('Cairnpath')
  expect(await findings(stranger.page)).toEqual([])
  const password = stranger.page.getByLabel(stranger.t('exchange.shared_password'))
  await password.fill('a guess')
  await stranger.page.getByRole('button', { name: stranger.t('exchange.shared_open') }).click()
  await expect(stranger.page.getByText(stranger.t('refusal.wrong_share_password'))).toBeVisible()
  await password.fill('only for the board')
  await stranger.page.getByRole('button', { name: stranger.t('exchange.shared_open') }).click()
  await stranger.page.waitForURL(/\/share\/view\/shr_\w+$/)
  await expect(stranger.page.locator('.sheet-out')).toContainText('Cairnpath')
  expect(await findings(stranger.page)).toEqual([])
  // The token has left the address and the history.
  expect(stranger.page.url()).not.toContain(new URL(link).pathname.split('/').at(-1))
  await expect(stranger.page.locator('[contenteditable=true]')).toHaveCount(0)
  const [cookie] = (await stranger.context.cookies()).filter(({ name }) => name.startsWith('share-'))
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  expect(cookie?.path).toMatch(/^\/share\/view\/shr_/)

  // It is the strategy as it is: what is written now is read by the next look.
  await page.keyboard.press('Escape')
  await typeAtEnd(page, 'policy', 'We changed our mind.')
  await expect(page.locator('.save')).toHaveText(t('common.save_saved'))
  await stranger.page.reload()
  await expect(stranger.page.locator('.sheet-out')).toContainText('We changed our mind.')

  // Nobody else comes in by the address of the page.
  const other = await visitor(browser, 'Other')
  await other.page.goto(new URL(stranger.page.url()).pathname)
  await expect(other.page.getByText(other.t('exchange.shared_over'))).toBeVisible()

  await page.getByRole('button', { name: t('exchange.ui_share'), exact: true }).click()
  await page.getByRole('menuitem', { name: t('exchange.ui_share_link') }).click()
  await page.getByRole('button', { name: t('exchange.ui_link_revoke_one', { name: 'The board' }) }).click()
  await expect(page.getByText(t('exchange.ui_links_none'))).toBeVisible()
  await stranger.page.reload()
  await expect(stranger.page.getByText(stranger.t('exchange.shared_over'))).toBeVisible()
  await expect(stranger.page.locator('body')).not.toContainText('Cairnpath')
  await stranger.page.goto(new URL(link).pathname)
  await expect(stranger.page.getByText(stranger.t('exchange.shared_over'))).toBeVisible()
  for (const person of [stranger, other]) await person.context.close()
  await us.close()
})

test('an adviser exports what was shared with them and shares nothing; a viewer sees no way to', async ({
  browser,
}) => {
  const us = await team(browser, 'smart-tourism')
  const viewer = await us.join('Vera', 'viewer')
  const { page, t } = viewer
  await open(page, us.strategy)
  await page.getByRole('button', { name: t('exchange.ui_share'), exact: true }).click()
  await expect(page.getByRole('menuitem', { name: t('exchange.ui_export') })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: t('exchange.ui_share_link') })).toHaveCount(0)
  const adviser = await us.join('Ada', 'adviser')
  for (const format of ['docx', 'md', 'html', 'json', 'pdf']) {
    const answer = await adviser.page.request.get(`${us.strategy}/export/${format}`)
    expect(answer.status()).toBe(404)
    expect(await answer.text()).not.toContain('Cairnpath')
  }
  await us.close()
})

test('on paper: no masthead, the words selectable, heads of tables repeated', async ({ browser }) => {
  const us = await team(browser, 'restaurant-saas', 'zh')
  const { page } = us.owner
  await page.goto(`${us.strategy}/print`)
  await expect(page.locator('.sheet-out h1')).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('.mast')).toBeHidden()
  await expect(page.locator('.print-bar')).toBeHidden()
  expect(
    await page.locator('.sheet-out').evaluate((element) => getComputedStyle(element).userSelect),
  ).not.toBe('none')
  await us.close()
})

for (const language of ['en', 'zh'] as const)
  test(`an example leaves the page, for everybody, and comes back (${language})`, async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'restaurant-saas', language)
    const tomas = await us.join('Tomás Rivas', 'partner')
    const { page, t } = us.owner
    await open(page, us.strategy)
    await open(tomas.page, us.strategy)
    const words = (await chapter(page, 'difficulties').locator('p').last().textContent()) ?? ''
    expect(words.length).toBeGreaterThan(10)
    await page.getByRole('button', { name: t('exchange.ui_share'), exact: true }).click()
    await page.getByRole('menuitem', { name: t('exchange.ui_empty') }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText(t('exchange.ui_empty_back'))
    expect(await findings(page)).toEqual([])
    await dialog.getByRole('button', { name: t('exchange.ui_empty_do'), exact: true }).click()
    await expect(page.locator('.toast')).toContainText(t('exchange.ui_empty_done', { number: 1, left: 0 }))
    for (const one of [page, tomas.page]) {
      await expect(chapter(one, 'difficulties')).not.toContainText(words)
      // The question of the chapter stands where the words were.
      await expect(chapter(one, 'difficulties').locator('p')).toHaveCount(1)
    }
    await typeAtEnd(page, 'situation', 'Ours.')
    await expect(chapter(tomas.page, 'situation')).toContainText('Ours.')
    await page.locator('.toast').getByRole('button').first().click()
    await expect(page.locator('.toast').filter({ hasText: t('exchange.ui_empty_undone') })).toBeVisible()
    for (const one of [page, tomas.page]) await expect(chapter(one, 'difficulties')).toContainText(words)
    await us.close()
  })
