import { expect, type Locator, type Page, test } from '@playwright/test'
import {
  addCards,
  boardPaths,
  cardOf,
  columnOf,
  exampleBoards,
  layOf,
  openBoard,
  staffIn,
} from '../support/boards'
import { inputMethod } from '../support/input-method'
import { type Person, type Team, team } from '../support/people'

/** A board with five cards, one in each column: "Card 1" in the backlog to "Card 5" in the last. */
async function smallBoard(us: Team, n = 5): Promise<{ readonly path: string }> {
  await addCards(us, 'sales', n)
  return { path: boardPaths(us.workspace).sales }
}

const titles = (column: Locator) => column.locator('.act h3 a').allTextContents()

/** Drags by mouse, in steps, as a hand does; ends a little below the middle of `to`. */
async function drag(page: Page, what: Locator, to: Locator): Promise<void> {
  await expect(page.locator('.cols[data-draggable]')).toBeVisible()
  const from = await what.boundingBox()
  const target = await to.boundingBox()
  if (!from || !target) throw new Error('both are on the page')
  await page.mouse.move(from.x + 60, from.y + 30)
  await page.mouse.down()
  await page.mouse.move(from.x + 66, from.y + 36, { steps: 2 })
  await page.mouse.move(target.x + 60, target.y + target.height / 2 + 12, { steps: 8 })
  await expect(page.locator('.ghost')).toBeVisible()
  await page.mouse.up()
}

const said = (page: Page) => page.locator('[data-said]')

async function focusOn(page: Page, title: string): Promise<void> {
  await cardOf(page, title).getByRole('link', { name: title, exact: true }).focus()
}

