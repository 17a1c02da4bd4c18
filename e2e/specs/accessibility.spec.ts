import { expect, test } from '@playwright/test'
import { findings } from '../support/axe'
import { exampleBoards, openBoard, staffIn } from '../support/boards'
import { comment } from '../support/comments'
import { signUp, team, visitor } from '../support/people'
import { open, typeAtEnd } from '../support/strategy'

/** Of the whole page, or of one part of it. */
for (const dark of [false, true]) {
  const theme = dark ? 'dark' : 'light'

  test(`axe finds nothing at the door (${theme})`, async ({ browser }) => {
    const stranger = await visitor(browser, 'Stranger', dark ? 'zh' : 'en', { dark })
    for (const path of [
      '/sign-in',
      '/sign-up',
      '/reset',
      '/invite/unknown',
      '/share/unknown',
      '/nowhere/at/all',
    ]) {
      await stranger.page.goto(path)
      expect(await findings(stranger.page), path).toEqual([])
    }
    await stranger.context.close()
  })

  test(`axe finds nothing inside (${theme})`, async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'restaurant-saas', dark ? 'zh' : 'en')
    const { page } = us.owner
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
    const paths = ['/new', '/workspaces', '/account', us.workspace, `${us.workspace}/strategy`]
    for (const tab of ['', '/members', '/departments']) paths.push(`${us.workspace}/settings${tab}`)
    paths.push(`${us.strategy}/access`, `${us.strategy}/print`, `${us.workspace}/inbox`)
    for (const path of paths) {
      await page.goto(path)
      expect(await findings(page), path).toEqual([])
    }
    await open(page, us.strategy)
    expect(await findings(page), 'the strategy').toEqual([])
    await comment(page, dark ? '外部' : 'Outward first', 'Since when?')
    expect(await findings(page), 'a thread beside the text').toEqual([])
    await page.locator('#threads-button').click()
    expect(await findings(page), 'all threads').toEqual([])
    await typeAtEnd(page, 'situation', 'Something new. ')
    await expect(page.locator('.save')).toHaveText(us.owner.t('common.save_saved'))
    for (const path of ['/versions', '/versions?view=side', '/versions/replay', '/compare']) {
      await page.goto(us.strategy + path)
      expect(await findings(page), path).toEqual([])
    }
    await us.close()
  })
}

test('axe finds nothing in the example company', async ({ browser }) => {
  const me = await visitor(browser, 'Ines Okafor')
  const { page, t } = me
  await signUp(me)
  await page.goto('/new')
  await page.getByRole('button', { name: t('sample.ui_open_en') }).click()
  await page.waitForURL(/\/example-\w+$/)
  const home = page.url()
  for (const path of ['', '/my-work', '/check-in']) {
    await page.goto(home + path)
    expect(await findings(page), path).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(home)
  expect(await findings(page), 'home, dark').toEqual([])
  await me.context.close()
})

for (const dark of [false, true]) {
  test(`axe finds nothing on a board (${dark ? 'dark' : 'light'})`, async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'restaurant-saas', dark ? 'zh' : 'en')
    const boards = await exampleBoards(us)
    const { page, t } = us.owner
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
    await openBoard(page, boards.marketing)
    expect(await findings(page), 'the board').toEqual([])
    await page.locator('.act h3 a').first().focus()
    await page.keyboard.press('m')
    await page.keyboard.press('ArrowRight')
    await expect(page.locator('.act[data-lifted]')).toBeVisible()
    expect(await findings(page), 'a lifted card').toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('x')
    await expect(page.locator('.bulk')).toBeVisible()
    expect(await findings(page), 'chosen cards').toEqual([])
    await page.keyboard.press('.')
    await expect(page.getByRole('menu')).toBeVisible()
    expect(await findings(page), 'the menu of a card').toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('c')
    await expect(page.locator('textarea.new')).toBeFocused()
    expect(await findings(page), 'a new card').toEqual([])
    await page.keyboard.press('Escape')
    for (const name of ['boards.labels', 'boards.recurring'] as const) {
      await page.getByRole('button', { name: t('boards.board_menu') }).click()
      await page.getByRole('menuitem', { name: t(name), exact: true }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      expect(await findings(page), name).toEqual([])
      await page.keyboard.press('Escape')
    }
    await us.close()
  })
}

