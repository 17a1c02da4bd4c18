import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { createActivity } from '@/lib/commands/create-activity'
import { relateActivities } from '@/lib/commands/relate-activities'
import { addDays, type DayText } from '@/lib/domain/day-text'
import type { Language } from '@/lib/domain/language'
import { must } from '@/lib/kit/assert'
import { awake } from '../support/awake'
import { acting, beside, boardPaths } from '../support/boards'
import { inputMethod } from '../support/input-method'
import { type Team, team, visitor } from '../support/people'
import { finger } from '../support/touch'

const today = new Date().toISOString().slice(0, 10)
/** So many days from today, far enough from it that no clock's midnight matters. */
const on = (days: number): DayText => addDays(today, days)
const inWords = (day: DayText, language: Language = 'en') =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-Hans' : 'en-GB', {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(Date.parse(`${day}T12:00:00Z`))

interface Work {
  readonly title: string
  readonly start?: DayText
  readonly due?: DayText
  readonly mine?: boolean
  readonly column?: 'backlog' | 'doing' | 'done'
}

/** Activities on the sales board, in this order; those that name another block it. Answers the board's path. */
async function planned(
  us: Team,
  works: readonly Work[],
  blocks: readonly [string, string][] = [],
): Promise<string> {
  await beside(async (store) => {
    const owner = await acting(store, us.owner, us.workspace)
    const boards = await store.read.boards.list(owner.actor.workspaceId)
    const board = must(
      boards.find(({ kind }) => kind === 'sales'),
      'the five departments',
    )
    const columns = await store.read.boards.columns([board.id])
    const ids = new Map<string, string>()
    for (const { title, start, due, mine, column = 'backlog' } of works) {
      const there = must(
        columns.find(({ kind }) => kind === column),
        'five columns',
      )
      const { value } = await createActivity(owner, {
        boardId: board.id,
        to: { columnId: there.id, after: null, before: null },
        title,
        fields: {
          ...(start && { start }),
          ...(due && { due }),
          ...(mine && { ownerId: owner.actor.memberId }),
        },
      })
      ids.set(title, value.id)
    }
    for (const [first, second] of blocks)
      await relateActivities(owner, {
        change: {
          do: 'add',
          kind: 'blocks',
          fromId: must(ids.get(first), 'made above'),
          toId: must(ids.get(second), 'made above'),
          why: '',
        },
      })
  })
  return boardPaths(us.workspace).sales
}

/** Opens a view and waits until it hears of others. */
async function openView(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.locator('.other-view[data-live="live"]')).toBeVisible({ timeout: 20_000 })
  await expect(page.locator('.other-view > section')).toBeVisible()
}

const bar = (page: Page, title: string): Locator => page.locator(`.tl-bar[aria-label^="${title},"]`)
const row = (page: Page, title: string): Locator =>
  page
    .locator('.list tbody tr[data-card]')
    .filter({ has: page.getByRole('link', { name: title, exact: true }) })
const cell = (page: Page, title: string, field: string): Locator =>
  row(page, title).locator(`[data-field=${field}]`)
const speech = (page: Page): Locator => page.locator('[data-speech]')

async function two(browser: Browser, language: Language = 'en') {
  test.slow()
  const us = await team(browser, 'blank', language)
  const other = await us.join('Tomás Rivas', 'partner', language)
  return { us, other, page: us.owner.page }
}

