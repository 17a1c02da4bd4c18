import { expect, test } from '@playwright/test'
import { writeJson } from '@/lib/document/export-json/write'
import { kinds } from '@/lib/document/items/kinds'
import type { NodeJson } from '@/lib/document/json'
import { itemIdOf, node, part, withAttrs } from '@/lib/document/testing/sample'
import { itemKinds } from '@/lib/domain/strategy-item'
import { must } from '@/lib/kit/assert'
import { findings } from '../support/axe'
import { card, choose, comment, marked, noteOf } from '../support/comments'
import { type Person, team } from '../support/people'
import { chapter, open, ready, typeAtEnd } from '../support/strategy'
import { nameNow, saved } from '../support/versions'

test.describe('one change among several', () => {
  test('is put back alone while another stays, taken back, and asked about; the bar counts versions', async ({
    browser,
  }) => {
    test.slow()
    const us = await team(browser, 'blank')
    const ines = us.owner
    const tomas = await us.join('Tomás Rivas', 'partner')
    for (const { page } of [ines, tomas]) await page.setViewportSize({ width: 1440, height: 900 })
    await open(ines.page, us.strategy)
    await open(tomas.page, us.strategy)
    await typeAtEnd(ines.page, 'situation', 'Food cost is known fourteen days after the close.')
    await typeAtEnd(ines.page, 'policy', 'We sell to chains.')
    const bar = (person: Person) => person.page.locator('.version-link')
    const shown = (n: number) => ines.t('versions.ui_link', { number: n })
    await expect(bar(tomas)).toHaveText(shown(2))
    await nameNow(ines, 'Agreed')
    await expect(bar(tomas)).toHaveText(shown(2))
    await choose(ines.page, 'fourteen')
    await ines.page.keyboard.type('twelve')
    // Written on since: it will be the next one, in both pages.
    for (const person of [ines, tomas]) await expect(bar(person)).toHaveText(shown(3))
    await typeAtEnd(ines.page, 'policy', ' And to nobody else.')
    await saved(ines)

    const { page, t } = ines
    await page.goto(`${us.strategy}/versions`)
    const cost = page.locator('.ed').filter({ hasText: 'twelve' })
    const policy = page.locator('.ed').filter({ hasText: 'nobody else' })
    await expect(cost.locator('del')).toHaveText('fourteen')
    await cost.hover()
    await cost.getByRole('button', { name: t('versions.ui_put_back'), exact: true }).click()
    await expect(page.locator('.toast').filter({ hasText: t('versions.ui_put_back_done') })).toBeVisible()
    await expect(cost).toHaveCount(0)
    await expect(policy).toBeVisible()
    await expect(chapter(tomas.page, 'situation')).toContainText('fourteen days')
    await expect(chapter(tomas.page, 'policy')).toContainText('nobody else')
    await page
      .locator('.toast')
      .filter({ hasText: t('versions.ui_put_back_done') })
      .getByRole('button', { name: t('common.undo') })
      .click()
    await expect(chapter(tomas.page, 'situation')).toContainText('twelve days')
    await expect(cost).toBeVisible()

    await cost.hover()
    await cost.getByRole('button', { name: t('versions.ui_ask'), exact: true }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.locator('.asked')).toHaveText('fourteen twelve')
    expect(await findings(page), 'the dialog').toEqual([])
    await dialog.getByRole('textbox').fill('Which audit says so?')
    await dialog.getByRole('textbox').press('ControlOrMeta+Enter')
    const asked = noteOf(tomas.page, 'Which audit says so?')
    await expect(asked).toContainText('“fourteen” → “twelve”')
    const id = must(await asked.getAttribute('data-id'), 'a thread')
    await expect.poll(() => marked(tomas.page, id)).toBe('twelve')
    await page.getByRole('button', { name: t('versions.ui_asked_open') }).click()
    await expect(card(page, 'Which audit says so?')).toBeFocused()
    await us.close()
  })
})

/** A strategy with every kind of item, in every state they have. */
function everyState(): Buffer {
  const made: NodeJson[] = itemKinds
    .filter((kind) => kind !== 'positioning')
    .map((kind, i) =>
      withAttrs(
        {
          id: itemIdOf(i + 1),
          kind,
          ...(kind === 'factor' && { area: 'market', confidence: 'low', validUntil: '2024-01-31' }),
          ...(kind === 'segment' && { focus: 'yes' }),
          ...(kind === 'gap' && {
            gapKind: 'future',
            from: '10',
            to: '40',
            unit: 'stores',
            by: '2027-12-31',
          }),
          ...(kind === 'intent' && { department: 'product' }),
          ...(kind === 'handoff' && { fromDepartment: 'marketing', toDepartment: 'sales' }),
        },
        node('item', ...kinds[kind].parts.map((name) => part(name, `${name} of this ${kind}`))),
      ),
    )
  const slot = (name: string, lang: string, words: string) =>
    withAttrs({ name, lang }, node('itemPart', words))
  const positioning = withAttrs(
    // Agreed on other words than the English ones are now: the Chinese ones are behind.
    { id: itemIdOf(99), kind: 'positioning', agreed: { en: 'changed since', zh: 'changed since' } },
    node(
      'item',
      slot('whom', 'en', 'operations directors'),
      slot('problem', 'en', 'late numbers'),
      slot('solution', 'en', 'a prep order each morning'),
      slot('whom', 'zh', '营运总监'),
      slot('problem', 'zh', '数字太晚'),
      slot('solution', 'zh', '每天早上一张备货单'),
    ),
  )
  return Buffer.from(
    writeJson({
      title: 'Every state',
      language: 'en',
      at: Date.UTC(2026, 7, 14),
      properties: [],
      chapters: {
        preface: [],
        situation: made.slice(0, 1),
        difficulties: made.slice(1, 6),
        policy: [positioning, ...made.slice(6)],
        activities: [],
      },
      threads: [],
      pictures: new Map(),
    }),
  )
}

