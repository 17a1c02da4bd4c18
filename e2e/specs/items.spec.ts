import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import type { ItemKind } from '@/lib/document/items/kinds'
import type { TextRoot } from '@/lib/document/roots'
import { findings } from '../support/axe'
import { inputMethod } from '../support/input-method'
import { type Team, team } from '../support/people'
import { chapter, open } from '../support/strategy'

const items = (page: Page, kind: ItemKind): Locator => page.locator(`.item[data-kind="${kind}"]`)
const part = (item: Locator, name: string, lang?: string): Locator =>
  item.locator(`.part[data-name="${name}"]${lang ? `:lang(${lang})` : ''}`)
const fields = (page: Page): Locator => page.getByRole('dialog')

/** A fresh line at the end of a chapter, with the caret in it. */
async function freshLine(page: Page, root: TextRoot): Promise<void> {
  await chapter(page, root).focus()
  await page.keyboard.press('ControlOrMeta+End')
  if (((await chapter(page, root).textContent()) ?? '').trim() === '') return
  await page.keyboard.press('Enter')
}

/** Chooses from the slash menu by what is typed. */
async function choose(page: Page, query: string): Promise<void> {
  await page.keyboard.type(`/${query}`)
  await expect(page.locator('.slash-menu [role=option]').first()).toBeVisible()
  await page.keyboard.press('Enter')
}

async function saved(page: Page, words: string): Promise<void> {
  await expect(page.locator('.save')).toHaveText(words)
}

