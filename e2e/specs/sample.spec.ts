import { type Browser, expect, type Page, test } from '@playwright/test'
import type { Language } from '@/lib/domain/language'
import { awake } from '../support/awake'
import { findings } from '../support/axe'
import { type Person, signUp, visitor } from '../support/people'

/** Presses the button that makes the example; ends at its home. Answers its path. */
async function example({ page, t, language }: Person, from: '/new' | '/workspaces'): Promise<string> {
  await page.goto(from)
  await awake(page)
  await page.getByRole('button', { name: t(`sample.ui_open_${language}`) }).click()
  await page.waitForURL(/\/example-\w+$/)
  return new URL(page.url()).pathname
}

async function newcomer(browser: Browser, language: Language, phone = false): Promise<Person> {
  const person = await visitor(browser, language === 'zh' ? '沈知行' : 'Ines Okafor', language, { phone })
  await signUp(person)
  return person
}

/** What breaks in a page without anybody being told. */
function trouble(page: Page): string[] {
  const found: string[] = []
  page.on('pageerror', (error) => found.push(error.message))
  page.on('console', (line) => {
    // A page that is left closes its connection, which some browsers call an error.
    if (line.type() === 'error' && !line.text().includes('WebSocket')) found.push(line.text())
  })
  return found
}

for (const language of ['en', 'zh'] as const) {
  test(`the example company in one click, every place of it open, and gone in one click (${language})`, async ({
    browser,
  }) => {
    test.slow()
    const person = await newcomer(browser, language)
    const { page, t } = person
    const broken = trouble(page)
    const home = await example(person, language === 'en' ? '/new' : '/workspaces')
    await expect(page.locator('.mast .ws')).toContainText(t('shell.ui_example'))
    await expect(page.locator('h1.say')).not.toBeEmpty()
    await expect(page.locator('.qline')).toContainText(t('shell.quarter_sealed'))
    await expect(page.locator('.owe')).toContainText(t('shell.home_owe_check', { n: 1 }))

    // The way through the loop, then everything the frame leads to.
    const ways = await page
      .locator('.tour a, .mast nav a, .mast .day')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
    expect(ways.length).toBeGreaterThan(9)
    const rest = [
      '/measures',
      '/my-work',
      '/check-in',
      '/inbox',
      '/settings/members',
      '/settings/departments',
    ]
    for (const path of new Set([...ways, ...rest.map((one) => home + one)])) {
      const answer = await page.goto(path)
      expect(answer?.status(), path).toBe(200)
      await expect(page.locator('main'), path).toBeVisible()
      await awake(page)
    }
    expect(broken).toEqual([])

    await page.goto(`${home}/settings`)
    await awake(page)
    await expect(page.getByText(t('sample.settings_text'))).toBeVisible()
    await page.getByRole('button', { name: t('sample.ui_remove') }).click()
    await page.waitForURL(/\/workspaces$/)
    await expect(page.getByText(t('people.workspaces_empty'))).toBeVisible()
    await expect(page.getByRole('button', { name: t(`sample.ui_open_${language}`) })).toBeVisible()
    expect((await page.goto(home))?.status()).toBe(404)
    await person.context.close()
  })
}

test('checks in on a phone, one measure after another, and the review has it', async ({ browser }) => {
  test.slow()
  const person = await newcomer(browser, 'en', true)
  const { page, t } = person
  const home = await example(person, '/new')
  await awake(page)
  await page.getByRole('link', { name: new RegExp(`^${t('shell.home_check')}`) }).click()
  await page.waitForURL(/check-in$/)
  await awake(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(await findings(page)).toEqual([])
  const value = page.locator('input[name=value]')
  const before = await value.inputValue()
  await page.getByRole('button', { name: /^More by/ }).click()
  await expect(value).not.toHaveValue(before)
  const now = await value.inputValue()
  await page.getByRole('button', { name: t('check.ui_no'), exact: true }).click()
  const words = 'Both crews are ready; the sites are not.'
  await page.getByLabel(t('check.ui_words')).fill(words)
  // What is no number is said beside it, and nothing is sent.
  await value.fill('abc')
  await page.getByRole('button', { name: t('check.ui_send'), exact: true }).click()
  await expect(page.locator('.val .error')).toHaveText(t('check.ui_no_number'))
  await expect(value).toBeFocused()
  await value.fill(now)
  await page.getByRole('button', { name: t('check.ui_send'), exact: true }).click()
  await expect(page.getByRole('heading', { name: t('check.ui_done', { n: 1 }) })).toBeFocused()
  await page.getByRole('link', { name: t('check.ui_to_review') }).click()
  await page.waitForURL(/\/reviews\/rev_/)
  await expect(page.locator('main')).toContainText(words)

  // Said again it is the same word; what is missing is asked for at home no more.
  await page.goto(`${home}/check-in`)
  await expect(page.getByLabel(t('check.ui_words'))).toHaveValue(words)
  await expect(value).toHaveValue(now)
  await page.goto(home)
  await expect(page.locator('.owe')).not.toContainText(t('shell.home_owe_check', { n: 1 }))
  await person.context.close()
})

test('a calendar reads its secret address until it is renewed or ended', async ({ browser, playwright }) => {
  const person = await newcomer(browser, 'en')
  const { page, t } = person
  await example(person, '/new')
  await page.goto('/account')
  await awake(page)
  const section = page.locator('section', { has: page.getByRole('heading', { name: t('calendar.title') }) })
  const field = section.getByRole('textbox', { name: t('calendar.ui_address'), exact: true })
  const press = async (name: string) => {
    await section.getByRole('button', { name: new RegExp(`^${name}`) }).click()
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
  }
  await section.getByRole('button', { name: new RegExp(`^${t('calendar.ui_open')}`) }).click()
  const first = await field.inputValue()

  // A calendar program has no cookies.
  const program = await playwright.request.newContext()
  const read = await program.get(first)
  expect([read.status(), read.headers()['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
  expect(await read.text()).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/)

  await press(t('calendar.ui_renew'))
  await expect(field).not.toHaveValue(first)
  const second = await field.inputValue()
  const nonsense = first.replace(/[^/]+$/, 'nonsense.ics')
  for (const gone of [first, nonsense]) {
    const answer = await program.get(gone)
    expect([answer.status(), (await answer.json()).error.code]).toEqual([404, 'not_found'])
  }
  expect((await program.get(second)).status()).toBe(200)
  await press(t('calendar.ui_end'))
  await expect(section).toContainText(t('calendar.ui_none'))
  expect((await program.get(second)).status()).toBe(404)
  await program.dispose()
  await person.context.close()
})
