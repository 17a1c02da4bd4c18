import { expect, test } from '@playwright/test'
import { inputMethod } from '../support/input-method'
import { PASSWORD, type Person, signUp, visitor } from '../support/people'

async function signIn(person: Person, email: string, password = PASSWORD): Promise<void> {
  const { page, t } = person
  await page.getByLabel(t('auth.email'), { exact: true }).fill(email)
  await page.getByLabel(t('auth.password'), { exact: true }).fill(password)
  await page.getByRole('button', { name: t('auth.sign_in'), exact: true }).click()
}

test('a wrong password is said beside its field, what was typed stays, and a pause is announced', async ({
  browser,
}) => {
  const stranger = await visitor(browser, 'Stranger')
  const { page, t } = stranger
  await page.goto('/sign-in')
  const field = page.getByLabel(t('auth.password'), { exact: true })
  const said = page.locator('.field', { has: field }).locator('.error')
  const says = [
    'E-mail and password do not match.',
    'E-mail and password do not match.',
    'E-mail and password do not match. After two more tries there is a pause of one minute.',
    'E-mail and password do not match. After one more try there is a pause of one minute.',
    'E-mail and password do not match. Wait a minute before the next try.',
  ]
  for (const words of says) {
    const answered = page.waitForResponse((answer) => answer.request().method() === 'POST')
    await signIn(stranger, stranger.email, 'not my password')
    await answered
    await expect(said).toHaveText(words)
  }
  await expect(field).toBeFocused()
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveValue('not my password')
  await expect(page.getByLabel(t('auth.email'), { exact: true })).toHaveValue(stranger.email)
  await signIn(stranger, stranger.email)
  await expect(page.getByText(/^Too many tries\. Wait \d+ seconds and try again\.$/)).toBeVisible()
  await stranger.context.close()
})

test('addresses that mail libraries read in two ways are no addresses', async ({ browser }) => {
  const stranger = await visitor(browser, 'Stranger', 'zh')
  const { page, t } = stranger
  for (const [path, button] of [
    ['/sign-in', 'auth.sign_in'],
    ['/sign-up', 'auth.sign_up'],
    ['/reset', 'auth.reset_ask'],
  ] as const) {
    await page.goto(path)
    const field = page.getByLabel(t('auth.email'), { exact: true })
    for (const address of ['a@evil.test,b@victim.test', '"e@evil.test"@victim.test', '']) {
      for (const input of await page.locator('form input:not([type=hidden])').all())
        await input.fill('沈知行的长密码一二三')
      await field.fill(address)
      await page.getByRole('button', { name: t(button), exact: true }).click()
      const words = address ? t('refusal.invalid_email') : t('refusal.required')
      await expect(page.locator('.field', { has: field }).locator('.error')).toHaveText(words)
    }
  }
  await stranger.context.close()
})

test('the way back is one of our own pages', async ({ browser }) => {
  test.slow()
  const ines = await visitor(browser, 'Ines Okafor')
  await signUp(ines)
  for (const [next, path] of [
    ['/account?a=1', '/account'],
    ['//evil.test', '/new'],
    ['/\\evil.test', '/new'],
    ['https:evil.test', '/new'],
  ]) {
    await ines.context.clearCookies()
    await ines.page.goto(`/sign-in?next=${encodeURIComponent(next ?? '')}`)
    await signIn(ines, ines.email)
    await ines.page.waitForURL((url) => url.pathname === path)
  }
  await ines.context.clearCookies()
  await ines.page.goto('/account')
  await expect(ines.page).toHaveURL(/\/sign-in\?next=%2Faccount$/)
  await signIn(ines, ines.email)
  await ines.page.waitForURL((url) => url.pathname === '/account')
  // Whoever is in has no business at the door.
  await ines.page.goto('/sign-up')
  await expect(ines.page).toHaveURL(/\/new$/)
  await ines.context.close()
})

