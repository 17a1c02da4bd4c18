import { expect, test } from '@playwright/test'
import { must } from '@/lib/kit/assert'
import { type OidcProvider, oidcProvider } from '@/lib/testing/oidc-provider'
import { type App, startApp } from '@/lib/testing/server'
import { type SmtpServer, smtpServer } from '@/lib/testing/smtp-server'
import { PASSWORD, visitor } from '../support/people'

// An app of its own: one that can send mail, and knows a provider.
let app: App
let smtp: SmtpServer
let oidc: OidcProvider
test.beforeAll(async () => {
  ;[smtp, oidc] = await Promise.all([smtpServer(), oidcProvider()])
  app = await startApp({
    env: {
      TRUST_PROXY: 'true',
      SMTP_URL: smtp.url,
      OIDC_ISSUER: oidc.issuer,
      OIDC_ID: oidc.client.id,
      OIDC_SECRET: oidc.client.secret,
      OIDC_NAME: 'Harbour ID',
    },
  })
})
test.afterAll(async () => {
  await app?.discard()
  await Promise.all([smtp?.close(), oidc?.close()])
})

/** A Chinese letter travels as base64, an English one as quoted-printable. */
function textOf(lines: readonly string[]): string {
  const body = lines.slice(lines.indexOf('') + 1)
  const base64 = lines.some((line) => /^content-transfer-encoding: base64$/i.test(line))
  return base64
    ? Buffer.from(body.join(''), 'base64').toString('utf8')
    : body.join('\n').replaceAll('=\n', '')
}

/** The link of the newest letter to somebody, once it has come. */
async function linkFor(email: string, path: string): Promise<string> {
  let found: string | undefined
  await expect
    .poll(() => {
      const letter = smtp.received.findLast((one) => one.to.includes(`<${email}>`))
      const text = letter && textOf(letter.lines)
      found = text?.match(new RegExp(`^${app.url}/${path}/[\\w-]{43}$`, 'm'))?.[0]
      return found
    })
    .toBeTruthy()
  return must(found, 'the poll has found it')
}

test('sign up, and a new password, by the links of real mails', async ({ browser }) => {
  const ines = await visitor(browser, 'Ines Okafor')
  const { page, t, email } = ines
  await page.goto(`${app.url}/sign-up?next=/account`)
  await page.getByLabel(t('auth.email'), { exact: true }).fill(email)
  await page.getByRole('button', { name: t('auth.send_mail'), exact: true }).click()
  await expect(page.locator('h1')).toHaveText(t('auth.mail_sent'))

  const link = await linkFor(email, 'sign-up')
  // Opened by whatever looks at mails first; looking uses nothing up.
  for (let i = 0; i < 3; i++) expect((await page.request.get(link)).status()).toBe(200)
  await page.goto(link)
  await expect(page.locator('meta[name=referrer]')).toHaveAttribute('content', 'no-referrer')
  await page.getByLabel(t('auth.name'), { exact: true }).fill(ines.name)
  await page.getByLabel(t('auth.password'), { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: t('auth.finish'), exact: true }).click()
  await page.waitForURL(`${app.url}/account`)

  // Somebody tries the same address: the same answer, another letter.
  const mallory = await visitor(browser, 'Mallory')
  await mallory.page.goto(`${app.url}/sign-up`)
  await mallory.page.getByLabel(t('auth.email'), { exact: true }).fill(email.toUpperCase())
  await mallory.page.getByRole('button', { name: t('auth.send_mail'), exact: true }).click()
  await expect(mallory.page.locator('h1')).toHaveText(t('auth.mail_sent'))
  await expect
    .poll(() => smtp.received.at(-1)?.lines.find((line) => line.startsWith('Subject:')))
    .toBe(`Subject: ${t('mail.verify_taken_subject')}`)
  await mallory.context.close()

  const other = await visitor(browser, ines.name)
  await other.page.goto(`${app.url}/reset`)
  await other.page.getByLabel(t('auth.email'), { exact: true }).fill(email)
  await other.page.getByRole('button', { name: t('auth.reset_send'), exact: true }).click()
  await expect(other.page.locator('h1')).toHaveText(t('auth.mail_sent'))
  const reset = await linkFor(email, 'reset')
  await other.page.goto(reset)
  const field = other.page.getByLabel(t('auth.new_password'), { exact: true })
  await field.fill('okafor2026')
  await other.page.getByRole('button', { name: t('auth.set_password'), exact: true }).click()
  await expect(other.page.locator('.field .error')).toContainText('Leave them out')
  await field.fill('harbour wall at night')
  await other.page.getByRole('button', { name: t('auth.set_password'), exact: true }).click()
  await other.page.waitForURL(`${app.url}/new`)
  // The first browser was signed out by it, and the link opens nothing any more.
  await page.reload()
  await expect(page).toHaveURL(/\/sign-in/)
  await other.page.goto(reset)
  await expect(other.page.locator('h1')).toHaveText(t('auth.link_dead'))
  await other.context.close()
  await ines.context.close()
})