test.describe('the timeline', () => {
  test('is rescheduled by keys, spoken, seen by the other in the list, and undone', async ({ browser }) => {
    const { us, other, page } = await two(browser)
    const path = await planned(
      us,
      [
        { title: 'Pilot', start: on(10), due: on(20) },
        { title: 'Roll-out', start: on(15), due: on(30) },
      ],
      [['Pilot', 'Roll-out']],
    )
    await openView(page, `${path}?view=timeline`)
    await openView(other.page, `${path}?view=list`)
    await expect(bar(page, 'Pilot')).toHaveAttribute('aria-label', /must be done before Roll-out/)
    await expect(bar(page, 'Roll-out')).toHaveAttribute('aria-label', /waits for Pilot/)
    // It begins before the first is over.
    await expect(page.locator('.tl-body > .tl-lines > path.wrong')).toHaveCount(1)

    await bar(page, 'Pilot').focus()
    await page.keyboard.press('d')
    await expect(speech(page)).toHaveText(
      `Due day of Pilot lifted: ${inWords(on(10))} to ${inWords(on(20))}. Left and right move it by a day, with Shift by a week. Enter drops it, Escape returns it.`,
    )
    await page.keyboard.press('Shift+ArrowLeft')
    await expect(speech(page)).toHaveText(`${inWords(on(10))} to ${inWords(on(13))}`)
    await page.keyboard.press('Escape')
    await expect(speech(page)).toHaveText(`Pilot: ${inWords(on(10))} to ${inWords(on(20))}.`)
    await page.keyboard.press('d')
    await page.keyboard.press('Shift+ArrowLeft')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect(speech(page)).toHaveText(`Pilot: ${inWords(on(10))} to ${inWords(on(14))}.`)
    await expect(page.locator('.tl-body > .tl-lines > path.blocks')).toHaveCount(1)
    const due = cell(other.page, 'Pilot', 'due')
    await expect(due).toContainText(String(Number(on(14).slice(8))), { timeout: 2_000 })
    // The bar has kept the focus through all of it.
    await page.keyboard.press('ArrowDown')
    await expect(bar(page, 'Roll-out')).toBeFocused()
    await page
      .locator('.toast')
      .getByRole('button', { name: us.owner.t('common.undo') })
      .click()
    await expect(due).toContainText(String(Number(on(20).slice(8))))
    await us.close()
  })

  test('is rescheduled by mouse: all of a bar, either end, and what has no day is dragged in', async ({
    browser,
  }) => {
    const { us, page } = await two(browser)
    const path = await planned(us, [{ title: 'Pilot', start: on(2), due: on(12) }, { title: 'Someday' }])
    await openView(page, `${path}?view=timeline`)
    const dates = () =>
      bar(page, 'Pilot').evaluate((element) => ({
        left: Number.parseFloat((element as HTMLElement).style.left),
        width: Number.parseFloat((element as HTMLElement).style.width),
      }))
    const before = await dates()
    const drag = async (at: 'start' | 'middle' | 'due', by: number, end: 'drop' | 'escape' = 'drop') => {
      const box = must(await bar(page, 'Pilot').boundingBox(), 'it is in sight')
      const x = at === 'start' ? box.x + 2 : at === 'due' ? box.x + box.width - 3 : box.x + box.width / 2
      await page.mouse.move(x, box.y + 8)
      await page.mouse.down()
      await page.mouse.move(x + by, box.y + 9, { steps: 6 })
      await expect(bar(page, 'Pilot')).toHaveAttribute('data-held', /./)
      if (end === 'escape') await page.keyboard.press('Escape')
      await page.mouse.up()
      await expect(bar(page, 'Pilot')).not.toHaveAttribute('data-held')
    }
    // Eight pixels are a day.
    await drag('middle', 40)
    expect(await dates()).toEqual({ left: before.left + 40, width: before.width })
    await drag('due', 24)
    expect(await dates()).toEqual({ left: before.left + 40, width: before.width + 24 })
    await drag('start', -16)
    expect(await dates()).toEqual({ left: before.left + 24, width: before.width + 40 })
    await drag('middle', 80, 'escape')
    expect(await dates()).toEqual({ left: before.left + 24, width: before.width + 40 })
    // Dragging opens nothing, a click does.
    expect(page.url()).not.toContain('card=')
    await expect(bar(page, 'Pilot')).not.toHaveAttribute('aria-busy')
    await page.reload()
    await expect(bar(page, 'Pilot')).toBeVisible()
    expect((await dates()).width).toBe(before.width + 40)

    const aside = page.locator('.tl-undated')
    const someday = must(await aside.getByRole('button', { name: 'Someday' }).boundingBox(), 'in sight')
    const days = must(await page.locator('.tl').boundingBox(), 'in sight')
    await page.mouse.move(someday.x + 20, someday.y + 10)
    await page.mouse.down()
    await page.mouse.move(days.x + 600, days.y + 100, { steps: 6 })
    await page.mouse.up()
    await expect(bar(page, 'Someday')).toHaveAttribute('aria-label', /^Someday, due /)
    await expect(aside).toHaveCount(0)
    await us.close()
  })

  test('is rescheduled by a finger, and so is the calendar, where a finger rests before it carries', async ({
    browser,
  }) => {
    const { us } = await two(browser)
    const month = `${on(70).slice(0, 8)}`
    const [from, to] = [`${month}08`, `${month}10`]
    const path = await planned(us, [
      { title: 'Pilot', start: on(2), due: on(12) },
      { title: 'Fair', due: from },
    ])
    const context = await browser.newContext({
      viewport: { width: 1100, height: 800 },
      hasTouch: true,
      storageState: await us.owner.context.storageState(),
    })
    const page = await context.newPage()
    const touch = await finger(page)
    await openView(page, `${path}?view=timeline`)
    const left = () => bar(page, 'Pilot').evaluate((it) => Number.parseFloat((it as HTMLElement).style.left))
    const before = await left()
    const box = must(await bar(page, 'Pilot').boundingBox(), 'it is in sight')
    const [x, y] = [box.x + box.width / 2, box.y + 8]
    await touch.down(x, y)
    for (let step = 1; step <= 5; step++) await touch.to(x + step * 8, y)
    await expect(bar(page, 'Pilot')).toHaveAttribute('data-held', /./)
    await touch.up()
    // Eight pixels are a day.
    await expect.poll(left).toBe(before + 40)

    await openView(page, `${path}?view=calendar&on=${from}`)
    const cellOf = (day: string) => page.locator(`td[data-day="${day}"]`)
    const entry = must(await cellOf(from).locator('.cal-entry').boundingBox(), 'it is in sight')
    const target = must(await cellOf(to).boundingBox(), 'it is in sight')
    const at = { x: entry.x + 10, y: entry.y + entry.height / 2 }
    // One that moves on scrolls, and carries nothing.
    await touch.down(at.x, at.y)
    await touch.to(at.x + 30, at.y + 4)
    await touch.up()
    await expect(cellOf(from).locator('.cal-entry')).toHaveText('Fair')
    await touch.down(at.x, at.y)
    await expect
      .poll(async () => {
        await touch.to(at.x + 1, at.y)
        return cellOf(from).locator('.cal-entry[data-held]').count()
      })
      .toBe(1)
    await touch.to(target.x + 20, target.y + 30)
    await touch.to(target.x + 22, target.y + 31)
    await expect(page.locator(`td[data-day="${to}"][data-target]`)).toBeVisible()
    await touch.up()
    await expect(cellOf(to).locator('.cal-entry')).toHaveText('Fair')
    await context.close()
    await us.close()
  })

  test('lets nobody drag who may not edit', async ({ browser }) => {
    const us = await team(browser)
    const reader = await us.join('Rosa Lind', 'viewer')
    const path = await planned(us, [{ title: 'Pilot', start: on(2), due: on(12) }])
    await openView(reader.page, `${path}?view=timeline`)
    await bar(reader.page, 'Pilot').focus()
    await reader.page.keyboard.press('m')
    await expect(bar(reader.page, 'Pilot')).not.toHaveAttribute('data-held')
    await openView(reader.page, `${path}?view=list`)
    await cell(reader.page, 'Pilot', 'title').focus()
    await reader.page.keyboard.press('Enter')
    await expect(reader.page).toHaveURL(/card=act_/)
    await us.close()
  })
})

