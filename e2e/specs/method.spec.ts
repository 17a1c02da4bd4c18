import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { changeMeasure } from '@/lib/commands/change-measure'
import type { Language } from '@/lib/domain/language'
import { must } from '@/lib/kit/assert'
import { type App, startApp } from '@/lib/testing/server'
import { findings } from '../support/axe'
import { acting, beside } from '../support/boards'
import { card, choose, comment, marked, noteOf } from '../support/comments'
import { PASSWORD, type Person, team, visitor } from '../support/people'
import { open, ready, typeAtEnd, wordsOf } from '../support/strategy'
import { nameNow, saved } from '../support/versions'

const SENTENCE = 'Wages rose 31%, produce 24%, menu prices 17%.'

test.describe('comments outlive', () => {
  let app: App
  test.beforeAll(async () => {
    app = await startApp({ env: { TRUST_PROXY: 'true' } })
  })
  test.afterAll(async () => {
    await app?.discard()
  })

  test('a crash of the server, and a restored version', async ({ browser }) => {
    test.slow()
    const ines = await visitor(browser, 'Ines Okafor')
    const { page, t } = ines
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(`${app.url}/sign-up`)
    await page.getByLabel(t('auth.name'), { exact: true }).fill(ines.name)
    await page.getByLabel(t('auth.email'), { exact: true }).fill(ines.email)
    await page.getByLabel(t('auth.password'), { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: t('auth.sign_up'), exact: true }).click()
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-up'))
    await page.goto(`${app.url}/new`)
    await page.getByLabel(t('people.company'), { exact: true }).fill('Ladleworks')
    await page.locator('input[name=template][value="blank"]').check({ force: true })
    await page.getByRole('button', { name: t('people.create'), exact: true }).click()
    await page.waitForURL((url) => url.pathname !== '/new')
    await page.goto(`${new URL(page.url()).origin}/${new URL(page.url()).pathname.split('/')[1]}/strategy`)
    const strategy = must(await page.locator('.strategies h2 a').first().getAttribute('href'), 'a strategy')

    await open(page, app.url + strategy)
    await typeAtEnd(page, 'situation', SENTENCE)
    await nameNow(ines, 'Agreed')
    await comment(page, 'produce 24%', 'Which produce?')
    const id = must(await noteOf(page, 'Which produce?').getAttribute('data-id'), 'a thread')
    await saved(ines)
    const { port } = new URL(app.url)
    await app.kill()
    app = await startApp({ env: { TRUST_PROXY: 'true', PORT: port }, dataDir: app.dataDir })

    await open(page, app.url + strategy)
    await expect(noteOf(page, 'Which produce?')).toBeVisible()
    expect(await marked(page, id)).toBe('produce 24%')
    // What is written after the crash goes, the comment begun after the version stays.
    await typeAtEnd(page, 'situation', ' Rents did not.')
    await saved(ines)
    await page.goto(`${app.url}${strategy}/versions`)
    await page.getByRole('button', { name: t('versions.ui_restore', { number: 2 }) }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('versions.ui_restore_do') })
      .click()
    await expect(page.locator('.toast').filter({ hasText: '2' })).toBeVisible()
    await open(page, app.url + strategy)
    expect(await wordsOf(page, 'situation')).toBe(SENTENCE)
    expect(await marked(page, id)).toBe('produce 24%')
    await expect(noteOf(page, 'Which produce?')).toBeVisible()
    await ines.context.close()
  })
})

test.describe('suggesting', () => {
  test('hears the discussion of the strategy, and says where new words are discussed', async ({
    browser,
  }) => {
    test.slow()
    const us = await team(browser, 'blank')
    const ines = us.owner
    const max = await us.join('Max Lead', 'manager')
    for (const { page } of [ines, max]) await page.setViewportSize({ width: 1440, height: 900 })
    await open(ines.page, us.strategy)
    await typeAtEnd(ines.page, 'situation', SENTENCE)
    await saved(ines)
    await open(max.page, us.strategy)
    await max.page.getByRole('button', { name: max.t('suggest.mode_suggest'), exact: true }).click()
    await max.page.waitForURL(/mode=suggest/)
    await ready(max.page)
    await expect(ines.page.locator('#proposals-button')).toHaveCount(0)
    // Said in the strategy's room; heard in the branch's.
    await comment(ines.page, 'menu prices', 'Since when?')
    await expect(noteOf(max.page, 'Since when?')).toBeVisible()
    await comment(max.page, 'Wages', 'All of them?')
    await expect(noteOf(ines.page, 'All of them?')).toBeVisible()
    await typeAtEnd(max.page, 'situation', ' Rents fell.')
    await saved(max)
    await choose(max.page, 'Rents fell')
    await max.page.keyboard.press('Control+Alt+m')
    await max.page.locator('.thread.begun textarea').fill('Here?')
    await max.page.locator('.thread.begun textarea').press('ControlOrMeta+Enter')
    await expect(max.page.locator('.toast').last()).toContainText(max.t('refusal.words_suggested'))
    await expect(ines.page.locator('#proposals-button')).toHaveText(ines.t('suggest.bar', { n: 1 }))
    await us.close()
  })
})