test.describe('by keyboard alone, in Chinese', () => {
  test('every kind of item is written through an input method', async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'blank', 'zh')
    const { page, t } = us.owner
    await open(page, us.strategy)
    const ime = await inputMethod(page)
    /** Words as they come: syllables in sight first, the Enter of the input method among them. */
    const compose = async (syllables: string, words: string) => {
      await ime.spell(syllables)
      await ime.ownKey('Enter')
      await ime.commit(words)
    }
    const insert = async (pinyin: string) => {
      await ime.commit('、')
      await expect(page.locator('.slash-menu [role=option]').first()).toBeVisible()
      await ime.spell(pinyin)
      await ime.commit(pinyin)
      await page.keyboard.press('Enter')
    }

    await chapter(page, 'situation').focus()
    await insert('yinsu')
    await compose('shicai', '食材成本四年上涨 24%')
    await page.keyboard.press('Tab')
    await compose('tongji', '统计公报')
    await expect(part(items(page, 'factor'), 'text')).toHaveText('食材成本四年上涨 24%')
    await expect(part(items(page, 'factor'), 'source')).toHaveText('统计公报')

    await chapter(page, 'difficulties').focus()
    await insert('kequn')
    await compose('liansuo', '区域正餐连锁')
    // Enter of the page, not of the input method: to the text, and from its end to the next segment.
    await page.keyboard.press('Enter')
    await compose('shizhi', '10 至 80 家直营店')
    await page.keyboard.press('Enter')
    await compose('danti', '单体餐厅')
    await expect(items(page, 'segment')).toHaveCount(2)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await expect(items(page, 'segment')).toHaveCount(2)
    for (const [pinyin, kind, words] of [
      ['tongdian', 'pain', '外卖吃掉利润'],
      ['yangdian', 'itch', '漂亮的看板'],
      ['shuangdian', 'delight', '十秒出海报'],
      ['luocha', 'gap', '同店营收停滞'],
    ] as const) {
      await insert(pinyin)
      await compose('ci', words)
      await expect(part(items(page, kind), 'title')).toHaveText(words)
      // Out of it: an empty one of the same kind, which Backspace turns into a line.
      await page.keyboard.press('Enter')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Backspace')
      await expect(items(page, kind)).toHaveCount(1)
    }

    await chapter(page, 'policy').focus()
    await insert('dingwei')
    await compose('weishui', '餐饮连锁')
    await page.keyboard.press('Tab')
    await compose('wenti', '门店不再增长的问题')
    await page.keyboard.press('Enter')
    await compose('fangan', '一份合同')
    await expect(page.locator('.sentence').first()).toHaveText(
      '我们通过一份合同，为餐饮连锁解决门店不再增长的问题。',
    )
    await page.keyboard.press('Tab')
    await insert('yuanze')
    await compose('yi', '以收银台为准')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Backspace')
    await insert('qushe')
    await compose('bu', '不做单体餐厅')
    await expect(items(page, 'tradeoff')).toHaveCount(1)

    await chapter(page, 'activities').focus()
    await insert('bumenyitu')
    await compose('chanpin', '把最好的做法做成产品')
    await expect(items(page, 'intent')).toContainText('产品')
    await page.keyboard.press('Enter')
    await expect(items(page, 'intent').nth(1)).toContainText('市场')
    await page.keyboard.press('Backspace')
    await insert('jiaojie')
    await compose('peifang', '五家店验证过的配方')
    await expect(items(page, 'handoff')).toHaveCount(1)

    // Codes come from the server, once each.
    await expect(items(page, 'segment').locator('.code')).toHaveText(['S1', 'S2'])
    await expect(items(page, 'pain').locator('.code')).toHaveText('P1')
    await expect(items(page, 'handoff').locator('.code')).toHaveText('H1')
    await saved(page, t('common.save_saved'))

    // What was written is on the page before any script.
    const still = await us.owner.context.browser()?.newContext({
      storageState: await us.owner.context.storageState(),
      javaScriptEnabled: false,
      locale: 'zh-CN',
    })
    if (!still) throw new Error('the browser is there')
    const plain = await still.newPage()
    await plain.goto(us.strategy)
    await expect(items(plain, 'segment').first()).toHaveAttribute('aria-label', /客群 S1/)
    await expect(plain.locator('.sentence').first()).toContainText('我们通过一份合同')
    await still.close()
    await us.close()
  })

  test('fields are opened, filled and left by keys, and said aloud', async ({ browser }) => {
    const us = await team(browser, 'blank')
    const { page } = us.owner
    await open(page, us.strategy)
    await freshLine(page, 'difficulties')
    await choose(page, 'segment')
    await page.keyboard.type('Regional chains')
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(page.getByLabel('In focus', { exact: true })).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Escape')
    await expect(fields(page)).toHaveCount(0)
    await expect(chapter(page, 'difficulties')).toBeFocused()
    await expect(items(page, 'segment')).toHaveAttribute('data-focus', 'yes')
    await page.keyboard.type(', all of them')
    await expect(part(items(page, 'segment'), 'title')).toHaveText('Regional chains, all of them')

    for (let i = 0; i < 3; i++) await page.keyboard.press('Enter')
    await choose(page, 'gap')
    await page.keyboard.type('Prep variance')
    await page.keyboard.press('Alt+Enter')
    await page.getByLabel('Kind of gap').selectOption('future')
    await page.getByLabel('From', { exact: true }).fill('11.4')
    await page.getByLabel('To', { exact: true }).fill('5')
    await page.getByLabel('Unit').fill('%')
    await page.getByLabel('By when').fill('2031-12-31')
    const ime = await inputMethod(page)
    await page.getByLabel('Measure').focus()
    await ime.spell('bianyi')
    // Half-typed syllables are nobody else's business, and the input method's Enter closes nothing.
    await ime.ownKey('Enter')
    await expect(fields(page)).toBeVisible()
    await expect(items(page, 'gap')).not.toContainText('bianyi')
    await ime.commit('备货偏差')
    await page.keyboard.press('Enter')
    await expect(fields(page)).toHaveCount(0)
    await expect(items(page, 'gap').locator('.gap')).toContainText('11.4 %')
    await expect(items(page, 'gap').locator('.fact')).toHaveText(
      '6.4 points to close · by 31 Dec 2031 · 备货偏差',
    )

    await freshLine(page, 'difficulties')
    await choose(page, 'pain')
    await page.keyboard.type('Late figures')
    await page.keyboard.press('ControlOrMeta+Enter')
    await page.getByRole('checkbox', { name: /Regional chains/ }).check()
    await page.getByLabel('Severity').selectOption('high')
    await page.keyboard.press('Escape')
    await expect(items(page, 'pain').locator('.fact')).toHaveText('Felt by S1 · severe')
    // The server hands out the code a moment later.
    await expect(items(page, 'pain').locator('.code')).toHaveText('P1')
    // Coming into a part, one hears what it is.
    await page.keyboard.press('Tab')
    await page.keyboard.press('Shift+Tab')
    await expect(page.locator('[role=status]').filter({ hasText: 'Pain P1. Title' })).toHaveCount(1)
    // A pain that is an itch after all.
    await page.keyboard.press('ControlOrMeta+Enter')
    await page.getByLabel('Kind', { exact: true }).selectOption('itch')
    await page.keyboard.press('Escape')
    await expect(items(page, 'itch').locator('.code')).toHaveText('I1')
    await expect(items(page, 'pain')).toHaveCount(0)
    await us.close()
  })
})

