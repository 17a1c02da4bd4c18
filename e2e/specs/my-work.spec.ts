import { expect, test } from '@playwright/test'
import { createActivity } from '@/lib/commands/create-activity'
import { serve } from '@/lib/domain/serves'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { awake } from '../support/awake'
import { acting, beside, exampleBoards, staffIn } from '../support/boards'
import { team } from '../support/people'

test('what one owns gathers by urgency, moves on along its board, and comes back by undo', async ({
  browser,
}) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas')
  const me = await us.join('Priya Nair', 'member')
  const { page, t } = me
  await page.goto(`${us.workspace}/my-work`)
  await expect(page.getByRole('heading', { name: t('work.empty') })).toBeVisible()

  await staffIn(us, me, 'marketing')
  await beside(async (store) => {
    const actor = await acting(store, me, us.workspace)
    const boards = await store.read.boards.list(actor.actor.workspaceId)
    const board = must(
      boards.find(({ kind }) => kind === 'marketing'),
      'the five departments',
    )
    const columns = await store.read.boards.columns([board.id])
    const add = (title: string, at: number, due: string | null) =>
      createActivity(actor, {
        boardId: board.id,
        to: { columnId: must(columns[at], 'five columns').id, after: null, before: null },
        title,
        fields: { ownerId: actor.actor.memberId, due },
      })
    await add('Long overdue', 2, '2026-01-09')
    await add('Some day', 0, null)
    await add('See whether it worked', 3, null)
    await add('Finished', 4, '2026-01-09')
  })
  await page.reload()
  const section = (name: string) => page.locator('section', { has: page.getByRole('heading', { name }) })
  await expect(section(t('work.late'))).toContainText('Long overdue')
  await expect(section(t('work.checking'))).toContainText('See whether it worked')
  await expect(section(t('work.owned'))).toContainText('Some day')
  // What is finished is no work any more.
  await expect(page.getByText('Finished', { exact: true })).toHaveCount(0)

  const move = page.getByRole('button', {
    name: t('work.ui_move_label', { title: 'Long overdue', column: t('boards.column_checking') }),
  })
  await move.click()
  await expect(
    page.getByRole('button', {
      name: t('work.ui_move_label', { title: 'Long overdue', column: t('boards.column_done') }),
    }),
  ).toBeVisible()
  await page
    .locator('.toast')
    .getByRole('button', { name: t('common.undo') })
    .click()
  await expect(move).toBeVisible()

  // The home page says the same in short, and a colleague's overview counts it.
  await page.goto(us.workspace)
  await expect(page.locator('.owe')).toContainText('Long overdue')
  await us.owner.page.goto(`${us.workspace}/boards`)
  await expect(us.owner.page.locator('.lanes tr[data-dept="marketing"]')).toContainText(
    t('overview.late', { n: 1 }),
  )
  await us.close()
})

test('where only a question waits, my work asks it and does not say that nothing waits', async ({
  browser,
}) => {
  const us = await team(browser, 'restaurant-saas')
  const me = await us.join('Priya Nair', 'member')
  await staffIn(us, me, 'marketing', true)
  const { page, t } = me
  await beside(async (store) => {
    const owner = await acting(store, us.owner, us.workspace)
    const { workspaceId } = owner.actor
    const boards = await store.read.boards.list(workspaceId)
    const board = must(
      boards.find(({ kind }) => kind === 'marketing'),
      'the five departments',
    )
    const [column] = await store.read.boards.columns([board.id])
    const strategyId = must(us.strategy.split('/').at(-1), 'a strategy has an address')
    const items = await store.read.strategyItems.list(strategyId)
    const positioning = must(
      items.find(({ kind }) => kind === 'positioning'),
      'the example has one',
    )
    const solution = serve(positioning.id, 'solution')
    // Nobody owns it: its department's lead is asked.
    await createActivity(owner, {
      boardId: board.id,
      to: { columnId: must(column, 'five columns').id, after: null, before: null },
      title: 'A calculator on the site',
      fields: { serves: [solution] },
    })
    await store.transact(async (tx) => {
      const [activity] = await tx.activities.onBoards([board.id])
      const said = {
        serve: solution,
        was: 'software',
        now: 'hands',
        by: owner.actor.memberId,
        at: new Date(),
      }
      await tx.impacts.add({ id: newId('imp'), workspaceId, strategyId: positioning.strategyId, ...said }, [
        must(activity, 'just made').id,
      ])
    })
  })
  await page.goto(us.workspace)
  await expect(page.locator('.owe')).toContainText('A calculator on the site')
  await page.goto(`${us.workspace}/my-work`)
  await expect(page.locator('section', { has: page.locator('#still-right') })).toContainText(
    'A calculator on the site',
  )
  await expect(page.getByRole('heading', { name: t('work.empty') })).toHaveCount(0)
  await us.close()
})

test('a hand-off is accepted where it is read, and another is sent back with a sentence', async ({
  browser,
}) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas', 'zh')
  await exampleBoards(us)
  const { page, t } = us.owner
  await staffIn(us, us.owner, 'sales', true)
  await page.goto(`${us.workspace}/my-work`)
  const lines = page.locator('section', { has: page.locator('#hand-offs') }).locator('li')
  await expect(lines).toHaveCount(2)
  await lines
    .first()
    .getByRole('button', { name: t('tray.ui_accept') })
    .click()
  await expect(lines).toHaveCount(1)
  await lines
    .first()
    .getByRole('button', { name: t('tray.ui_decline') })
    .click()
  await lines.first().getByLabel(t('tray.ui_reason')).fill('数字还没有核过')
  await lines
    .first()
    .getByRole('button', { name: t('tray.ui_decline_send') })
    .click()
  await expect(lines).toHaveCount(0)
  await us.close()
})

test('all boards at a glance, in the order of the chain, reached by key and on a phone', async ({
  browser,
}) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas')
  const paths = await exampleBoards(us)
  const { page, t } = us.owner
  await page.goto(us.workspace)
  // Keys before the script is there are nobody's.
  await awake(page)
  await page.locator('main').focus()
  await page.keyboard.press('g')
  await page.keyboard.press('b')
  await page.waitForURL(/\/boards$/)
  const lanes = page.locator('.lanes tbody tr')
  await expect(lanes).toHaveCount(5)
  await expect(lanes.first()).toContainText(t('common.department_product'))
  // The words of the strategy stand beside the department they are about.
  await expect(lanes.first().locator('.intent')).toContainText('Product turns what our best operators do')
  await expect(lanes.last()).toContainText(t('common.department_organization'))
  await page.setViewportSize({ width: 390, height: 844 })
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(390)
  await page
    .locator('.tabbar')
    .getByRole('link', { name: t('shell.ui_home') })
    .click()
  await page.waitForURL(us.workspace)
  await page.goto(`${us.workspace}/boards`)
  await lanes
    .nth(2)
    .getByRole('link', { name: t('common.department_sales') })
    .click()
  await page.waitForURL(new RegExp(`${paths.sales}$`))
  await us.close()
})
