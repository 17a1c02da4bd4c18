import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { acting, beside, cardOf, exampleBoards, openBoard, staffIn } from '../support/boards'
import { inputMethod } from '../support/input-method'
import { type Person, type Team, team } from '../support/people'

const CALCULATOR = 'Payback calculator: six months or not'
const MASCOT = 'A mascot for the website'
const HOTLINE = 'Free hotline for single restaurants'

const panelOf = (page: Page): Locator => page.locator('.activity-panel')
const part = (person: Person, name: string): Locator =>
  panelOf(person.page)
    .locator('.part')
    .filter({ has: person.page.getByRole('heading', { name }) })

/** Opens a card on a board by its link, and waits until its panel stands. */
async function openCard(page: Page, board: string, title: string): Promise<Locator> {
  await openBoard(page, board)
  await cardOf(page, title).getByRole('link', { name: title, exact: true }).click()
  const panel = panelOf(page)
  await expect(panel.getByRole('heading', { level: 2, name: title })).toBeVisible({ timeout: 20_000 })
  return panel
}

/** Where the text of the description is written, once it may be. */
async function text(person: Person): Promise<Locator> {
  const field = panelOf(person.page).getByRole('textbox', { name: person.t('activity.description') })
  await expect(field).toHaveAttribute('contenteditable', 'true', { timeout: 20_000 })
  return field
}

async function example(browser: Browser, language: 'en' | 'zh' = 'en'): Promise<Team> {
  const us = await team(browser, 'restaurant-saas', language)
  return us
}

