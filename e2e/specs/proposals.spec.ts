import { expect, type Page, test } from '@playwright/test'
import { findings } from '../support/axe'
import { inputMethod } from '../support/input-method'
import { type Person, type Team, team } from '../support/people'
import { chapter, open, ready, typeAtEnd } from '../support/strategy'

const SENTENCE = 'They learn their food cost fourteen days after the month has closed.'

/** What a chapter says itself, without what is drawn over it. */
function wordsOf(page: Page, root: 'situation' | 'policy'): Promise<string> {
  return chapter(page, root).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement
    for (const drawn of copy.querySelectorAll('.there, .sg-block, .cur')) drawn.remove()
    return [...copy.children].map((block) => block.textContent ?? '').join('\n')
  })
}

/** Gives somebody the right to comment in the strategy, and no more. */
async function letComment(us: Team, person: Person): Promise<void> {
  const { page, t } = us.owner
  await page.goto(`${us.strategy}/access`)
  const row = page.getByLabel(person.name, { exact: true })
  await row.selectOption('comment')
  await expect(page.getByText(t('strategy.access_saved')).last()).toBeVisible()
}

async function suggest(person: Person, path: string): Promise<void> {
  await open(person.page, path)
  await person.page.getByRole('button', { name: person.t('suggest.mode_suggest'), exact: true }).click()
  await person.page.waitForURL(/mode=suggest/)
  await ready(person.page)
  await expect(person.page.locator('.save')).toHaveText(person.t('common.save_saved'))
}

/** Chooses words of a chapter by hand and types others instead. */
async function replace(page: Page, root: 'situation' | 'policy', words: string, instead: string) {
  await choose(page, root, words)
  await page.keyboard.type(instead, { delay: 15 })
}

async function choose(page: Page, root: 'situation' | 'policy', words: string) {
  await chapter(page, root).focus()
  const found = await chapter(page, root).evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const from = node.nodeValue?.indexOf(wanted) ?? -1
      if (from < 0 || node.parentElement?.closest('.there')) continue
      document.getSelection()?.setBaseAndExtent(node, from, node, from + wanted.length)
      return true
    }
    return false
  }, words)
  expect(found, words).toBe(true)
  // The editor reads the selection with the browser's own event.
  await page.waitForTimeout(80)
}

async function clean(page: Page): Promise<void> {
  expect(await findings(page, 'main.page', '.modes', '.sg-panel')).toEqual([])
}

async function saved(person: Person): Promise<void> {
  await expect(person.page.locator('.save')).toHaveText(person.t('common.save_saved'))
}

async function panel(person: Person) {
  const { page, t } = person
  await page.locator('#proposals-button').click()
  const list = page.getByRole('complementary', { name: t('suggest.panel') })
  await expect(list).toBeVisible()
  return list
}