test.describe('filters', () => {
  test('are a link, and everybody who opens it sees the same', async ({ browser }) => {
    const { us, other, page } = await two(browser)
    const path = await planned(us, [
      { title: 'Pilot in Leeds', mine: true, due: on(-20), column: 'doing' },
      { title: 'Pilot in York', due: on(3) },
      { title: 'Price list', mine: true },
    ])
    // The list is read before any script, filtered as its address says.
    const html = await (await page.request.get(`${path}?view=list&q=york`)).text()
    expect(html).toMatch(/<a[^>]*>Pilot in York<\/a>/)
    expect(html).not.toMatch(/<a[^>]*>Price list<\/a>/)
    await openView(page, `${path}?view=list`)
    await page.locator('[data-filter=owner]').click()
    await expect(page.getByRole('listbox')).toBeFocused()
    await page.keyboard.type('nobo')
    await page.keyboard.press('Enter')
    await expect(row(page, 'Pilot in York')).toBeVisible()
    await expect(row(page, 'Price list')).toHaveCount(0)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await expect(row(page, 'Price list')).toBeVisible()
    await expect(page.locator('[data-filter=owner]')).toBeFocused()

    await page.keyboard.press('/')
    await page.keyboard.type('pilot')
    await expect(page.locator('.filters .shown')).toHaveText('2 of 3 shown')
    await page.locator('[data-filter=due]').click()
    await page.getByRole('option', { name: /^Late/ }).click()
    await expect(page.locator('.filters .shown')).toHaveText('1 of 3 shown')
    await expect(page).toHaveURL(/due=late/)

    await openView(other.page, page.url())
    await expect(other.page.locator('.filters .shown')).toHaveText('1 of 3 shown')
    await expect(other.page.locator('[data-filter=due]')).toHaveText('Due: Late')
    await expect(row(other.page, 'Pilot in Leeds')).toBeVisible()
    await other.page.getByRole('button', { name: other.t('views.clear_all') }).click()
    await expect(row(other.page, 'Price list')).toBeVisible()
    await expect(other.page).not.toHaveURL(/due=/)
    // The board takes the same filter.
    await other.page.getByText(other.t('views.view_board'), { exact: true }).click()
    await other.page.getByRole('searchbox').fill('york')
    await expect(other.page.locator('.act h3')).toHaveText(['Pilot in York'])
    await us.close()
  })

  test('are saved for everybody, used by a colleague, renamed, removed, and brought back', async ({
    browser,
  }) => {
    const { us, other, page } = await two(browser)
    const { t } = us.owner
    const path = await planned(us, [{ title: 'Pilot', mine: true }, { title: 'Price list' }])
    await openView(page, `${path}?view=list&owner=none`)
    await page.getByRole('button', { name: t('views.saved') }).click()
    await page.getByRole('menuitem', { name: t('views.save_this') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('Nobody’s')
    await dialog.getByRole('checkbox').check()
    await dialog.getByRole('button', { name: t('common.save') }).click()
    await expect(dialog).toHaveCount(0)
    await expect(page.locator('.chip.saved')).toHaveText('Nobody’s')

    await openView(other.page, `${path}?view=list`)
    await other.page.getByRole('button', { name: other.t('views.saved') }).click()
    await other.page.getByRole('menuitemradio', { name: 'Nobody’s' }).click()
    await expect(other.page.locator('.filters .shown')).toHaveText('1 of 2 shown')
    await expect(row(other.page, 'Price list')).toBeVisible()

    await page.locator('.chip.saved').click()
    await page.getByRole('menuitem', { name: t('views.saved_manage') }).click()
    await dialog.getByRole('button', { name: t('views.rename_of', { name: 'Nobody’s' }) }).click()
    await dialog.getByRole('textbox').fill('Without an owner')
    await page.keyboard.press('Enter')
    // Whoever uses it sees its new name without a reload.
    await expect(other.page.locator('.chip.saved')).toHaveText('Without an owner')
    await dialog.getByRole('button', { name: t('views.remove_of', { name: 'Without an owner' }) }).click()
    await expect(dialog.locator('.saved-list')).toHaveCount(0)
    await page.keyboard.press('Escape')
    await page
      .locator('.toast')
      .filter({ hasText: t('views.saved_removed', { name: 'Without an owner' }) })
      .getByRole('button', { name: t('common.undo') })
      .click()
    await expect(page.locator('.chip.saved')).toHaveText('Without an owner')
    await us.close()
  })
})

test.describe('the list', () => {
  test('is walked through and changed by keys, sorted, grouped, and chosen from', async ({ browser }) => {
    const { us, other, page } = await two(browser)
    const path = await planned(us, [
      { title: 'Alpha', due: on(30), column: 'doing' },
      { title: 'Beta', due: on(10) },
      { title: 'Gamma' },
    ])
    await openView(page, `${path}?view=list`)
    await openView(other.page, `${path}?view=list&group=column`)
    const titles = () => page.locator('.list .title').allTextContents()
    expect(await titles()).toEqual(['Beta', 'Gamma', 'Alpha'])
    await page.locator('.list thead [data-field=due] button').click()
    await expect.poll(titles).toEqual(['Beta', 'Alpha', 'Gamma'])
    await page.locator('.list thead [data-field=due] button').click()
    await expect.poll(titles).toEqual(['Alpha', 'Beta', 'Gamma'])
    await expect(page).toHaveURL(/sort=-due/)

    await cell(page, 'Alpha', 'title').focus()
    await page.keyboard.press('ArrowDown')
    await expect(cell(page, 'Beta', 'title')).toBeFocused()
    await page.keyboard.press('Enter')
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('Beta, second round')
    await page.keyboard.press('Escape')
    await expect(cell(page, 'Beta', 'title')).toBeFocused()
    await page.keyboard.press('Enter')
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('Bravo')
    await page.keyboard.press('Enter')
    await expect(cell(page, 'Bravo', 'title')).toBeFocused()
    await expect(row(other.page, 'Bravo')).toBeVisible()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: 'Checking' }).click()
    await expect(cell(page, 'Bravo', 'column')).toHaveText('Checking')
    await expect(cell(page, 'Bravo', 'column')).toBeFocused()
    await expect(other.page.locator('.list tr.group')).toHaveText([/^Backlog/, /^Doing/, /^Checking/])
    for (const field of ['owner', 'start', 'due', 'priority', 'effort']) {
      await page.keyboard.press('ArrowRight')
      await expect(cell(page, 'Bravo', field)).toBeFocused()
    }
    await page.keyboard.press('Enter')
    await page.keyboard.type('2.5')
    await page.keyboard.press('Enter')
    await expect(cell(page, 'Bravo', 'effort')).toHaveText('2.5')
    await expect(cell(other.page, 'Bravo', 'effort')).toHaveText('2.5')

    await page.keyboard.press('x')
    await page.keyboard.press('Shift+ArrowDown')
    await expect(page.locator('.list tr[aria-selected=true]')).toHaveCount(2)
    await page
      .locator('.bulk')
      .getByRole('button', { name: us.owner.t('boards.archive') })
      .click()
    await expect.poll(titles).toEqual(['Alpha'])
    await page
      .locator('.toast')
      .filter({ hasText: us.owner.t('boards.done_archived', { n: 2, title: '' }) })
      .getByRole('button', { name: us.owner.t('common.undo') })
      .click()
    await expect.poll(titles).toEqual(['Alpha', 'Bravo', 'Gamma'])
    await us.close()
  })
})