for (const dark of [false, true]) {
  test(`axe finds nothing in any state of an item (${dark ? 'dark' : 'light'})`, async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'blank')
    const { page, t } = us.owner
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
    await page.goto(`${us.workspace}/strategy`)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: everyState() })
    const dialog = page.getByRole('dialog')
    await dialog
      .getByRole('button', { name: t('exchange.import_do'), exact: true })
      .click({ timeout: 30_000 })
    await page.waitForURL(/\/strategy\/str_/, { timeout: 30_000 })
    await ready(page)
    expect(await findings(page), 'at rest, one chapter empty').toEqual([])
    await expect(page.locator('.item[data-kind="factor"]')).toContainText(/expired|31/i)
    for (const kind of itemKinds) {
      const item = page.locator(`.item[data-kind="${kind}"]`).first()
      await item.locator('.part').first().click()
      await expect(item).toBeVisible()
      expect(await findings(page), `${kind}, the caret in it`).toEqual([])
      if (kinds[kind].fields.length === 0) continue
      await page.keyboard.press('ControlOrMeta+Enter')
      await expect(page.getByRole('dialog')).toBeVisible()
      expect(await findings(page), `${kind}, its fields`).toEqual([])
      await page.keyboard.press('Escape')
    }
    await us.close()
  })
}

test('by touch at 390 px: comments rise from the edge, items have their menu', async ({ browser }) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas')
  await us.owner.page.setViewportSize({ width: 1440, height: 900 })
  await open(us.owner.page, us.strategy)
  await comment(us.owner.page, 'Outward first', 'Since when?')
  const phone = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    storageState: await us.owner.context.storageState(),
  })
  const page = await phone.newPage()
  const { t } = us.owner
  await open(page, us.strategy)
  // How much waits is said on a phone, too.
  await expect(page.locator('#threads-button')).toBeVisible()
  await expect(page.locator('#threads-button')).toContainText('1')
  const mark = page.locator('main.page mark.c').first()
  await mark.scrollIntoViewIfNeeded()
  const sheet = page.locator('.threads-panel')
  // What was said comes a moment after the words it was said about.
  await expect(async () => {
    await mark.tap()
    await expect(sheet).toContainText('Since when?', { timeout: 3_000 })
  }).toPass({ timeout: 30_000 })
  // It has risen: as wide as the screen, down to the tabs at its lower edge.
  const tabs = must(await page.locator('.tabbar').boundingBox(), 'the tabs are drawn')
  await expect
    .poll(async () => {
      const box = must(await sheet.boundingBox(), 'the sheet is drawn')
      return { gap: Math.abs(box.y + box.height - tabs.y) > 2, width: Math.round(box.width) }
    })
    .toEqual({ gap: false, width: 390 })
  await sheet.getByRole('button', { name: t('threads.reply'), exact: true }).tap()
  await sheet.getByRole('textbox').fill('Since spring.')
  await sheet.getByRole('button', { name: t('threads.send') }).tap()
  await expect(noteOf(us.owner.page, 'Since spring.')).toBeVisible()
  await sheet.getByRole('button', { name: t('common.close') }).tap()
  await expect(sheet).toHaveCount(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)

  // An item: its words, its fields, its kind.
  const pain = page.locator('.item[data-kind="pain"]').first()
  await pain.scrollIntoViewIfNeeded()
  await pain.locator('.part').first().tap()
  const head = pain.locator('[data-act]').first()
  await expect(head).toBeVisible()
  const target = must(await head.boundingBox(), 'a button is drawn')
  expect(Math.min(target.width, target.height)).toBeGreaterThanOrEqual(24)
  await head.tap()
  const opened = page.getByRole('dialog').or(page.getByRole('menu'))
  await expect(opened.first()).toBeVisible()
  const place = must(await opened.first().boundingBox(), 'it is drawn')
  expect(place.x).toBeGreaterThanOrEqual(0)
  expect(place.x + place.width).toBeLessThanOrEqual(391)
  await phone.close()
  await us.close()
})
