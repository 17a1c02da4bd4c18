import { expect, type Page, test } from '@playwright/test'
import { inputMethod } from '../support/input-method'
import { type Team, team } from '../support/people'
import { chapter, open, typeAtEnd } from '../support/strategy'

let us: Team

test.beforeAll(async ({ browser }) => {
  us = await team(browser, 'blank')
})
test.afterAll(() => us.close())

const row = (page: Page, title: string) => page.locator('.strategies > li').filter({ hasText: title })

/** Chooses an entry of a row's menu. */
async function choose(page: Page, title: string, entry: string): Promise<void> {
  await row(page, title).getByRole('button').click()
  await page.getByRole('menuitem', { name: entry, exact: true }).click()
}

test('one is begun from a template by key, in the other language', async () => {
  const { page, t } = us.owner
  await page.goto(`${us.workspace}/strategy`)
  await page.keyboard.press('c')
  const dialog = page.getByRole('dialog', { name: t('strategy.new_title') })
  await expect(dialog).toBeVisible()
  await dialog.getByText('中文', { exact: true }).click()
  const title = dialog.getByLabel(t('strategy.title_label'), { exact: true })
  await title.fill('')
  // Enter takes the composed characters and does not send the form.
  const ime = await inputMethod(page)
  await title.focus()
  await ime.spell('jing qu')
  await page.keyboard.press('Enter')
  await ime.commit('景区')
  await expect(dialog).toBeVisible()
  await title.fill('景区战略')
  await dialog.locator('input[name=template][value="smart-tourism"]').check({ force: true })
  await dialog.getByRole('button', { name: t('strategy.create'), exact: true }).click()
  await page.waitForURL(/\/strategy\/str_/)
  await expect(page.locator('h1')).toHaveText('景区战略')
  await expect(chapter(page, 'situation')).toContainText('景区')
})

test('renamed, duplicated, archived, trashed, restored, undone; the current one stays', async () => {
  const { page, t } = us.owner
  await page.goto(`${us.workspace}/strategy`)
  const current = (await page.locator('.strategies .is-current h2').textContent()) ?? ''

  await choose(page, '景区战略', t('strategy.duplicate'))
  const copy = '景区战略（副本）'
  await expect(row(page, copy)).toBeVisible()

  await choose(page, copy, t('strategy.rename'))
  const field = page.getByRole('dialog').getByLabel(t('strategy.title_label'), { exact: true })
  await field.fill('')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('strategy.save'), exact: true })
    .click()
  await expect(field).toBeVisible()
  await field.fill('Alternative')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('strategy.save'), exact: true })
    .click()
  await expect(row(page, 'Alternative')).toBeVisible()

  await choose(page, 'Alternative', t('strategy.archive'))
  await expect(row(page, 'Alternative')).toHaveCount(0)
  await page.getByRole('button', { name: t('common.undo'), exact: true }).click()
  await expect(row(page, 'Alternative')).toBeVisible()

  await choose(page, 'Alternative', t('strategy.trash'))
  await expect(row(page, 'Alternative')).toHaveCount(0)
  await page.getByRole('link', { name: t('strategy.show_trashed') }).click()
  await expect(row(page, 'Alternative')).toBeVisible()
  await choose(page, 'Alternative', t('strategy.restore'))
  await page.getByRole('link', { name: t('strategy.show_active') }).click()
  await expect(row(page, 'Alternative')).toBeVisible()

  // The current one cannot be put away: its menu does not offer it.
  await row(page, current).getByRole('button').click()
  await expect(page.getByRole('menuitem', { name: t('strategy.trash') })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await choose(page, 'Alternative', t('strategy.make_current'))
  await expect(row(page, 'Alternative').getByText(t('strategy.current'), { exact: true })).toBeVisible()
})

test('who may write is widened and narrowed per strategy, at once, on open pages too', async () => {
  const adviser = await us.join('Ada Vey', 'adviser')
  const { page, t } = us.owner
  await adviser.page.goto(`${us.workspace}/strategy`)
  await expect(adviser.page.getByText(adviser.t('strategy.empty_active_reader'))).toBeVisible()
  expect((await adviser.page.request.get(us.strategy)).status()).toBe(404)

  await page.goto(`${us.strategy}/access`)
  const level = page.getByLabel(adviser.name, { exact: true })
  const said = page.getByText(t('strategy.access_saved')).last()
  await level.selectOption('edit')
  await expect(said).toBeVisible()
  await open(adviser.page, us.strategy)
  await typeAtEnd(adviser.page, 'policy', 'An outside view.')
  await expect(adviser.page.locator('.save')).toHaveText(adviser.t('common.save_saved'))

  await level.selectOption('read')
  await expect(adviser.page.locator('.text[contenteditable="true"]')).toHaveCount(0)
  await expect(chapter(adviser.page, 'policy')).toContainText('An outside view.')
  await level.selectOption('none')
  await expect(
    adviser.page
      .getByText(adviser.t('editor.revoked'))
      .or(adviser.page.getByText(adviser.t('common.not_found_title')))
      .first(),
  ).toBeVisible()
  expect((await adviser.page.request.get(us.strategy)).status()).toBe(404)
})

test('an archived strategy is read, not written, on a page that was open', async () => {
  const { page, t } = us.owner
  await page.goto(`${us.workspace}/strategy`)
  const path = (await row(page, '景区战略').locator('a').getAttribute('href')) ?? ''
  const other = await us.owner.context.newPage()
  await open(other, path)
  await expect(chapter(other, 'situation')).toHaveAttribute('contenteditable', 'true')
  await choose(page, '景区战略', t('strategy.archive'))
  await expect(other.locator('.text[contenteditable="true"]')).toHaveCount(0)
  await other.reload()
  await expect(other.getByText(t('editor.archived'))).toBeVisible()
})