test.describe('the calendar', () => {
  test('takes a quick activity, carries one to another day by keys, and shows what does not fit', async ({
    browser,
  }) => {
    const { us, other, page } = await two(browser)
    const month = addDays(`${on(70).slice(0, 7)}-01`, 0)
    const day = (n: number) => `${month.slice(0, 8)}${String(n).padStart(2, '0')}`
    const path = await planned(us, [
      { title: 'Pilot', start: day(2), due: day(9) },
      ...['A', 'B', 'C', 'D', 'E', 'F'].map((name) => ({ title: `Part ${name}`, due: day(15) })),
    ])
    const at = `${path}?view=calendar&on=${day(10)}`
    await openView(page, at)
    await openView(other.page, at)
    const cellOf = (who: Page, n: number) => who.locator(`td[data-day="${day(n)}"]`)
    await expect(cellOf(page, 15).locator('.cal-entry')).toHaveCount(3)
    await cellOf(page, 15).locator('.cal-more').click()
    await expect(page.locator('.cal-panel .cal-entry')).toHaveCount(6)
    await page.keyboard.press('Escape')

    await cellOf(page, 9).focus()
    await page.keyboard.press('Enter')
    await expect(cellOf(page, 9).locator('.cal-entry')).toBeFocused()
    await page.keyboard.press('m')
    await expect(speech(page)).toHaveText(
      `Pilot lifted from ${inWords(day(9))}. Arrows carry it to another day. Enter drops it, Escape returns it.`,
    )
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await expect(speech(page)).toHaveText(inWords(day(17)))
    await page.keyboard.press('Enter')
    await expect(speech(page)).toHaveText(`Pilot: ${inWords(day(17))}.`)
    await expect(cellOf(page, 17).locator('.cal-entry')).toBeFocused()
    await expect(cellOf(other.page, 17).locator('.cal-entry')).toHaveText('Pilot')

    // By mouse, before its start: the start comes along.
    await cellOf(page, 17).locator('.cal-entry').dragTo(cellOf(page, 1))
    await expect(cellOf(page, 1).locator('.cal-entry')).toHaveText('Pilot')
    await expect(cellOf(other.page, 1).locator('.cal-entry')).toHaveText('Pilot')

    await cellOf(page, 20).focus()
    await page.keyboard.press('c')
    const ime = await inputMethod(page)
    await ime.spell('baojia')
    await ime.ownKey('Enter')
    await ime.commit('报价单')
    await expect(cellOf(page, 20).locator('.cal-entry')).toHaveCount(0)
    await page.keyboard.press('Enter')
    await expect(cellOf(other.page, 20).locator('.cal-entry')).toHaveText('报价单')
    await page.keyboard.press('Escape')
    await expect(cellOf(page, 20)).toBeFocused()
    await us.close()
  })
})

