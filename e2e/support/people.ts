import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test'
import type { Language } from '@/lib/domain/language'
import type { Role } from '@/lib/domain/role'
import { type Words, words } from '@/lib/i18n/words'
import { must } from '@/lib/kit/assert'

/** Somebody in front of a browser of their own. */
export interface Person {
  readonly name: string
  readonly email: string
  readonly language: Language
  readonly t: Words
  readonly context: BrowserContext
  readonly page: Page
}

export const PASSWORD = 'a rope lifts every mesh'

let count = 0

/** A fresh browser that asks for pages in one language; nobody is signed in. */
export async function visitor(
  browser: Browser,
  name: string,
  language: Language = 'en',
  options: { dark?: boolean; phone?: boolean } = {},
): Promise<Person> {
  const context = await browser.newContext({
    // As a proxy would tell the server: without it, all people of a test are one to the rate limits.
    extraHTTPHeaders: { 'x-forwarded-for': address() },
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: options.dark ? 'dark' : 'light',
    ...(options.phone && { viewport: { width: 390, height: 844 }, hasTouch: true }),
  })
  count += 1
  const email = `${process.pid}.${Date.now()}.${count}@example.com`
  return { name, email, language, t: words(language), context, page: await context.newPage() }
}

/** Signs up for real, through the form. `at` is where the visitor comes from, such as an invitation's link. */
export async function signUp(person: Person, at = '/sign-up'): Promise<void> {
  const { page, t } = person
  await page.goto(at)
  await page.getByLabel(t('auth.name'), { exact: true }).fill(person.name)
  await page.getByLabel(t('auth.email'), { exact: true }).fill(person.email)
  await page.getByLabel(t('auth.password'), { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: t('auth.sign_up'), exact: true }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-up'))
}

export type Template = 'restaurant-saas' | 'smart-tourism' | 'blank'

/** Founds a workspace in onboarding; ends on its first strategy. Answers the workspace's path, such as `/parstock`. */
export async function found(
  person: Person,
  company: string,
  template: Template,
): Promise<{ path: string; strategy: string }> {
  const { page, t } = person
  await page.goto('/new')
  await page.getByLabel(t('people.company'), { exact: true }).fill(company)
  const slug = `w-${Date.now().toString(36)}-${count}`
  await page.getByLabel(t('people.slug'), { exact: true }).fill(slug)
  await page.locator(`input[name=template][value="${template}"]`).check({ force: true })
  await page.getByRole('button', { name: t('people.create'), exact: true }).click()
  await page.waitForURL(new RegExp(`/${slug}(/|$)`))
  await page.goto(`/${slug}/strategy`)
  const link = page.locator('.strategies h2 a').first()
  const strategy = must(await link.getAttribute('href'), 'the list links to the strategy')
  return { path: `/${slug}`, strategy }
}

/** Makes an invitation link in the members' settings and reads it from the page. */
export async function inviteLink(person: Person, workspace: string, role: Role): Promise<string> {
  const { page, t } = person
  await page.goto(`${workspace}/settings/members`)
  await page.getByLabel(t('people.role'), { exact: true }).selectOption(role)
  await page.getByRole('button', { name: t('people.invite_link'), exact: true }).click()
  const field = page.locator('input[readonly][value*="/invite/"]').first()
  await expect(field).toBeVisible()
  return new URL(await field.inputValue()).pathname
}

/** Opens the link as a stranger, signs up on the way, and joins. */
export async function accept(person: Person, link: string): Promise<void> {
  const { page, t } = person
  await page.goto(link)
  await page.getByRole('link', { name: t('people.invite_sign_up'), exact: true }).click()
  await page.waitForURL(/sign-up/)
  await page.getByLabel(t('auth.name'), { exact: true }).fill(person.name)
  await page.getByLabel(t('auth.email'), { exact: true }).fill(person.email)
  await page.getByLabel(t('auth.password'), { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: t('auth.sign_up'), exact: true }).click()
  await page.waitForURL(/\/invite\//)
  await page.locator('main form button[type=submit]').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/invite/'))
}

/** An address of the documentation's range for IPv6, hardly ever the same twice. */
function address(): string {
  const group = () => Math.floor(Math.random() * 65_536).toString(16)
  return `2001:db8:${group()}:${group()}::1`
}

export interface Team {
  readonly owner: Person
  /** The workspace's path, such as `/w-1`. */
  readonly workspace: string
  /** The first strategy's path. */
  readonly strategy: string
  /** Somebody else, signed up and invited for real. */
  join(name: string, role: Role, language?: Language): Promise<Person>
  close(): Promise<void>
}

/** An owner with a workspace and its first strategy. */
export async function team(
  browser: Browser,
  template: Template = 'blank',
  language: Language = 'en',
): Promise<Team> {
  const owner = await visitor(browser, language === 'zh' ? '沈知行' : 'Ines Okafor', language)
  await signUp(owner)
  const { path, strategy } = await found(owner, language === 'zh' ? '勺知科技' : 'Ladleworks', template)
  const people = [owner]
  return {
    owner,
    workspace: path,
    strategy,
    async join(name, role, theirs = 'en') {
      const link = await inviteLink(owner, path, role)
      const person = await visitor(browser, name, theirs)
      await accept(person, link)
      people.push(person)
      return person
    },
    async close() {
      for (const person of people) await person.context.close()
    },
  }
}