test.describe('a board', () => {
  // Two or three browsers each, each signed up for real.
  test.describe.configure({ timeout: 240_000 })

  test('is drawn by the server, and a dragged card is where it was dropped for everybody within a second', async ({
    browser,
  }) => {
    const us = await team(browser)
    const other = await us.join('Tomás Rivas', 'partner')
    const { path } = await smallBoard(us)
    const html = await (await us.owner.page.request.get(path)).text()
    for (const n of [1, 2, 3, 4, 5]) expect(html).toContain(`>Card ${n}</a>`)

    const { page } = us.owner
    await openBoard(page, path)
    await openBoard(other.page, path)
    await drag(page, cardOf(page, 'Card 1'), cardOf(page, 'Card 3'))
    expect(await titles(columnOf(page, 'doing'))).toEqual(['Card 3', 'Card 1'])
    await expect(columnOf(other.page, 'doing').locator('.act h3 a')).toHaveText(['Card 3', 'Card 1'], {
      timeout: 1_000,
    })
    // What was done has its way back.
    await page
      .locator('.toast')
      .getByRole('button', { name: us.owner.t('common.undo') })
      .click()
    for (const one of [page, other.page])
      await expect(columnOf(one, 'backlog').locator('.act h3 a')).toHaveText(['Card 1'])
    await us.close()
  })

  test('two drag the same card at once: it lies in one place, the same on both screens', async ({
    browser,
  }) => {
    const us = await team(browser)
    const other = await us.join('Tomás Rivas', 'partner')
    const { path } = await smallBoard(us, 8)
    const pages = [us.owner.page, other.page] as const
    for (const page of pages) await openBoard(page, path)
    for (let round = 0; round < 2; round++) {
      await Promise.all([
        drag(pages[0], cardOf(pages[0], 'Card 1'), cardOf(pages[0], 'Card 3')),
        drag(pages[1], cardOf(pages[1], 'Card 1'), cardOf(pages[1], 'Card 4')),
      ])
      for (const page of pages) await expect(page.locator('.act[data-waiting]')).toHaveCount(0)
      await expect
        .poll(async () => JSON.stringify(await layOf(pages[0])) === JSON.stringify(await layOf(pages[1])))
        .toBe(true)
      const all = (await layOf(pages[0])).join(' | ')
      expect(all.match(/Card 1(?!\d)/g)).toHaveLength(1)
      // What both see is what the server has.
      const fresh = await us.owner.context.newPage()
      await openBoard(fresh, path)
      expect(await layOf(fresh)).toEqual(await layOf(pages[0]))
      await fresh.close()
      // Back to the backlog for the next round.
      await focusOn(pages[0], 'Card 1')
      await pages[0].keyboard.press('m')
      for (let i = 0; i < 4; i++) await pages[0].keyboard.press('ArrowLeft')
      await pages[0].keyboard.press('Enter')
      await expect(
        columnOf(pages[1], 'backlog').locator('.act h3 a').filter({ hasText: 'Card 1' }),
      ).toHaveCount(1)
    }
    await us.close()
  })

  for (const language of ['en', 'zh'] as const)
    test(`a card is lifted, carried and dropped by keys, and every step is said (${language})`, async ({
      browser,
    }) => {
      const us = await team(browser, 'blank', language)
      const { path } = await smallBoard(us, 6)
      const { page, t } = us.owner
      await openBoard(page, path)
      await expect(page.locator('html')).toHaveAttribute('lang', language === 'zh' ? 'zh-Hans' : 'en')
      const column = (kind: 'backlog' | 'planned' | 'doing') => t(`boards.column_${kind}`)
      await focusOn(page, 'Card 1')
      await page.keyboard.press('m')
      await expect(said(page)).toHaveText(
        t('boards.lifted', { title: 'Card 1', column: column('backlog'), place: 1, of: 2 }),
      )
      await page.keyboard.press('ArrowDown')
      await expect(said(page)).toHaveText(
        t('boards.carried', { column: column('backlog'), place: 2, of: 2, title: '' }),
      )
      await page.keyboard.press('ArrowRight')
      await expect(said(page)).toHaveText(
        t('boards.carried', { column: column('planned'), place: 2, of: 2, title: '' }),
      )
      await page.keyboard.press('Escape')
      await expect(said(page)).toHaveText(t('boards.put_back', { title: 'Card 1' }))
      await expect(columnOf(page, 'backlog').locator('.act h3 a')).toHaveText(['Card 1', 'Card 6'])

      await page.keyboard.press(' ')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Enter')
      await expect(said(page)).toHaveText(
        t('boards.dropped', { title: 'Card 1', column: column('doing'), place: 1, of: 2 }),
      )
      await expect(columnOf(page, 'doing').locator('.act h3 a')).toHaveText(['Card 1', 'Card 3'])
      // The focus stays with the card, and the arrows walk on from it.
      await expect(page.locator(':focus')).toHaveText('Card 1')
      await page.keyboard.press('ArrowDown')
      await expect(page.locator(':focus')).toHaveText('Card 3')
      await page.keyboard.press('ControlOrMeta+z')
      await expect(columnOf(page, 'backlog').locator('.act h3 a')).toHaveText(['Card 1', 'Card 6'])
      await us.close()
    })

  test('new cards are written one after the other, in Chinese too: the Enter of the input method adds nothing', async ({
    browser,
  }) => {
    const us = await team(browser, 'blank', 'zh')
    const { path } = await smallBoard(us, 5)
    const { page, t } = us.owner
    await openBoard(page, path)
    await page.keyboard.press('c')
    const field = page.getByLabel(t('boards.new_title', { column: t('boards.column_backlog') }))
    await expect(field).toBeFocused()
    const ime = await inputMethod(page)
    await ime.spell('zhaokaidianzhanghui')
    await ime.ownKey('Enter')
    expect(await titles(columnOf(page, 'backlog'))).toEqual(['Card 1'])
    await ime.commit('召开店长会')
    await expect(field).toHaveValue('召开店长会')
    await page.keyboard.press('Enter')
    await expect(columnOf(page, 'backlog').locator('.act h3 a')).toHaveText(['Card 1', '召开店长会'])
    // It stays for the next.
    await expect(field).toBeFocused()
    await expect(field).toHaveValue('')
    await page.keyboard.insertText('整理案例')
    await page.keyboard.press('Enter')
    await expect(columnOf(page, 'backlog').locator('.act h3 a')).toHaveText([
      'Card 1',
      '召开店长会',
      '整理案例',
    ])
    await page.keyboard.press('Escape')
    await expect(field).toBeHidden()
    await page.reload()
    await expect(columnOf(page, 'backlog').locator('.act h3 a')).toHaveText([
      'Card 1',
      '召开店长会',
      '整理案例',
    ])
    // Letters in a field are letters.
    await focusOn(page, '整理案例')
    await page.keyboard.press('e')
    await page.keyboard.type('cxme')
    await page.keyboard.press('Enter')
    await expect(columnOf(page, 'backlog').locator('.act h3 a')).toHaveText(['Card 1', '召开店长会', 'cxme'])
    await us.close()
  })

  test('who works elsewhere reads the board, is told who moves the cards, and is refused by every door', async ({
    browser,
  }) => {
    const us = await team(browser)
    const marketer = await us.join('Priya Nair', 'member')
    const viewer = await us.join('Vera Lind', 'viewer')
    await staffIn(us, marketer, 'marketing')
    const { path } = await smallBoard(us)
    for (const { page, t } of [marketer, viewer] as Person[]) {
      await openBoard(page, path)
      const reads = t(page === viewer.page ? 'boards.they_move_read' : 'boards.they_move', {
        department: 'Sales',
      })
      await expect(page.locator('.bhead')).toContainText(reads)
      await expect(page.locator('.add')).toHaveCount(0)
      await focusOn(page, 'Card 1')
      await page.keyboard.press('m')
      await expect(page.locator('.toast')).toContainText(reads)
      await expect(
        page.locator('.toast').getByRole('button', { name: t('boards.send_request') }),
      ).toHaveCount(page === viewer.page ? 0 : 1)
      await page.goto(path)
      expect(await titles(columnOf(page, 'backlog'))).toEqual(['Card 1'])
    }
    // A right that is taken while the page is open: the move is refused in words, and the card is back.
    const { page } = marketer
    await staffIn(us, marketer, 'sales')
    await openBoard(page, path)
    await expect(page.locator('.cols[data-draggable]')).toBeVisible()
    await staffIn(us, marketer, 'sales', null)
    await drag(page, cardOf(page, 'Card 1'), cardOf(page, 'Card 3'))
    await expect(page.locator('.toast')).toContainText(marketer.t('refusal.not_allowed'))
    await expect(columnOf(page, 'backlog').locator('.act h3 a')).toHaveText(['Card 1'])
    await expect(page.locator('.bhead')).toContainText(
      marketer.t('boards.they_move', { department: 'Sales' }),
    )
    await us.close()
  })

  test('offline a move is refused clearly; back online the board is as the others have it', async ({
    browser,
  }) => {
    const us = await team(browser)
    const other = await us.join('Tomás Rivas', 'partner')
    const { path } = await smallBoard(us)
    const { page, t } = us.owner
    await openBoard(page, path)
    await openBoard(other.page, path)
    await expect(page.locator('.cols[data-draggable]')).toBeVisible()
    await us.owner.context.setOffline(true)
    await drag(page, cardOf(page, 'Card 1'), cardOf(page, 'Card 3'))
    await expect(page.locator('.toast')).toContainText(t('boards.no_answer'))
    await expect(columnOf(page, 'backlog').locator('.act h3 a')).toHaveText(['Card 1'])
    await drag(other.page, cardOf(other.page, 'Card 2'), cardOf(other.page, 'Card 5'))
    await us.owner.context.setOffline(false)
    await expect(columnOf(page, 'done').locator('.act h3 a')).toHaveText(['Card 5', 'Card 2'], {
      timeout: 40_000,
    })
    await us.close()
  })

  test('a machine that slept eight hours has the board as it is, without a reload', async ({ browser }) => {
    const us = await team(browser)
    const other = await us.join('Tomás Rivas', 'partner')
    const { path } = await smallBoard(us)
    const { page } = us.owner
    await page.clock.install()
    await openBoard(page, path)
    await openBoard(other.page, path)
    await page.evaluate(() => Object.assign(window, { sameDocument: true }))
    await us.owner.context.setOffline(true)
    await drag(other.page, cardOf(other.page, 'Card 2'), cardOf(other.page, 'Card 5'))
    await expect(other.page.locator('.act[data-waiting]')).toHaveCount(0)
    await us.owner.context.setOffline(false)
    await page.clock.fastForward('08:00:00')
    await expect(async () => {
      await page.clock.runFor(1_000)
      await expect(columnOf(page, 'done').locator('.act h3 a')).toHaveText(['Card 5', 'Card 2'], {
        timeout: 500,
      })
    }).toPass({ timeout: 30_000 })
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true)
    await us.close()
  })

  test('a finger that rests lifts a card, one that moves scrolls', async ({ browser }) => {
    const us = await team(browser)
    const { path } = await smallBoard(us, 10)
    const context = await browser.newContext({
      viewport: { width: 900, height: 800 },
      hasTouch: true,
      storageState: await us.owner.context.storageState(),
    })
    const page = await context.newPage()
    await openBoard(page, path)
    await expect(page.locator('.cols[data-draggable]')).toBeVisible()
    const cdp = await context.newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
      cdp.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x, y }],
      })
    const from = await cardOf(page, 'Card 1').boundingBox()
    const to = await cardOf(page, 'Card 7').boundingBox()
    if (!from || !to) throw new Error('both are on the page')
    await touch('touchStart', from.x + 50, from.y + 30)
    await touch('touchMove', from.x + 50, from.y - 20)
    await touch('touchEnd')
    await expect(page.locator('.ghost')).toHaveCount(0)
    await touch('touchStart', from.x + 50, from.y + 30)
    await expect(page.locator('.ghost')).toHaveCount(0)
    // The finger rests; a quarter of a second later the card follows it.
    await expect
      .poll(async () => {
        await touch('touchMove', from.x + 52, from.y + 31)
        return page.locator('.ghost').count()
      })
      .toBe(1)
    for (let step = 1; step <= 6; step++)
      await touch(
        'touchMove',
        from.x + 50 + ((to.x - from.x) * step) / 6,
        from.y + 30 + ((to.y + to.height * 0.8 - from.y - 30) * step) / 6,
      )
    await touch('touchEnd')
    await expect(columnOf(page, 'planned').locator('.act h3 a')).toHaveText(['Card 2', 'Card 7', 'Card 1'])
    await context.close()
    await us.close()
  })

  test('a card held at the edge takes the board along to columns out of sight', async ({ browser }) => {
    const us = await team(browser)
    const { path } = await smallBoard(us)
    const { page } = us.owner
    await page.setViewportSize({ width: 800, height: 800 })
    await openBoard(page, path)
    await expect(page.locator('.cols[data-draggable]')).toBeVisible()
    const from = await cardOf(page, 'Card 1').boundingBox()
    if (!from) throw new Error('it is on the page')
    await page.mouse.move(from.x + 60, from.y + 30)
    await page.mouse.down()
    await page.mouse.move(from.x + 80, from.y + 40, { steps: 3 })
    await page.mouse.move(770, from.y + 40, { steps: 10 })
    const last = columnOf(page, 'done')
    await expect
      .poll(async () => {
        // A hand is never quite still.
        await page.mouse.move(771, from.y + 41)
        await page.mouse.move(770, from.y + 40)
        const box = await last.boundingBox()
        return box ? box.x + box.width : 9_999
      })
      .toBeLessThanOrEqual(800)
    await page.mouse.up()
    await expect(last.locator('.act h3 a').filter({ hasText: 'Card 1' })).toHaveCount(1)
    await us.close()
  })

  test('several are chosen and changed together, with one way back', async ({ browser }) => {
    const us = await team(browser)
    const { path } = await smallBoard(us, 12)
    const { page, t } = us.owner
    await openBoard(page, path)
    await focusOn(page, 'Card 1')
    await page.keyboard.press('x')
    await page.keyboard.press('Shift+ArrowDown')
    await expect(page.locator('.bulk')).toContainText(t('boards.n_chosen', { n: 2 }))
    await page
      .locator('.bulk')
      .getByRole('button', { name: t('boards.bulk_move'), exact: true })
      .click()
    await page
      .getByRole('menuitemradio', { name: t('boards.column_done') })
      .first()
      .click()
    await expect(columnOf(page, 'done').locator('.act h3 a')).toHaveText([
      'Card 5',
      'Card 10',
      'Card 1',
      'Card 6',
    ])
    await page
      .locator('.toast')
      .last()
      .getByRole('button', { name: t('common.undo') })
      .click()
    await expect(columnOf(page, 'backlog').locator('.act h3 a')).toHaveText(['Card 1', 'Card 6', 'Card 11'])
    await page
      .locator('.bulk')
      .getByRole('button', { name: t('boards.bulk_owner'), exact: true })
      .click()
    await page.getByRole('menuitemradio', { name: us.owner.name }).click()
    for (const title of ['Card 1', 'Card 6'])
      await expect(cardOf(page, title).getByRole('img', { name: us.owner.name })).toBeVisible()
    await page
      .locator('.bulk')
      .getByRole('button', { name: t('boards.trash') })
      .click()
    await expect(columnOf(page, 'backlog').locator('.act h3 a')).toHaveText(['Card 11'])
    await expect(page.locator('.bulk')).toBeHidden()
    await page.keyboard.press('ControlOrMeta+z')
    await expect(columnOf(page, 'backlog').locator('.act h3 a')).toHaveText(['Card 1', 'Card 6', 'Card 11'])
    await us.close()
  })

  test('columns are renamed, limited, added, moved and removed, for everybody', async ({ browser }) => {
    const us = await team(browser)
    const other = await us.join('Tomás Rivas', 'partner')
    const { path } = await smallBoard(us, 10)
    const { page, t } = us.owner
    await openBoard(page, path)
    await openBoard(other.page, path)
    const menu = async (column: string, item: string) => {
      await page.getByRole('button', { name: t('boards.column_menu', { column }) }).click()
      await page.getByRole('menuitem', { name: item, exact: false }).click()
    }
    await menu('Doing', t('boards.column_limit'))
    await page.getByLabel(t('boards.column_limit_label')).fill('1')
    await page.getByRole('button', { name: t('common.save'), exact: true }).click()
    await expect(columnOf(other.page, 'doing').locator('.count')).toContainText(
      t('boards.count_over', { n: 2, limit: 1 }),
    )
    await menu('Doing', t('boards.column_rename'))
    const name = page.getByLabel(t('boards.column_name_of', { column: 'Doing' }))
    await expect(name).toBeFocused()
    await name.fill('Cooking')
    await name.press('Enter')
    await expect(columnOf(other.page, 'doing').locator('h2')).toHaveText('Cooking')
    await menu('Cooking', t('boards.column_left'))
    await expect(other.page.locator('.col h2')).toHaveText([
      'Backlog',
      'Cooking',
      'Planned',
      'Checking',
      'Done',
    ])
    await menu('Cooking', t('boards.column_add'))
    await page.getByLabel(t('boards.column_name')).fill('Waiting on others')
    await page
      .locator('dialog')
      .getByRole('button', { name: t('boards.add'), exact: true })
      .click()
    await expect(other.page.locator('.col h2')).toHaveText([
      'Backlog',
      'Cooking',
      'Planned',
      'Checking',
      'Done',
      'Waiting on others',
    ])
    // All of them say the same: what is taken back below must be this removal.
    await expect(page.locator('.toast')).toHaveCount(0)
    await menu('Planned', t('boards.column_remove'))
    await page.getByLabel(t('boards.column_target')).selectOption({ label: 'Done' })
    await page
      .locator('dialog')
      .getByRole('button', { name: t('boards.column_remove') })
      .click()
    await expect(columnOf(other.page, 'done').locator('.act h3 a')).toHaveText([
      'Card 5',
      'Card 10',
      'Card 2',
      'Card 7',
    ])
    await expect(other.page.locator('.col')).toHaveCount(5)
    await page
      .locator('.toast')
      .last()
      .getByRole('button', { name: t('common.undo') })
      .click()
    await expect(columnOf(other.page, 'planned').locator('.act h3 a')).toHaveText(['Card 2', 'Card 7'])
    await us.close()
  })

  test('shows whom each card serves, and who looks at which', async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'restaurant-saas')
    const other = await us.join('Tomás Rivas', 'partner')
    const boards = await exampleBoards(us)
    const { page, t } = us.owner
    await openBoard(page, boards.marketing)
    await openBoard(other.page, boards.marketing)
    await expect(page.locator('.act')).toHaveCount(9)
    await expect(page.locator('.board-intent')).toContainText('growth of the existing store')
    const loose = cardOf(page, 'A mascot for the website')
    await expect(loose.getByRole('img', { name: /^Trace: no difficulty/ })).toBeVisible()
    await expect(loose.getByRole('button', { name: t('boards.pet_do') })).toBeVisible()
    await cardOf(other.page, 'A mascot for the website').getByRole('link').first().click()
    await expect(other.page).toHaveURL(/card=act_/)
    await expect(loose.locator('.looking')).toHaveAttribute(
      'aria-label',
      t('boards.looking', { names: 'Tomás Rivas' }),
    )
    await other.page.goBack()
    await expect(loose.locator('.looking')).toHaveCount(0)
    await us.close()
  })
})