test('an adviser edits by no action and no route', async ({ browser }) => {
  test.slow()
  const us = await team(browser, 'blank')
  const { owner } = us
  await open(owner.page, us.strategy)
  await typeAtEnd(owner.page, 'situation', SENTENCE)
  await saved(owner)
  const adviser = await us.join('Hanna Berg', 'adviser')
  await owner.page.goto(`${us.strategy}/access`)
  await owner.page.getByRole('combobox', { name: /Hanna Berg/ }).selectOption('comment')
  await expect(owner.page.getByText(owner.t('strategy.access_saved')).last()).toBeVisible()
  const id = must(/str_[0-9a-z]{26}/.exec(us.strategy)?.[0], 'the path names the strategy')
  const slug = us.workspace.slice(1)

  // The very calls an editor's page makes, sent with the adviser's session.
  await open(owner.page, us.strategy)
  const calls: { url: string; action: string; body: string }[] = []
  owner.page.on('request', (request) => {
    const action = request.headers()['next-action']
    const body = request.postData()
    if (action && body) calls.push({ url: request.url(), action, body })
  })
  await nameNow(owner, 'Agreed')
  await owner.page.goto(`${us.strategy}/versions`)
  await typeElsewhere(owner)
  await owner.page.goto(`${us.strategy}/versions?from=2&to=now`)
  await owner.page.getByRole('button', { name: owner.t('versions.ui_restore', { number: 2 }) }).click()
  await owner.page
    .getByRole('dialog')
    .getByRole('button', { name: owner.t('versions.ui_restore_do') })
    .click()
  await expect(owner.page.locator('.toast').filter({ hasText: '2' })).toBeVisible()
  const writes = calls.filter(({ body }) => body.includes(id) && /"name"|"version"/.test(body))
  expect(writes.length).toBeGreaterThanOrEqual(2)
  const before = await (await owner.page.request.get(`${us.strategy}/export/json`)).json()
  const latest = await owner.page.request.get(`${us.strategy}/versions`)
  for (const { url, action, body } of writes) {
    const answer = await adviser.page.request.post(url, {
      headers: {
        'next-action': action,
        'content-type': 'text/plain;charset=UTF-8',
        origin: new URL(url).origin,
      },
      data: body,
    })
    expect(answer.status(), body).toBe(403)
    expect(await answer.text()).toContain('not_allowed')
  }
  const api = `/api/workspaces/${slug}/strategies/${id}`
  const file = Buffer.from('# Another plan\n\n## Policy\n\nBy the route.')
  const language = await adviser.page.request.post(`${api}/language`, {
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': 'x.md' },
    data: file,
  })
  expect(language.status()).toBe(403)
  // Read and comment, yes; and what is written is what it was.
  expect((await adviser.page.request.get(`${api}/threads`)).status()).toBe(200)
  const after = await (await owner.page.request.get(`${us.strategy}/export/json`)).json()
  expect(after.chapters).toEqual(before.chapters)
  expect(after.title).toBe(before.title)
  expect(
    (await (await owner.page.request.get(`${us.strategy}/versions`)).text()).match(/\/versions\?from=\d+/g),
  ).toEqual((await latest.text()).match(/\/versions\?from=\d+/g))
  await us.close()

  async function typeElsewhere(person: Person) {
    await open(person.page, us.strategy)
    await typeAtEnd(person.page, 'policy', 'Something else.')
    await saved(person)
  }
})

for (const language of ['en', 'zh'] as const) {
  test(`the positioning in the other language is added from its file (${language})`, async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'restaurant-saas', language)
    const { page, t } = us.owner
    const other: Language = language === 'en' ? 'zh' : 'en'
    await open(page, us.strategy)
    await page.getByRole('button', { name: t('exchange.ui_share'), exact: true }).click()
    await page.getByRole('menuitem', { name: t(`exchange.ui_language_add_${other}`) }).click()
    const dialog = page.getByRole('dialog')
    const file = readFileSync(
      path.resolve(import.meta.dirname, `../../lib/document/templates/restaurant-saas.${other}.md`),
    )
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: `plan.${other}.md`, mimeType: 'text/markdown', buffer: file })
    await expect(dialog.locator('.facts li').first()).toBeVisible({ timeout: 30_000 })
    expect(await findings(page), 'the dialog').toEqual([])
    await dialog.getByRole('button', { name: t('exchange.ui_language_do'), exact: true }).click()
    await expect(page.locator('.toast').last()).toBeVisible({ timeout: 40_000 })
    const item = page.locator('.item[data-kind="positioning"]')
    await expect(item).toContainText(other === 'zh' ? /[\u4e00-\u9fff]{6}/ : /[A-Za-z]{4} [a-z]+/)
    // What was there stays a version.
    await page.goto(`${us.strategy}/versions`)
    await expect(page.locator('.vers')).toContainText(t('versions.kind_before_import'))
    await us.close()
  })
}

test('an argument is watched on a measure', async ({ browser }) => {
  const us = await team(browser, 'restaurant-saas')
  const { page, t } = us.owner
  await page.setViewportSize({ width: 1440, height: 900 })
  await beside(async (store) => {
    const ines = await acting(store, us.owner, us.workspace)
    await changeMeasure(ines, { change: { do: 'add', fields: { name: 'Gross margin' } } })
  })
  await open(page, us.strategy)
  await comment(page, 'stores that no longer grow', 'Below 20 stores we lose money.')
  const note = noteOf(page, 'Below 20 stores')
  await note.getByRole('button', { name: t('threads.resolve_ask') }).click()
  await note.getByLabel(t('threads.outcome_watch')).check()
  await note.getByLabel(t('threads.reason_watch')).fill('they stay below 8% margin')
  await note.getByLabel(t('threads.until')).fill('2027-09-29')
  await note.getByLabel(t('threads.watched_on')).selectOption({ label: 'Gross margin' })
  await note.getByRole('button', { name: t('threads.resolve'), exact: true }).click()
  const ended = card(page, 'Below 20 stores').locator('.ended')
  await expect(ended.getByRole('link', { name: 'Gross margin' })).toHaveAttribute('href', /\/measures\/mea_/)
  await us.close()
})