test('in Chinese: found by pinyin while an input method is at work, weeks from Monday', async ({
  browser,
}) => {
  const us = await team(browser, 'blank', 'zh')
  const { page } = us.owner
  const path = await planned(us, [{ title: '报价单改版', due: on(20) }, { title: '上门演示' }])
  await openView(page, `${path}?view=list`)
  const field = page.getByRole('searchbox')
  await field.focus()
  const ime = await inputMethod(page)
  await ime.spell('baojia')
  await ime.ownKey('Enter')
  // Letters on their way to become characters are not looked for.
  await expect(page.locator('.list .title')).toHaveCount(2)
  await ime.commit('报价')
  await expect(page.locator('.list .title')).toHaveText(['报价单改版'])
  await expect(page.locator('.filters .shown')).toHaveText('显示 1 项，共 2 项')
  await field.fill('smys')
  await expect(page.locator('.list .title')).toHaveText(['上门演示'])
  await field.fill('')
  await openView(page, `${path}?view=calendar`)
  await expect(page.locator('.cal th').first()).toHaveText('周一')
  await openView(page, `${path}?view=timeline`)
  await bar(page, '报价单改版').focus()
  await page.keyboard.press('m')
  await page.keyboard.press('ArrowRight')
  await expect(speech(page)).toHaveText(`${inWords(on(21), 'zh')}截止`)
  await page.keyboard.press('Escape')
  await us.close()
})