test('another address, by the link of a mail to it', async ({ browser }) => {
  const wei = await visitor(browser, 'Wei Chen', 'zh')
  const { page, t, email } = wei
  await page.goto(`${app.url}/sign-up?next=/account`)
  await page.getByLabel(t('auth.email'), { exact: true }).fill(email)
  await page.getByRole('button', { name: t('auth.send_mail'), exact: true }).click()
  await page.goto(await linkFor(email, 'sign-up'))
  await page.getByLabel(t('auth.name'), { exact: true }).fill(wei.name)
  await page.getByLabel(t('auth.password'), { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: t('auth.finish'), exact: true }).click()
  await page.waitForURL(`${app.url}/account`)

  const next = `new.${email}`
  await page.getByLabel(t('auth.new_email'), { exact: true }).fill(next)
  await page.getByLabel(t('auth.email_password'), { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: t('auth.change_email_do'), exact: true }).click()
  await expect(page.getByText(t('auth.email_sent'))).toBeVisible()
  await expect(page.locator('.fact dd').first()).toHaveText(email)

  const link = await linkFor(next, 'account/email')
  // Opened on another device, where nobody is signed in - and before that by whatever looks at mails first.
  const phone = await visitor(browser, wei.name, 'zh', { phone: true })
  for (let i = 0; i < 3; i++) expect((await phone.page.request.get(link)).status()).toBe(200)
  await phone.page.goto(link)
  await expect(phone.page.locator('meta[name=referrer]')).toHaveAttribute('content', 'no-referrer')
  await expect(
    phone.page.getByText(t('auth.confirm_email_lead', { name: wei.name, email: next })),
  ).toBeVisible()
  await phone.page.getByRole('button', { name: t('auth.confirm_email_do'), exact: true }).click()
  await phone.page.waitForURL(/\/sign-in\?next=%2Faccount$/)
  await phone.page.goto(link)
  await expect(phone.page.locator('h1')).toHaveText(t('auth.link_dead'))

  await page.reload()
  await expect(page.locator('.fact dd').first()).toHaveText(next)
  // The address of before is told.
  await expect
    .poll(() => textOf(smtp.received.findLast((one) => one.to.includes(`<${email}>`))?.lines ?? []))
    .toContain(t('mail.email_changed_text', { name: wei.name, email: next, link: app.url }).split('\n').at(2))
  await phone.context.close()
  await wei.context.close()
})

test('by a provider, to the page one came for', async ({ browser }) => {
  const zhixing = await visitor(browser, '沈知行', 'zh')
  const { page, t, email } = zhixing
  oidc.person = { sub: email, claims: { email, email_verified: true, name: zhixing.name }, userinfo: {} }
  await page.goto(`${app.url}/sign-in?next=/account`)
  await page.getByRole('button', { name: t('auth.with_provider', { provider: 'Harbour ID' }) }).click()
  await page.waitForURL(`${app.url}/account`)
  await expect(page.getByLabel(t('auth.name'), { exact: true })).toHaveValue(zhixing.name)
  await expect(page.getByText(t('auth.no_password', { providers: 'Harbour ID' }))).toBeVisible()
  await zhixing.context.close()
})