test('two partners: one writes the words, one the fields, and both stand', async ({ browser }) => {
  const us = await team(browser, 'blank')
  const one = us.owner.page
  const other = (await us.join('沈知行', 'partner', 'zh')).page
  await open(one, us.strategy)
  await freshLine(one, 'difficulties')
  await choose(one, 'pain')
  await one.keyboard.type('Food cost')
  await open(other, us.strategy)
  await part(items(other, 'pain'), 'title').click()
  await other.keyboard.press('ControlOrMeta+Enter')
  await Promise.all([
    one.keyboard.type(' is known fourteen days too late', { delay: 20 }),
    (async () => {
      await other.getByLabel('程度').selectOption('high')
      await other.getByLabel('频率').selectOption('monthly')
    })(),
  ])
  await other.keyboard.press('Escape')
  for (const page of [one, other])
    await expect(part(items(page, 'pain'), 'title')).toHaveText('Food cost is known fourteen days too late')
  await expect(items(one, 'pain').locator('.fact')).toHaveText('severe · every month')
  await expect(items(other, 'pain').locator('.fact')).toHaveText('程度重 · 每月')

  // In the slots of the positioning the writer is named in the label.
  await freshLine(one, 'policy')
  await choose(one, 'positioning')
  await one.keyboard.type('chains')
  await part(items(other, 'positioning'), 'problem').click()
  await other.keyboard.type('late figures')
  await expect(part(items(one, 'positioning'), 'problem')).toHaveAttribute('data-writer', '沈知行')
  await expect(one.locator('.sentence').first()).toContainText('For chains, we solve late figures through')
  await expect(other.locator('.sentence').first()).toContainText('For chains, we solve late figures through')
  await us.close()
})