test('in the list a day of another year is said whole', async ({ browser }) => {
  const us = await team(browser, 'blank', 'zh')
  const year = Number(today.slice(0, 4)) + 1
  const [start, due] = [`${year}-11-28`, `${year}-12-28`] as const
  const path = await planned(us, [{ title: '明年再说', start, due }])
  const { page } = us.owner
  await page.goto(`${path}?view=list`)
  for (const field of ['start', 'due']) {
    const day = page.locator(`.list td[data-field="${field}"]`).first()
    await expect(day).toContainText(`${year}`)
    const cut = await day.evaluate((cell) =>
      [cell, ...cell.querySelectorAll('*')].some((part) => part.scrollWidth > part.clientWidth + 1),
    )
    expect(cut, field).toBe(false)
  }
  await us.close()
})

test('a word without an end stays within its card, panel, toast and list', async ({ browser }) => {
  const us = await team(browser, 'blank')
  const word = 'Donaudampfschifffahrtsgesellschaft'.repeat(4)
  const path = await planned(us, [{ title: word }])
  const { page } = us.owner
  const whole = (place: string) =>
    expect
      .poll(
        () =>
          page
            .locator(place)
            .first()
            .evaluate((part) => part.scrollWidth - part.clientWidth),
        place,
      )
      .toBeLessThanOrEqual(1)
  await openView(page, `${path}?view=timeline`)
  await whole('.tl-undated ul')
  await page.goto(path)
  await awake(page)
  await page.keyboard.press('c')
  await page.keyboard.type(`${word}!`)
  await page.keyboard.press('Enter')
  await expect(page.locator('.toast')).toContainText(word)
  await whole('.toast')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: word, exact: true }).click()
  await expect(page.locator('.why')).toContainText(word)
  await whole('.why')
  await us.close()
})

test('on a phone: rows of two lines, an agenda, and nothing wider than the screen', async ({ browser }) => {
  const us = await team(browser)
  const path = await planned(us, [
    { title: 'Pilot in Leeds', mine: true, start: on(1), due: on(40) },
    { title: 'Price list' },
  ])
  const phone = await visitor(browser, 'Ines Okafor', 'en', { phone: true })
  await phone.context.addCookies(await us.owner.context.cookies())
  const { page } = phone
  for (const view of ['list', 'timeline', 'calendar']) {
    await openView(page, `${path}?view=${view}`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBeLessThanOrEqual(390)
  }
  await openView(page, `${path}?view=list`)
  await row(page, 'Pilot in Leeds').getByRole('link').tap()
  await expect(page).toHaveURL(/card=act_/)
  await openView(page, `${path}?view=calendar&on=${on(40)}`)
  await expect(page.locator('.agenda .cal-entry')).toHaveText('Pilot in Leeds')
  await phone.context.close()
  await us.close()
})