test.describe('the panel of an activity', () => {
  test('two write one description; a tick and a title by one are seen by the other', async ({ browser }) => {
    test.slow()
    const us = await example(browser)
    const ines = us.owner
    const mei = await us.join('Mei Tan', 'member')
    const { marketing } = await exampleBoards(us)
    await staffIn(us, mei, 'marketing')
    const mine = await openCard(ines.page, marketing, CALCULATOR)
    const hers = await openCard(mei.page, marketing, CALCULATOR)

    const [one, two] = [await text(ines), await text(mei)]
    await one.click()
    await ines.page.keyboard.type('Six months, proven in three stores. ')
    await expect(two).toContainText('Six months, proven in three stores.')
    await two.click()
    await mei.page.keyboard.press('Control+End')
    await mei.page.keyboard.type('Ask Tomas for the tills.')
    await expect(one).toContainText('Six months, proven in three stores. Ask Tomas for the tills.')
    // Who writes is said in words, with a caret in the text.
    await expect(mine.locator('.description .writers')).toHaveText(
      ines.t('activity.writing', { names: 'Mei Tan' }),
    )
    await expect(mine.locator('.description .carets .cur')).toBeVisible()
    await expect(hers.locator('.description .save')).toHaveText(mei.t('common.save_saved'))

    // Each sees that the other looks.
    await expect(
      mine.locator('header').getByRole('img', { name: ines.t('activity.looking', { names: 'Mei Tan' }) }),
    ).toBeVisible()

    const step = 'Result can be printed'
    await hers.getByRole('checkbox', { name: step }).check()
    await expect(mine.getByRole('checkbox', { name: step })).toBeChecked()
    await expect(mine.getByText(ines.t('activity.steps_done', { done: 2, of: 2 }))).toBeVisible()

    await hers.getByRole('button', { name: CALCULATOR, exact: true }).click()
    const title = hers.getByRole('textbox', { name: mei.t('activity.title') })
    await title.fill('Payback calculator: five months')
    await title.press('Enter')
    await expect(mine.getByRole('heading', { level: 2 })).toHaveText('Payback calculator: five months')

    // What was written is there for whoever opens the link, before any script.
    const link = ines.page.url()
    const html = await (await ines.page.request.get(link)).text()
    expect(html).toContain('Six months, proven in three stores. Ask Tomas for the tills.')
    expect(html).toContain('Payback calculator: five months')
    // And history says who did what.
    await mine.locator('summary').click()
    await expect(mine.locator('.history')).toContainText(`Mei Tan ticked “${step}”`)
    await us.close()
  })

  test('a hand-off is declined with a sentence, offered again, accepted and delivered', async ({
    browser,
  }) => {
    test.slow()
    const us = await example(browser)
    const mei = await us.join('Mei Tan', 'member')
    const luo = await us.join('Luo Jing', 'member')
    const { product, sales } = await exampleBoards(us)
    await staffIn(us, mei, 'product')
    await staffIn(us, luo, 'sales')
    const giving = await openCard(mei.page, product, "New skin for the owner's dashboard")
    await giving.getByRole('button', { name: mei.t('activity.offer') }).click()
    await giving.getByLabel(mei.t('activity.offer_what')).fill('Screens for the store check')
    await giving.getByRole('button', { name: mei.t('activity.offer_choose') }).click()
    const list = mei.page.getByRole('dialog', { name: mei.t('activity.offer_find') })
    await list.getByRole('combobox').fill('delivery-loss')
    await list.getByRole('option', { name: 'Delivery-loss audit as a door opener' }).waitFor()
    await mei.page.keyboard.press('Enter')
    await giving.getByRole('button', { name: mei.t('activity.offer_send'), exact: true }).click()
    const given = giving.locator('.row-card').filter({ hasText: 'Screens for the store check' })
    await expect(given).toContainText(mei.t('activity.hand_off_offered'))

    const getting = await openCard(luo.page, sales, 'Delivery-loss audit as a door opener')
    const got = getting.locator('.row-card').filter({ hasText: 'Screens for the store check' })
    // The giver's own words are the giver's: here one may only answer.
    await expect(got.getByRole('button', { name: luo.t('activity.withdraw') })).toHaveCount(0)
    await got.getByRole('button', { name: luo.t('activity.decline') }).click()
    await got.getByLabel(luo.t('activity.decline_why')).fill('Only with the kitchen view')
    await got.getByRole('button', { name: luo.t('activity.decline'), exact: true }).click()
    await expect(given).toContainText(mei.t('activity.hand_off_declined'))
    await expect(given.locator('blockquote')).toHaveText('Only with the kitchen view')

    await given.getByRole('button', { name: mei.t('activity.offer_again') }).click()
    await expect(got).toContainText(luo.t('activity.hand_off_offered'))
    await got.getByRole('button', { name: luo.t('activity.accept'), exact: true }).click()
    await expect(given).toContainText(mei.t('activity.hand_off_accepted'))
    await given.getByRole('button', { name: mei.t('activity.deliver') }).click()
    await expect(got).toContainText(luo.t('activity.hand_off_delivered'))

    // Relations: this one blocks the other; the other way round would close a circle.
    await giving.getByRole('button', { name: mei.t('activity.way_blocks'), exact: true }).click()
    const blocks = mei.page.getByRole('dialog', { name: mei.t('activity.find_blocks') })
    await blocks.getByRole('combobox').fill('Animated')
    await blocks.getByRole('option', { name: 'Animated menu templates' }).click()
    await expect(part(mei, mei.t('activity.relations'))).toContainText('Animated menu templates')
    await giving.getByRole('button', { name: mei.t('activity.way_blocked_by'), exact: true }).click()
    const blocked = mei.page.getByRole('dialog', { name: mei.t('activity.find_blocked_by') })
    await blocked.getByRole('combobox').fill('Animated')
    await blocked.getByRole('option', { name: 'Animated menu templates' }).click()
    await expect(mei.page.locator('.toast').last()).toContainText(mei.t('refusal.blocks_itself'))
    await us.close()
  })

  test('a missing link is connected from a list, and the card shows it; Undo takes it away', async ({
    browser,
  }) => {
    const us = await example(browser)
    const ines = us.owner
    const { marketing } = await exampleBoards(us)
    const panel = await openCard(ines.page, marketing, MASCOT)
    await expect(panel.getByText(ines.t('activity.pet_project'))).toBeVisible()
    const card = cardOf(ines.page, MASCOT)
    const before = await card.locator('.trace').getAttribute('aria-label')

    await panel.getByRole('button', { name: ines.t('activity.connect_difficulty') }).click()
    const list = ines.page.getByRole('dialog', { name: ines.t('activity.find_difficulty') })
    await list.getByRole('combobox').fill('P1')
    await ines.page.keyboard.press('Enter')
    await ines.page.keyboard.press('Escape')
    await expect(panel.locator('.why .k-d')).toContainText('which hour')
    await expect(panel.locator('.why .k-d .w')).toHaveAttribute('href', /#itm_/)
    await expect(card.locator('.trace')).not.toHaveAttribute('aria-label', before ?? '')
    // Esc closed the list, not the panel; once more closes the panel and gives the focus back.
    await expect(panel).toBeVisible()

    // A measure that is not there yet is made where it is missed.
    await panel.getByRole('button', { name: ines.t('activity.connect_measure') }).click()
    const measures = ines.page.getByRole('dialog', { name: ines.t('activity.find_measure') })
    await measures.getByRole('combobox').fill('Visitors who ask for a demo')
    await ines.page.keyboard.press('Enter')
    const form = ines.page.getByRole('dialog', { name: ines.t('activity.new_measure') })
    await form.getByLabel(ines.t('activity.measure_unit')).fill('%')
    await form.getByRole('button', { name: ines.t('activity.measure_create') }).click()
    await expect(panel.locator('.why .k-m')).toContainText('Visitors who ask for a demo')

    await panel.locator('.why .k-d .station').hover()
    await panel.locator('.why .k-d .unlink').click()
    await expect(panel.getByRole('button', { name: ines.t('activity.connect_difficulty') })).toBeVisible()
    await ines.page
      .locator('.toast')
      .last()
      .getByRole('button', { name: ines.t('common.undo') })
      .click()
    await expect(panel.locator('.why .k-d')).toContainText('which hour')
    await us.close()
  })

  test('a comment mentions somebody; a viewer reads everything and changes nothing', async ({ browser }) => {
    test.slow()
    const us = await example(browser)
    const ines = us.owner
    const vera = await us.join('Vera Ito', 'viewer')
    const { success } = await exampleBoards(us)
    const panel = await openCard(ines.page, success, HOTLINE)
    const field = panel.getByRole('textbox', { name: ines.t('activity.comment_hint') })
    await field.click()
    await ines.page.keyboard.type('Is this still ours, @Ver')
    await panel.getByRole('option', { name: 'Vera Ito' }).waitFor()
    await ines.page.keyboard.press('Enter')
    await ines.page.keyboard.type('?')
    await ines.page.keyboard.press('Control+Enter')
    const said = panel.locator('.thread .c').filter({ hasText: 'Is this still ours' })
    await expect(said.locator('mark')).toHaveText('@Vera Ito')
    await expect(field).toHaveValue('')

    const hers = await openCard(vera.page, success, HOTLINE)
    await expect(hers).toContainText(
      vera.t('activity.reads', { department: vera.t('common.department_success') }),
    )
    await expect(hers.locator('.thread mark')).toHaveText('@Vera Ito')
    await expect(hers.locator('.why .k-d')).toContainText(vera.t('activity.kind_segment'))
    // Nothing to write in and nothing to press but what reads, goes or closes.
    await expect(hers.getByRole('textbox')).toHaveCount(0)
    await expect(hers.locator('.facts button')).toHaveCount(0)
    for (const name of ['connect_policy', 'offer', 'attach', 'add_step', 'way_blocks'] as const)
      await expect(hers.getByRole('button', { name: vera.t(`activity.${name}`) })).toHaveCount(0)
    for (const box of await hers.getByRole('checkbox').all()) await expect(box).toBeDisabled()

    // Deleting is undone where it was done.
    const more = said.getByRole('button', { name: ines.t('activity.comment_more', { name: 'Ines Okafor' }) })
    // Other words, and the way back to the first ones.
    const first = (await said.locator('.words').textContent()) ?? ''
    await more.click()
    await ines.page.getByRole('menuitem', { name: ines.t('activity.comment_edit') }).click()
    const again = panel.getByRole('textbox', { name: ines.t('activity.comment_edit') })
    await again.fill('Other words.')
    await again.press('ControlOrMeta+Enter')
    await expect(panel.locator('.c .words').first()).toHaveText('Other words.')
    await ines.page
      .locator('.toast', { hasText: ines.t('activity.said_comment_edited') })
      .getByRole('button', { name: ines.t('common.undo') })
      .click()
    await expect(panel.locator('.c .words').first()).toHaveText(first)
    await more.click()
    await ines.page.getByRole('menuitem', { name: ines.t('activity.comment_delete') }).click()
    await expect(said).toHaveCount(0)
    await expect(hers.locator('.thread')).toHaveCount(0)
    await ines.page
      .locator('.toast')
      .last()
      .getByRole('button', { name: ines.t('common.undo') })
      .click()
    await expect(hers.locator('.thread mark')).toHaveText('@Vera Ito')
    await us.close()
  })

  test('in Chinese: a title and a step composed with Enter are saved once, at the second Enter', async ({
    browser,
  }) => {
    const us = await example(browser, 'zh')
    const zhi = us.owner
    const { success } = await exampleBoards(us)
    const title = await beside(async (store) => {
      const context = await acting(store, zhi, us.workspace)
      const boards = await store.read.boards.list(context.actor.workspaceId)
      const [board] = boards.filter(({ kind }) => kind === 'success')
      const [first] = await store.read.activities.onBoards(board ? [board.id] : [])
      return first?.title ?? ''
    })
    const panel = await openCard(zhi.page, success, title)
    await panel.getByRole('button', { name: title, exact: true }).click()
    const field = panel.getByRole('textbox', { name: zhi.t('activity.title') })
    await field.fill('')
    const ime = await inputMethod(zhi.page)
    await ime.spell('fuwu')
    await ime.ownKey('Enter')
    await ime.commit('服务热线')
    await expect(field).toHaveValue('服务热线')
    await field.press('Enter')
    await expect(panel.getByRole('heading', { level: 2 })).toHaveText('服务热线')
    await expect(cardOf(zhi.page, '服务热线')).toBeVisible()

    const add = panel.getByRole('textbox', { name: zhi.t('activity.add_step') })
    await add.click()
    await ime.spell('dahui')
    await ime.ownKey('Enter')
    await ime.commit('打回电话')
    await expect(panel.getByRole('checkbox', { name: '打回电话' })).toHaveCount(0)
    await add.press('Enter')
    await expect(panel.getByRole('checkbox', { name: '打回电话' })).toHaveCount(1)
    // Undo in a field takes back letters, not what was done to the board.
    await add.fill('多余')
    await add.press('ControlOrMeta+z')
    await add.fill('')
    // The field stays for the next one.
    await expect(add).toBeFocused()
    await expect(add).toHaveValue('')

    // A list is searched by pinyin: the owner 何素云.
    await panel.locator('.facts dd button').first().click()
    await zhi.page.keyboard.type('hesuyun')
    await expect(zhi.page.getByRole('option', { name: '何素云' })).toBeVisible()
    await zhi.page.keyboard.press('Enter')
    await expect(panel.locator('.facts')).toContainText('何素云')
    await expect(panel.getByRole('heading', { level: 2 })).toHaveText('服务热线')
    await us.close()
  })

  test('by keyboard and address: focus goes in and comes back, Back closes, a link opens it drawn', async ({
    browser,
  }) => {
    const us = await example(browser)
    const { page } = us.owner
    const { marketing } = await exampleBoards(us)
    await openBoard(page, marketing)
    const link = cardOf(page, CALCULATOR).getByRole('link', { name: CALCULATOR, exact: true })
    await link.focus()
    await page.keyboard.press('Enter')
    const panel = panelOf(page)
    await expect(panel.getByRole('heading', { level: 2 })).toHaveText(CALCULATOR)
    await expect(panel).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(panel).toHaveCount(0)
    await expect(link).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(panel.getByRole('heading', { level: 2 })).toHaveText(CALCULATOR)
    const address = page.url()
    await page.goBack()
    await expect(panel).toHaveCount(0)
    await page.goto(address)
    await expect(panel.getByRole('heading', { level: 2 })).toHaveText(CALCULATOR)
    await text(us.owner)
    // Over the board where there is no room beside it, and scrolled within itself; on a phone a whole sheet.
    for (const [width, top] of [
      [1024, 52],
      [390, 0],
    ] as const) {
      await page.setViewportSize({ width, height: 700 })
      await expect.poll(async () => (await panel.boundingBox())?.y).toBe(top)
      expect(await panel.evaluate((element) => element.scrollHeight > element.clientHeight)).toBe(true)
    }
    await page.setViewportSize({ width: 1440, height: 900 })
    // Steps are put in order by keys, and it is said.
    const steps = panel.locator('.todo li')
    await steps.nth(1).getByRole('checkbox').focus()
    await page.keyboard.press('Alt+ArrowUp')
    await expect(steps.nth(0)).toContainText('Result can be printed')
    await expect(panel.getByRole('status').filter({ hasText: 'Result can be printed' })).toHaveCount(1)
    await us.close()
  })
})