test('moving, cutting, copying, deleting and undoing keep every item itself, and one only', async ({
  browser,
}) => {
  const us = await team(browser, 'blank')
  const { page, context } = us.owner
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page, us.strategy)
  await freshLine(page, 'difficulties')
  await choose(page, 'pain')
  await page.keyboard.type('First')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Second')
  const codes = () => items(page, 'pain').locator('.code').allTextContents()
  const titles = () => items(page, 'pain').locator('[data-name="title"]').allTextContents()
  const ids = () => items(page, 'pain').evaluateAll((all) => all.map((one) => one.getAttribute('data-id')))
  await expect.poll(codes).toEqual(['P1', 'P2'])
  const [first, second] = await ids()

  await page.keyboard.press('Alt+Shift+ArrowUp')
  await expect.poll(titles).toEqual(['Second', 'First'])
  expect(await ids()).toEqual([second, first])
  await page.keyboard.type('!')
  await expect.poll(titles).toEqual(['Second!', 'First'])

  // Selected by its gutter and cut: it comes back as itself.
  await items(page, 'pain').first().locator('.kind').click()
  await expect(items(page, 'pain').first()).toHaveClass(/ProseMirror-selectednode/)
  await page.keyboard.press('ControlOrMeta+x')
  await expect(items(page, 'pain')).toHaveCount(1)
  await freshLine(page, 'difficulties')
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.press('Enter')
  await page.keyboard.press('ControlOrMeta+v')
  await expect.poll(titles).toEqual(['First', 'Second!'])
  expect(await ids()).toEqual([first, second])
  expect(await codes()).toEqual(['P1', 'P2'])

  // Copied: another one, under the next code.
  await items(page, 'pain').first().locator('.kind').click()
  await page.keyboard.press('ControlOrMeta+c')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('First')
  await page.keyboard.press('ArrowRight')
  await freshLine(page, 'policy')
  await page.keyboard.press('ControlOrMeta+v')
  await expect(items(page, 'pain')).toHaveCount(3)
  // Numbers may have holes: an item that stood for a moment has used one up.
  await expect.poll(async () => (await codes()).join(' ')).toMatch(/^P1 P2 P[3-9]$/)
  const all = await codes()
  expect(new Set(await ids()).size).toBe(3)

  // Deleted and undone: itself again, and its code was not given to anybody else.
  await items(page, 'pain').first().locator('.kind').click()
  await page.keyboard.press('Backspace')
  await expect(items(page, 'pain')).toHaveCount(2)
  await page.keyboard.press('ControlOrMeta+z')
  await expect.poll(codes).toEqual(all)
  expect((await ids())[0]).toBe(first)

  // Into another strategy everything is new.
  await items(page, 'pain').nth(1).locator('.kind').click()
  await page.keyboard.press('ControlOrMeta+c')
  await page.goto(`${us.workspace}/strategy`)
  await page.getByRole('button', { name: us.owner.t('strategy.new'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(us.owner.t('strategy.title_label')).fill('Another')
  await dialog.locator('input[name=template][value="blank"]').check({ force: true })
  await dialog.getByRole('button', { name: us.owner.t('strategy.create'), exact: true }).click()
  await page.waitForURL(/\/strategy\/str_/)
  await open(page, page.url())
  await freshLine(page, 'difficulties')
  await page.keyboard.press('ControlOrMeta+v')
  await expect(items(page, 'pain')).toHaveCount(1)
  await expect.poll(codes).toEqual(['P1'])
  expect(await ids()).not.toContain(second)
  await us.close()
})

test('Markdown as our files write it is items when pasted', async ({ browser }) => {
  const us = await team(browser, 'blank')
  const { page, context } = us.owner
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page, us.strategy)
  await freshLine(page, 'difficulties')
  await page.evaluate(() =>
    navigator.clipboard.writeText(
      '- **S7 Chains.** Ten stores and more.\n  - Focus: yes\n- **P9 Late figures.** Fourteen days.\n  - Felt by: S7\n',
    ),
  )
  await page.keyboard.press('ControlOrMeta+v')
  await expect(part(items(page, 'segment'), 'title')).toHaveText('Chains')
  await expect(items(page, 'segment')).toHaveAttribute('data-focus', 'yes')
  await expect(part(items(page, 'pain'), 'text')).toHaveText('Fourteen days.')
  await expect(items(page, 'pain').locator('.fact')).toHaveText('Felt by S1')
  await us.close()
})

test('an expired factor is marked and listed, and checked again in two strokes', async ({ browser }) => {
  const us = await team(browser, 'blank')
  const { page } = us.owner
  await open(page, us.strategy)
  await chapter(page, 'situation').focus()
  await page.keyboard.type('## Economy\n')
  await choose(page, 'factor')
  await page.keyboard.type('Produce inflation stays above 4% a year.')
  await expect(items(page, 'factor')).toHaveAttribute('data-home', '')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByLabel('Area')).toHaveValue('economy')
  await page.getByLabel('Checked on').fill('2025-08-12')
  await page.getByLabel('Valid until').fill('2025-09-30')
  await page.keyboard.press('Escape')
  await expect(items(page, 'factor').locator('.fact')).toContainText(
    'Expired 30 Sep 2025, last checked 12 Aug 2025',
  )
  await expect(page.locator('nav.toc').getByText('1 expired')).toBeVisible()
  await page.getByRole('button', { name: /Method/ }).click()
  const panel = page.getByRole('complementary', { name: 'What the method says' })
  await panel.getByRole('button', { name: /expired 30 Sep 2025/ }).click()
  await expect(chapter(page, 'situation')).toBeFocused()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Check again' }).click()
  await expect(page.getByLabel('Valid until')).toBeFocused()
  await page.getByLabel('Valid until').fill('2031-03-31')
  await page.keyboard.press('Escape')
  await expect(items(page, 'factor').locator('.fact')).toHaveText(
    /^Checked \d{1,2} \w{3}, holds until 31 Mar 2031$/,
  )
  await expect(page.locator('nav.toc').getByText('1 expired')).toHaveCount(0)
  await us.close()
})