test.describe('proposed edits', () => {
  test('an adviser suggests; one is accepted while the sentence is being changed, one is rejected', async ({
    browser,
  }) => {
    test.slow()
    const us = await team(browser, 'blank')
    const ines = us.owner
    const tomas = await us.join('Tomás Rivas', 'partner')
    const ada = await us.join('Ada Viser', 'adviser')
    await letComment(us, ada)
    await open(ines.page, us.strategy)
    await typeAtEnd(ines.page, 'situation', SENTENCE)
    await ines.page.keyboard.press('Enter')
    await ines.page.keyboard.type('Wages rose by a third. Produce rose by a quarter.')
    await saved(ines)

    // The strategy is hers to read; the text takes no key.
    await open(ada.page, us.strategy)
    await expect(chapter(ada.page, 'situation')).toHaveAttribute('contenteditable', 'false')
    await suggest(ada, us.strategy)
    await replace(ada.page, 'situation', 'fourteen', 'twelve')
    await replace(ada.page, 'situation', 'a third', 'half')
    await replace(ada.page, 'situation', 'a quarter', 'a fifth')
    await saved(ada)
    // Her own page marks what is hers.
    await expect(chapter(ada.page, 'situation').locator('ins.sg')).toHaveCount(3)

    // Both others see it drawn over the text, and neither document has a word of it.
    await open(tomas.page, us.strategy)
    for (const { page } of [ines, tomas]) {
      await expect(chapter(page, 'situation').locator('ins.there')).toHaveText(['twelve', 'half', 'fifth'])
      await expect(chapter(page, 'situation').locator('del.sg')).toHaveText([
        'fourteen',
        'a third',
        'quarter',
      ])
      expect(await wordsOf(page, 'situation')).toContain(SENTENCE)
    }
    const html = await (await ines.page.request.get(us.strategy)).text()
    expect(html).not.toContain('twelve')

    // Tomás writes in the sentence while Ines accepts the change in it.
    const list = await panel(ines)
    const card = list.locator('.sg-card', { hasText: 'twelve' })
    await clean(ines.page)
    await ines.page.emulateMedia({ colorScheme: 'dark' })
    await clean(ines.page)
    await ines.page.emulateMedia({ colorScheme: 'light' })
    await choose(tomas.page, 'situation', 'closed')
    await tomas.page.keyboard.press('ArrowRight')
    const [, answer] = await Promise.all([
      tomas.page.keyboard.type(' and the books are done', { delay: 25 }),
      card.getByRole('button', { name: ines.t('suggest.accept'), exact: true }).click(),
    ])
    expect(answer).toBeUndefined()
    const both = 'They learn their food cost twelve days after the month has closed and the books are done.'
    for (const { page } of [ines, tomas])
      await expect.poll(() => wordsOf(page, 'situation'), { timeout: 15_000 }).toContain(both)
    expect(await wordsOf(ines.page, 'situation')).toBe(await wordsOf(tomas.page, 'situation'))
    await expect(list.locator('.sg-card')).toHaveCount(2)

    // One is rejected, by key; one of three is left, on her page too.
    await list.locator('.sg-card', { hasText: 'half' }).focus()
    await ines.page.keyboard.press('r')
    await expect(list.locator('.sg-card')).toHaveCount(1)
    await expect(chapter(ada.page, 'situation').locator('ins.sg')).toHaveText(['fifth'])
    await expect.poll(() => wordsOf(ada.page, 'situation')).toContain(both)
    await expect.poll(() => wordsOf(ada.page, 'situation')).toContain('Wages rose by a third.')
    expect(await wordsOf(tomas.page, 'situation')).toContain(
      'Wages rose by a third. Produce rose by a quarter.',
    )

    // An argument about the last one.
    const last = list.locator('.sg-card')
    await last.getByRole('button', { name: ines.t('suggest.discuss') }).click()
    await last.getByRole('textbox').fill('Where is that from?')
    await last.getByRole('button', { name: ines.t('suggest.send') }).click()
    await expect(last.getByRole('button', { name: ines.t('suggest.discussion') })).toBeVisible()
    await expect(chapter(tomas.page, 'situation').locator('mark.c')).toHaveText('quarter')
    await us.close()
  })

  test('in Chinese, through an input method; all of it is accepted; then it is withdrawn', async ({
    browser,
  }) => {
    test.slow()
    const us = await team(browser, 'blank', 'zh')
    const zhixing = us.owner
    const liangxi = await us.join('梁溪', 'manager', 'zh')
    await open(zhixing.page, us.strategy)
    await typeAtEnd(zhixing.page, 'situation', '食材成本四年上涨。')
    await saved(zhixing)

    await suggest(liangxi, us.strategy)
    await chapter(liangxi.page, 'situation').focus()
    await liangxi.page.keyboard.press('ControlOrMeta+End')
    const ime = await inputMethod(liangxi.page)
    // What others write meanwhile does not end the composition.
    await ime.spell('renli')
    await typeAtEnd(zhixing.page, 'policy', '我们不做收银机。')
    await ime.ownKey('Enter')
    await ime.commit('人力成本也在上涨。')
    await ime.spell('zujin')
    await ime.commit('租金没有。')
    await saved(liangxi)
    await expect(chapter(liangxi.page, 'situation')).toContainText(
      '食材成本四年上涨。人力成本也在上涨。租金没有。',
    )
    await expect(chapter(liangxi.page, 'policy')).toContainText('我们不做收银机。')
    await expect(chapter(zhixing.page, 'situation').locator('ins.there')).toHaveText(
      '人力成本也在上涨。租金没有。',
    )

    const list = await panel(zhixing)
    await list.getByRole('button', { name: zhixing.t('suggest.accept_all', { n: 1 }) }).click()
    await expect
      .poll(() => wordsOf(zhixing.page, 'situation'))
      .toBe('食材成本四年上涨。人力成本也在上涨。租金没有。')
    await expect(list.locator('.sg-card')).toHaveCount(0)
    await expect
      .poll(() => wordsOf(liangxi.page, 'situation'))
      .toBe('食材成本四年上涨。人力成本也在上涨。租金没有。')

    // She goes on in the same proposal, and thinks better of it.
    await typeAtEnd(liangxi.page, 'situation', '算了。')
    await saved(liangxi)
    await expect(list.locator('.sg-card')).toHaveCount(1)
    const own = await panel(liangxi)
    await own.getByRole('button', { name: liangxi.t('suggest.withdraw') }).click()
    await liangxi.page
      .getByRole('dialog')
      .getByRole('button', { name: liangxi.t('suggest.withdraw') })
      .click()
    await liangxi.page.waitForURL((url) => !url.search.includes('suggest'))
    await expect(list.locator('.sg-card')).toHaveCount(0)
    await expect(chapter(liangxi.page, 'situation')).not.toContainText('算了')
    await us.close()
  })

  test('a slot is suggested; partners stand behind a wording until it changes', async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'blank')
    const ines = us.owner
    const tomas = await us.join('Tomás Rivas', 'partner')
    await open(ines.page, us.strategy)
    await chapter(ines.page, 'policy').focus()
    await ines.page.keyboard.type('/positioning')
    await expect(ines.page.locator('.slash-menu [role=option]').first()).toBeVisible()
    await ines.page.keyboard.press('Enter')
    await ines.page.keyboard.type('operations directors')
    await ines.page.keyboard.press('Tab')
    await ines.page.keyboard.type('late numbers')
    await ines.page.keyboard.press('Tab')
    await ines.page.keyboard.type('a prep order each morning')
    await saved(ines)

    const signs = (page: Page) => page.locator('.signs')
    await expect(signs(ines.page)).toContainText(ines.t('suggest.signs_nobody'))
    await ines.page.getByRole('button', { name: ines.t('suggest.sign'), exact: true }).click()
    await expect(signs(ines.page).locator('.seal.full')).toHaveText(['IO'])
    await open(tomas.page, us.strategy)
    await expect(signs(tomas.page).locator('.seal.full')).toHaveText(['IO'])
    await expect(signs(tomas.page).locator('.seal.none')).toHaveText(['TR'])

    // A partner may suggest as well: the slot, as such.
    await suggest(tomas, us.strategy)
    await replace(tomas.page, 'policy', 'late numbers', 'numbers that come too late')
    await saved(tomas)
    await expect(signs(ines.page).locator('.seal.full')).toHaveText(['IO'])
    const list = await panel(ines)
    await list
      .locator('.sg-card')
      .getByRole('button', { name: ines.t('suggest.accept'), exact: true })
      .click()
    await expect.poll(() => wordsOf(ines.page, 'policy')).toContain('numbers that come too late')

    // The name stood under other words.
    await expect(signs(ines.page).locator('.seal.full')).toHaveCount(0, { timeout: 15_000 })
    await expect(signs(ines.page)).toContainText(ines.t('suggest.signs_nobody'))
    await expect(ines.page.locator('.signs-acts a')).toHaveAttribute('href', /versions\?from=\d+&to=now/)
    await ines.page.getByRole('button', { name: ines.t('suggest.sign_again'), exact: true }).click()
    await expect(signs(ines.page).locator('.seal.full')).toHaveText(['IO'])
    await ines.page.getByRole('button', { name: ines.t('suggest.sign_take_back'), exact: true }).click()
    await expect(signs(ines.page).locator('.seal.full')).toHaveCount(0)
    await us.close()
  })
})