for (const dark of [false, true]) {
  test(`axe finds nothing in the panel of an activity (${dark ? 'dark' : 'light'})`, async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'restaurant-saas', dark ? 'zh' : 'en')
    const boards = await exampleBoards(us)
    const { page, t } = us.owner
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
    await openBoard(page, boards.marketing)
    await page.locator('.col[data-kind="checking"] .act h3 a').first().click()
    const panel = page.locator('.activity-panel')
    const text = panel.getByRole('textbox', { name: t('activity.description') })
    await expect(text).toHaveAttribute('contenteditable', 'true', { timeout: 20_000 })
    await text.click()
    await page.keyboard.type('What is to be done. @')
    await expect(panel.getByRole('listbox')).toBeVisible()
    expect(await findings(page, '.activity-panel'), 'people offered in the text').toEqual([])
    await page.keyboard.press('Escape')
    await panel.getByRole('button', { name: t('activity.more_policy') }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await findings(page, '.activity-panel'), 'a list').toEqual([])
    await page.keyboard.press('Escape')
    await panel.getByRole('button', { name: t('activity.offer') }).click()
    await panel.getByRole('textbox', { name: t('activity.comment_hint') }).fill('Since when?')
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(panel.locator('.thread .c')).toBeVisible()
    await panel.locator('summary').click()
    await expect(panel.locator('.history li').first()).toBeVisible()
    expect(await findings(page, '.activity-panel'), 'a form, a comment, the history').toEqual([])
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await findings(page, '.activity-panel'), 'on a phone').toEqual([])
    await us.close()
  })
}

for (const dark of [false, true]) {
  test(`axe finds nothing in the other views of a board (${dark ? 'dark' : 'light'})`, async ({
    browser,
  }) => {
    test.slow()
    const us = await team(browser, 'restaurant-saas', dark ? 'zh' : 'en')
    const { product } = await exampleBoards(us)
    const { page } = us.owner
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
    const views = [
      'view=list',
      'view=list&group=serves&sort=-due&owner=none,me&q=a',
      'view=timeline&lanes=segment',
      'view=timeline&zoom=weeks',
      'view=calendar&starts=1&on=2026-07-06',
      'view=calendar&span=week&on=2026-07-06',
    ]
    for (const view of views) {
      await page.goto(`${product}?${view}`)
      await expect(page.locator('.other-view > section')).toBeVisible()
      expect(await findings(page), view).toEqual([])
    }
    await page.locator('[data-filter=serves]').click()
    await expect(page.locator('.choices [role=option]').first()).toBeVisible()
    expect(await findings(page), 'a filter being chosen').toEqual([])
    await page.keyboard.press('Escape')
    await page.goto(`${product}?view=list`)
    await page.locator('.list [data-field=priority]').nth(1).dblclick()
    await expect(page.locator('.choices [role=option]').first()).toBeVisible()
    expect(await findings(page), 'a cell being changed').toEqual([])
    await page.keyboard.press('Escape')
    await page.goto(`${product}?view=timeline`)
    await page.locator('.tl-bar').first().focus()
    await page.keyboard.press('m')
    await expect(page.locator('.tl-bar[data-held]')).toBeVisible()
    expect(await findings(page), 'a lifted bar').toEqual([])
    await us.close()
  })
}

for (const dark of [false, true]) {
  test(`axe finds nothing around the boards (${dark ? 'dark' : 'light'})`, async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'restaurant-saas', dark ? 'zh' : 'en')
    const { page, t } = us.owner
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
    const empty = ['/boards', '/measures', '/my-work']
    for (const path of empty) {
      await page.goto(us.workspace + path)
      expect(await findings(page), `${path}, empty`).toEqual([])
    }
    const boards = await exampleBoards(us)
    await staffIn(us, us.owner, 'sales', true)
    for (const path of ['', ...empty]) {
      await page.goto(us.workspace + path)
      expect(await findings(page), path).toEqual([])
    }
    for (const view of [
      '',
      '?view=graph',
      '?view=graph&form=list',
      '?view=gaps',
      '?view=effort',
      '?view=assumptions',
    ]) {
      await page.goto(`${us.workspace}/coherence${view}`)
      await expect(
        page.locator('.mxwrap[data-awake], .tl-frame[data-awake], .coh .table, .gap').first(),
      ).toBeVisible()
      expect(await findings(page), `coherence${view}`).toEqual([])
    }
    await page.goto(`${us.workspace}/measures?new=1`)
    await expect(page.getByRole('dialog').locator('.pick')).toBeVisible()
    expect(await findings(page), 'the form of a measure').toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('.mlist tbody th a').first().click()
    await page.waitForURL(/mea_/)
    await expect(page.locator('.mreadings')).toBeVisible()
    expect(await findings(page), 'a measure').toEqual([])
    await page.getByRole('button', { name: t('measures.ui_paste') }).click()
    await page.getByLabel(t('measures.ui_paste_label')).fill('2026-08-16\t1\nx')
    await expect(page.locator('.paste .dry')).toBeVisible()
    expect(await findings(page), 'pasted readings').toEqual([])

    await openBoard(page, `${boards.sales}?tray=1`)
    await expect(page.locator('.tray-list')).toBeVisible()
    expect(await findings(page), 'the tray').toEqual([])
    await page.keyboard.press('Escape')
    for (const item of ['tray.ui_shelf', 'tray.ui_import'] as const) {
      await page.getByRole('button', { name: t('boards.board_menu') }).click()
      await page.getByRole('menuitem', { name: t(item) }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      expect(await findings(page), item).toEqual([])
      await page.keyboard.press('Escape')
    }
    await us.close()
  })
}
