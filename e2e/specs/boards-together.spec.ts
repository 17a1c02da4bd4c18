import { expect, test } from '@playwright/test'
import type { Role } from '@/lib/domain/role'
import { awake } from '../support/awake'
import { addCards, boardPaths, cardOf, columnOf, exampleBoards, openBoard, staffIn } from '../support/boards'
import { team } from '../support/people'
import { open } from '../support/strategy'

const BRIEFS = 'Campaign briefs drafted by a model, checked by an operator'

test.describe('a board and what lies around it', () => {
  test.describe.configure({ timeout: 240_000 })

  test('a difficulty that leaves the strategy leaves a loose end on the open board, undo ties it again; the strategy says at once what is no longer done', async ({
    browser,
  }) => {
    const us = await team(browser, 'restaurant-saas')
    const other = await us.join('Tomás Rivas', 'partner')
    const { product } = await exampleBoards(us)
    const { page, t } = us.owner
    await open(page, us.strategy)
    const served = page.locator('.item[data-kind="pain"]', { hasText: 'P5' }).first()
    await expect(served).toContainText(BRIEFS, { timeout: 20_000 })
    await openBoard(other.page, product)
    const loose = cardOf(other.page, BRIEFS).getByText(other.t('boards.loose'))
    await expect(loose).toHaveCount(0)

    await served.locator('.kind').click()
    await page.keyboard.press('Backspace')
    await expect(page.locator('.item[data-kind="pain"]', { hasText: 'P5' })).toHaveCount(0)
    await expect(loose).toBeVisible({ timeout: 20_000 })
    await page.keyboard.press('ControlOrMeta+z')
    await expect(served).toContainText(BRIEFS, { timeout: 20_000 })
    await expect(loose).toHaveCount(0, { timeout: 20_000 })

    // What is archived on the board is said on the strategy's page, which nobody touches.
    await cardOf(other.page, BRIEFS).getByRole('link').first().focus()
    await other.page.keyboard.press('x')
    await other.page
      .locator('.bulk')
      .getByRole('button', { name: other.t('boards.archive'), exact: true })
      .click()
    await expect(cardOf(other.page, BRIEFS)).toHaveCount(0)
    await expect(served).not.toContainText(BRIEFS, { timeout: 20_000 })
    await other.page
      .locator('.toast')
      .last()
      .getByRole('button', { name: t('common.undo') })
      .click()
    await expect(served).toContainText(BRIEFS, { timeout: 20_000 })
    await us.close()
  })

  test('whoever loses the right to change an open board changes nothing more; whoever may not read it reads so', async ({
    browser,
  }) => {
    const us = await team(browser)
    const other = await us.join('Tomás Rivas', 'partner')
    await addCards(us, 'sales', 5)
    const { sales } = boardPaths(us.workspace)
    await openBoard(other.page, sales)
    const add = other.page.locator('.col .add').first()
    await expect(add).toBeVisible()
    const { page, t } = us.owner
    await page.goto(`${us.workspace}/settings/members`)
    await awake(page)
    const role = async (name: Role) => {
      await page
        .getByRole('button', { name: /Tomás Rivas/ })
        .filter({ hasNotText: t('people.remove') })
        .first()
        .click()
      await page.getByRole('menuitemradio', { name: t(`common.role_${name}`) }).click()
    }
    await role('viewer')
    // As soon as the page has heard of it there is nothing to add, to lift or to change.
    await expect(other.page.locator('.col .add')).toHaveCount(0, { timeout: 20_000 })
    await cardOf(other.page, 'Card 1').getByRole('link').first().focus()
    await other.page.keyboard.press('m')
    await expect(other.page.locator('.act[data-lifted]')).toHaveCount(0)

    const ended = other.page
      .locator('.board-live', { hasText: other.t('boards.ended') })
      .or(other.page.getByText(other.t('common.not_found_title')))
    await role('adviser')
    await expect(ended.first()).toBeVisible({ timeout: 20_000 })
    await other.page.reload()
    await expect(other.page.getByText(t('common.not_found_title'))).toBeVisible()
    await us.close()
  })

  test('a request rings, its line leads into the tray, and one press accepts it; a name in a description rings, too', async ({
    browser,
  }) => {
    const us = await team(browser)
    const seller = await us.join('Luo Wen', 'member')
    const marketer = await us.join('Priya Nair', 'member')
    await staffIn(us, seller, 'sales', true)
    await staffIn(us, marketer, 'marketing')
    const { sales } = boardPaths(us.workspace)
    await addCards(us, 'sales', 5)
    const title = 'Names of three stores we may quote'
    await marketer.page.goto(`${sales}?tray`)
    const form = marketer.page.getByRole('dialog')
    await form.getByLabel(marketer.t('tray.ui_title'), { exact: true }).fill(title)
    await form.getByRole('button', { name: marketer.t('tray.ui_send_now') }).click()
    await expect(marketer.page.locator('.toast')).toContainText('Sales')

    const { page, t } = seller
    await page.goto(`${us.workspace}/inbox`)
    await page.locator('.inbox-line a', { hasText: title }).click()
    const request = page.locator('.tray-list li', { hasText: title })
    await expect(request).toBeVisible({ timeout: 20_000 })
    await request.getByRole('button', { name: `${t('tray.ui_accept')}: ${title}` }).click()
    await expect(columnOf(page, 'backlog').locator('.act', { hasText: title })).toBeVisible()
    await page.keyboard.press('Escape')

    // Written into the text and saved: then, and once, it is told.
    await cardOf(page, 'Card 1').getByRole('link', { name: 'Card 1', exact: true }).click()
    const panel = page.locator('.activity-panel')
    const text = panel.getByRole('textbox', { name: t('activity.description') })
    await expect(text).toHaveAttribute('contenteditable', 'true', { timeout: 20_000 })
    await text.click()
    await page.keyboard.type('The numbers are with @Priya')
    await panel.getByRole('option', { name: 'Priya Nair' }).click()
    await expect(text.getByRole('link', { name: '@Priya Nair' })).toBeVisible()
    await expect(panel.locator('.description .save')).toHaveText(t('common.save_saved'))
    await marketer.page.goto(`${us.workspace}/inbox`)
    const line = marketer.page.locator('.inbox-line a', {
      hasText: marketer.t('inbox.told_mention', { who: 'Luo Wen', title: 'Card 1' }),
    })
    await expect
      .poll(async () => {
        await marketer.page.reload()
        return line.count()
      })
      .toBe(1)
    await line.click()
    await expect(marketer.page).toHaveURL(/card=act_/)

    // A step that is added, ticked and put elsewhere has its way back like everything else.
    const steps = panel.locator('.todo')
    const field = panel.getByRole('textbox', { name: t('activity.add_step') })
    for (const step of ['Ask Rosa', 'Ask Ben']) {
      await field.fill(step)
      await field.press('Enter')
      await expect(steps.getByRole('checkbox', { name: step })).toBeVisible()
    }
    const undo = (words: string) =>
      page
        .locator('.toast', { hasText: words })
        .last()
        .getByRole('button', { name: t('common.undo') })
        .click()
    await steps.getByRole('checkbox', { name: 'Ask Rosa' }).check()
    await undo(t('activity.said_step_done', { title: 'Ask Rosa' }))
    await expect(steps.getByRole('checkbox', { name: 'Ask Rosa' })).not.toBeChecked()
    await steps.getByRole('checkbox', { name: 'Ask Ben' }).focus()
    await page.keyboard.press('Alt+ArrowUp')
    await expect(steps.locator('li').first()).toContainText('Ask Ben')
    await undo(t('activity.said_step_moved', { title: 'Ask Ben' }))
    await expect(steps.locator('li').first()).toContainText('Ask Rosa')
    await us.close()
  })

  test('of a long board only what is near the screen is in the page, and every card is reached, carried and seen', async ({
    browser,
  }) => {
    const us = await team(browser)
    await addCards(us, 'sales', 400)
    const { sales } = boardPaths(us.workspace)
    const { page, t } = us.owner
    await openBoard(page, sales)
    const backlog = columnOf(page, 'backlog')
    await expect(backlog.locator('.count')).toContainText('80')
    expect(await page.locator('.act').count()).toBeLessThan(200)
    const link = (title: string) => cardOf(page, title).getByRole('link', { name: title, exact: true })
    await link('Card 1').focus()
    await page.keyboard.press('End')
    await expect(link('Card 396')).toBeFocused()
    await expect(link('Card 396')).toBeInViewport()
    await expect(cardOf(page, 'Card 396')).toHaveAttribute('aria-posinset', '80')
    await expect(cardOf(page, 'Card 396')).toHaveAttribute('aria-setsize', '80')
    // What is far above has left the page, and nothing is empty where one looks.
    await expect(cardOf(page, 'Card 51')).toHaveCount(0)
    await expect(columnOf(page, 'done').locator('.act').last()).toBeInViewport()

    await page.keyboard.press('m')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowUp')
    const place = t('boards.carried', { column: t('boards.column_planned'), place: 79, of: 81, title: '' })
    await expect(page.locator('[data-said]')).toHaveText(place)
    await expect(page.locator('.act[data-drop="before"]')).toBeInViewport()
    await page.keyboard.press('Enter')
    await expect(link('Card 396')).toBeFocused()
    await expect(columnOf(page, 'planned').locator('.count')).toContainText('81')
    const around = columnOf(page, 'planned').locator('.act h3 a')
    await expect
      .poll(async () => (await around.allTextContents()).slice(-4))
      .toEqual(['Card 387', 'Card 396', 'Card 392', 'Card 397'])
    await page.keyboard.press('Home')
    await expect(link('Card 2')).toBeFocused()
    await expect(link('Card 2')).toBeInViewport()

    // Scrolled by hand, to wherever: there are cards.
    for (const share of [0.5, 0.97, 0.2]) {
      await page.evaluate((to) => window.scrollTo(0, document.documentElement.scrollHeight * to), share)
      await expect
        .poll(() =>
          page.evaluate(() =>
            [...document.querySelectorAll('.col')].every((column) => {
              const box = column.getBoundingClientRect()
              const at = document.elementsFromPoint(box.left + box.width / 2, window.innerHeight / 2)
              // Between two cards, too, there is the list.
              return (
                at.some((one) => one.closest('.act')) || at.some((one) => one.matches('.acts[data-long]'))
              )
            }),
          ),
        )
        .toBe(true)
      expect(await page.locator('.act').count()).toBeLessThan(260)
    }
    await us.close()
  })
})
