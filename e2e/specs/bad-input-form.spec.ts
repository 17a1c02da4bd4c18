import { expect, test } from '@playwright/test'
import { team, visitor } from '../support/people'

test('what is needed is said in the language of the page, beside the field, and read out', async ({
  browser,
}) => {
  // The browser speaks English; the reader has chosen Chinese.
  const nobody = await visitor(browser, 'Nobody')
  await nobody.context.addCookies([
    { name: 'language', value: 'zh', url: process.env.E2E_URL ?? 'http://localhost' },
  ])
  const { page } = nobody
  await page.goto('/sign-in')
  let sent = 0
  page.on('request', (request) => {
    if (request.headers()['next-action'] !== undefined) sent += 1
  })
  const email = page.locator('input[name=email]')
  const password = page.locator('input[name=password]')
  await email.press('Enter')
  await expect(email).toBeFocused()
  await expect(email).toHaveAttribute('aria-invalid', 'true')
  await expect(email).toHaveAccessibleDescription(/请填写此项。/)
  // No bubble of the browser's own, which would be in its language and gone in five seconds.
  await expect(page.locator('form', { has: email })).toHaveAttribute('novalidate', '')

  // The first that is empty, each time; what was filled in meanwhile is no longer complained of.
  await email.fill('ines@parstock.example')
  await email.press('Enter')
  await expect(password).toBeFocused()
  await expect(password).toHaveAccessibleDescription(/请填写此项。/)
  await expect(email).not.toHaveAttribute('aria-invalid', 'true')
  await email.focus()
  await email.press('Enter')
  await expect(password).toBeFocused()
  expect(sent).toBe(0)

  await password.fill('not the password')
  await password.press('Enter')
  await expect(password).toHaveAccessibleDescription(/邮箱与密码不匹配/)
  expect(sent).toBe(1)
  await nobody.context.close()
})

test('in a dialog as on a page', async ({ browser }) => {
  const us = await team(browser, 'blank', 'zh')
  const { page, t } = us.owner
  await page.goto(`${us.workspace}/strategy`)
  await page.getByRole('button', { name: t('strategy.new'), exact: true }).click()
  const title = page.getByLabel(t('strategy.title_label'), { exact: true })
  await title.fill('')
  await title.press('Enter')
  await expect(title).toBeFocused()
  await expect(title).toHaveAccessibleDescription(/请填写此项。/)
  await title.fill('另一份')
  await title.press('Enter')
  await page.waitForURL(/\/strategy\/str_/)
  await us.close()
})