test('the positioning composes in both languages, and says which one is behind', async ({ browser }) => {
  const us = await team(browser, 'restaurant-saas')
  const { page } = us.owner
  await open(page, us.strategy)
  const it = items(page, 'positioning')
  await expect(it.locator('.sentence').first()).toContainText('we solve stores that no longer grow through')
  await it.getByRole('button', { name: '中文' }).click()
  await page.keyboard.type('餐饮连锁')
  await page.keyboard.press('Tab')
  await page.keyboard.type('门店不再增长的问题')
  await page.keyboard.press('Tab')
  await page.keyboard.type('一份合同')
  await expect(it.locator('.sentence').first()).toHaveText(
    '我们通过一份合同，为餐饮连锁解决门店不再增长的问题。',
  )
  await expect(it.locator('.sentence.second')).toContainText('For restaurant chains')
  await it.getByRole('button', { name: 'They say the same' }).click()
  await expect(it.getByText('Both say the same.')).toBeVisible()

  await it.getByRole('button', { name: 'English' }).click()
  await page.keyboard.press('End')
  await page.keyboard.type(' in one province')
  await expect(it.locator('[data-behind="zh"]')).toContainText('Chinese is behind')
  await it.getByRole('button', { name: 'It still says the same' }).click()
  await expect(it.locator('[data-behind]')).toHaveCount(0)

  // A slot cites what it rests on.
  await it.getByRole('button', { name: /What “Which problem” rests on/ }).click()
  await page.getByRole('checkbox', { name: /P1 / }).check()
  await page.keyboard.press('Escape')
  await expect(it.locator('.cite a')).toHaveText(/^P1 /)
  // Having begun to cite, the line shows where it breaks.
  await expect(items(page, 'pain').nth(0)).toHaveAttribute('data-line', 'joined')
  await expect(items(page, 'pain').nth(1)).toHaveAttribute('data-line', 'missing')
  await us.close()
})

test('an empty chapter offers what it is made of', async ({ browser }) => {
  const us = await team(browser, 'blank')
  const { page } = us.owner
  await open(page, us.strategy)
  await page.locator('#c2').getByRole('button', { name: 'Segment' }).click()
  await page.keyboard.type('Chains')
  await expect(part(items(page, 'segment'), 'title')).toHaveText('Chains')
  await expect(page.locator('#c2 .prompt')).toHaveCount(0)
  await us.close()
})

for (const dark of [false, true]) {
  test(`items, fields and the read-back are accessible, ${dark ? 'dark' : 'light'}`, async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'restaurant-saas')
    const page = await themed(browser, us, dark)
    await open(page, us.strategy)
    await page.getByRole('button', { name: /Method/ }).click()
    await expect(page.getByRole('complementary', { name: 'What the method says' })).toBeVisible()
    await clean(page)
    await page.keyboard.press('Escape')
    await part(items(page, 'pain').first(), 'title').click()
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(fields(page)).toBeVisible()
    await clean(page)
    await page.context().close()
    await us.close()
  })
}

async function themed(browser: Browser, us: Team, dark: boolean): Promise<Page> {
  const context = await browser.newContext({
    storageState: await us.owner.context.storageState(),
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
  })
  return context.newPage()
}

async function clean(page: Page): Promise<void> {
  expect(await findings(page)).toEqual([])
}
