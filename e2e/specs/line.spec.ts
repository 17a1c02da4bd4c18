import { expect, type Route, test } from '@playwright/test'
import { team } from '../support/people'

test('a page being read again when the line goes down stands, says so to whoever wants to leave, and is read when it is back', async ({
  browser,
}) => {
  const us = await team(browser)
  const { page, context, t } = us.owner
  await page.goto(`${us.workspace}/settings`)
  const mast = page.locator('header.mast')
  await expect(mast).toContainText('Ladleworks')

  // The readings that follow a change, one's own and the one all are told of, are held until the line is down.
  const held: Route[] = []
  let holding = true
  await page.route('**/settings?_rsc=*', async (route) => {
    if (holding) held.push(route)
    else await route.continue()
  })
  await page.getByLabel(t('people.name'), { exact: true }).fill('Ladleworks Group')
  await page.locator('main form button[type=submit]').first().click()
  await expect.poll(() => held.length).toBeGreaterThan(0)
  await context.setOffline(true)
  holding = false
  for (const route of held) await route.continue()
  await page.waitForTimeout(2_000)
  await expect(page.getByLabel(t('people.name'), { exact: true })).toHaveValue('Ladleworks Group')
  await expect(mast).not.toContainText('Ladleworks Group')

  const path = new URL(page.url()).pathname
  const boards = mast.getByRole('link', { name: t('shell.ui_boards'), exact: true })
  await boards.click()
  const said = page.locator('.toast', { hasText: t('common.no_line') })
  await expect(said).toBeVisible()
  expect(new URL(page.url()).pathname).toBe(path)
  await expect(page.getByLabel(t('people.name'), { exact: true })).toBeVisible()

  await context.setOffline(false)
  await expect(mast).toContainText('Ladleworks Group')
  expect(new URL(page.url()).pathname).toBe(path)
  await said.getByRole('button', { name: t('common.retry') }).click()
  await page.waitForURL(`**${us.workspace}/boards`)
  await us.close()
})