test('where no mail is sent, another address counts at once, for who knows the password', async ({
  browser,
}) => {
  const ines = await visitor(browser, 'Ines Okafor')
  const { page, t } = ines
  await signUp(ines)
  await page.goto('/account')
  await expect(page.getByText(t('auth.change_email_lead_no_mail'))).toBeVisible()
  const next = `new.${ines.email}`
  const password = page.getByLabel(t('auth.email_password'), { exact: true })
  const change = page.getByRole('button', { name: t('auth.change_email_do'), exact: true })
  await page.getByLabel(t('auth.new_email'), { exact: true }).fill(next)
  await password.fill('not this one')
  await change.click()
  await expect(page.locator('.field .error')).toHaveText(t('refusal.wrong_password'))
  await expect(password).toBeFocused()
  await password.fill(PASSWORD)
  await change.click()
  await expect(page.getByText(t('auth.email_changed'))).toBeVisible()
  await expect(page.locator('.fact dd').first()).toHaveText(next)
  await page.context().clearCookies()
  await page.goto('/sign-in?next=/account')
  await signIn(ines, next)
  await page.waitForURL((url) => url.pathname === '/account')
  await ines.context.close()
})

test('a device is signed out from another; a new password signs out the rest', async ({ browser }) => {
  const ines = await visitor(browser, 'Ines Okafor')
  await signUp(ines)
  const phone = await visitor(browser, ines.name, 'zh', { phone: true })
  await phone.page.goto('/sign-in?next=/account')
  await signIn(phone, ines.email)
  await phone.page.waitForURL((url) => url.pathname === '/account')

  await ines.page.goto('/account')
  const sessions = ines.page.locator('.sessions li')
  await expect(sessions).toHaveCount(2)
  await expect(sessions.first()).toContainText(ines.t('auth.here'))
  await sessions.last().getByRole('button').click()
  await expect(sessions).toHaveCount(1)
  await phone.page.reload()
  await expect(phone.page).toHaveURL(/\/sign-in/)

  await signIn(phone, ines.email)
  await phone.page.waitForURL((url) => url.pathname === '/account')
  const { page, t } = ines
  await page.getByLabel(t('auth.present_password'), { exact: true }).fill('not this one')
  await page.getByLabel(t('auth.new_password'), { exact: true }).fill('harbour wall at night')
  await page.getByRole('button', { name: t('auth.change'), exact: true }).click()
  await expect(page.locator('.field .error')).toHaveText(t('refusal.wrong_password'))
  await page.getByLabel(t('auth.present_password'), { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: t('auth.change'), exact: true }).click()
  await expect(page.getByText(t('auth.changed'))).toBeVisible()
  await phone.page.reload()
  await expect(phone.page).toHaveURL(/\/sign-in/)
  await signIn(phone, ines.email)
  await expect(phone.page.locator('.field .error')).toHaveText(/邮箱与密码不匹配/)
  await signIn(phone, ines.email, 'harbour wall at night')
  await phone.page.waitForURL((url) => url.pathname === '/account')

  await page.locator('.sessions li').first().getByRole('button').click()
  await page.waitForURL((url) => url.pathname === '/sign-in')
  await page.goto('/account')
  await expect(page).toHaveURL(/\/sign-in/)
  await phone.context.close()
  await ines.context.close()
})

test('Enter that ends a composition does not send the form', async ({ browser }) => {
  const zhixing = await visitor(browser, '沈知行', 'zh')
  const { page, t } = zhixing
  await page.goto('/sign-up')
  await page.getByLabel(t('auth.email'), { exact: true }).fill(zhixing.email)
  await page.getByLabel(t('auth.password'), { exact: true }).fill(PASSWORD)
  const name = page.getByLabel(t('auth.name'), { exact: true })
  await name.click()
  let sent = 0
  page.on('request', (request) => {
    if (request.method() === 'POST') sent++
  })
  const input = await inputMethod(page)
  await input.spell('shen zhi xing')
  await input.ownKey('Enter')
  await input.commit('沈知行')
  await expect(name).toHaveValue('沈知行')
  expect(sent).toBe(0)
  await expect(page.locator('.error:visible')).toHaveCount(0)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname !== '/sign-up')
  await page.goto('/account')
  await expect(page.getByLabel(t('auth.name'), { exact: true })).toHaveValue('沈知行')
  await zhixing.context.close()
})
