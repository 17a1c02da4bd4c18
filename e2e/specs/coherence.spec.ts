import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { must } from '@/lib/kit/assert'
import { awake } from '../support/awake'
import { findings } from '../support/axe'
import { acting, beside, exampleBoards } from '../support/boards'
import { type Team, team } from '../support/people'
import { open } from '../support/strategy'

/** A row of the matrix by the code of its difficulty. */
const rowOf = (page: Page, code: string) =>
  page.locator('.mx tbody tr', { has: page.locator('small', { hasText: new RegExp(`\\b${code}\\b`) }) })

async function openMatrix(us: Team, query = ''): Promise<void> {
  await us.owner.page.goto(`${us.workspace}/coherence${query}`)
  await us.owner.page.locator('.mxwrap[data-awake]').waitFor()
}

test('the matrix names the uncovered difficulty and the pet projects, exactly those, and leads from the amber gap to its pain', async ({
  browser,
}) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas')
  await exampleBoards(us)
  const { page, t } = us.owner
  await openMatrix(us)
  await expect(page.locator('.mx .void')).toHaveCount(1)
  await expect(page.locator('.mx .void th')).toContainText('Franchise figures arrive late and too low')
  await expect(page.locator('.mx .void')).toContainText(t('coherence.nobody'))
  await expect(page.locator('.mx .petrow .pill')).toHaveCount(4)
  for (const title of [
    'A mascot for the website',
    'Move to a larger office',
    'Rewrite the billing service',
    'Trophy wall and incentive trip',
  ])
    await expect(page.locator('.mx .petrow .pill', { hasText: title })).toHaveCount(1)
  // Segments in focus first, those out of focus last.
  await expect(page.locator('.mx tbody tr').first()).toContainText(t('coherence.kind_segment_focus'))
  await expect(page.locator('.mx .out')).toHaveCount(2)
  await expect(page.locator('.verdicts')).toContainText(t('coherence.sum_pairs', { n: 1 }))

  // Whoever may answers for it until a day, and takes that back by undo.
  await page
    .locator('.mx .void')
    .getByRole('button', { name: t('coherence.accept') })
    .click()
  const risk = page.getByRole('dialog')
  await risk.getByLabel(t('coherence.ui_risk_reason')).fill('The franchise ends in spring.')
  expect(await findings(page, 'dialog')).toEqual([])
  await risk.getByRole('button', { name: t('coherence.ui_risk_do'), exact: true }).click()
  // Whoever points at it keeps it, however long the rest of this takes.
  const said = page.locator('.toast', { hasText: t('coherence.ui_risk_accepted') })
  await said.hover()
  await expect(page.locator('.mx .void')).toHaveCount(0)
  await expect(page.locator('.mx .taken')).toContainText('The franchise ends in spring.')
  await expect(page.locator('.mx .taken')).toContainText(us.owner.name)
  await expect(page.locator('.verdicts')).toContainText(t('coherence.sum_accepted', { n: 1 }))
  expect(await findings(page, '.mx')).toEqual([])
  await said.getByRole('button', { name: t('common.undo') }).click()
  await expect(page.locator('.mx .void')).toHaveCount(1)

  // By keys: into the table, down a row, into a cell and out of it.
  await page.locator('.mx thead th').first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page.locator('.mx td a:focus')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(page.locator('.mx td:focus')).toHaveCount(1)

  // Amber by the rule, said in words; two clicks to the pain.
  await expect(page.locator('.mx .hl')).toHaveCount(1)
  await rowOf(page, 'G2').locator('.amber a').click()
  await page.waitForURL(/view=gaps#itm_/)
  const amber = page.locator('.gap[data-state="amber"]')
  await expect(amber).toHaveCount(1)
  await expect(amber).toContainText(t('coherence.gap_amber'))
  await expect(amber).toContainText('The guests who used to come back')
  await expect(page.locator('.rule')).toHaveText(t('coherence.gaps_rule'))
  await amber.locator('.pains .w').click()
  await page.waitForURL(/\/strategy\/str_.*#itm_/)
  await expect(
    page.locator('.item[data-kind="pain"]', { hasText: 'Members join and never return' }),
  ).toBeInViewport({
    timeout: 20_000,
  })
  await us.close()
})

test('one quarter alone, its table as a file, and the throughline of a gap by keys and as a list', async ({
  browser,
}) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas')
  await exampleBoards(us)
  const { page, t } = us.owner
  await openMatrix(us, '?cycle=2026-Q3')
  await expect(page.locator('.mx .petrow .pill')).toHaveCount(1)
  await openMatrix(us)
  await page.getByRole('button', { name: t('coherence.ui_export'), exact: true }).click()
  const coming = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: t('coherence.ui_csv') }).click()
  const csv = await readFile(must(await (await coming).path(), 'it came'), 'utf8')
  expect(csv).toContain('Franchise figures arrive late and too low')
  expect(csv).toContain('A mascot for the website')
  expect(csv).not.toMatch(/(^|,)"?[=+@]/m)

  await page.goto(`${us.workspace}/coherence?view=graph`)
  await page.locator('.tl-frame[data-awake]').waitFor()
  await page.locator('.pt-difficulty', { hasText: 'G2' }).getByRole('button').focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/focus=itm_/)
  await expect(page.locator('.pt-activity.on')).toHaveCount(5)
  await page.keyboard.press('ArrowRight')
  await expect(page.locator('.pt-activity.on > :focus')).toHaveCount(1)
  await page.locator('.tl-bar label', { hasText: t('coherence.ui_list') }).click()
  await expect(page.locator('.tl-list tbody tr')).toHaveCount(5)
  await expect(page.locator('.tl-list')).toContainText('Members who return within 30 days')
  await us.close()
})

test('a slot is changed, whoever serves it is asked, and the card carries the question until it is answered', async ({
  browser,
}) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas')
  await exampleBoards(us)
  const { page, t } = us.owner
  await beside(async (store) => {
    const owner = await acting(store, us.owner, us.workspace)
    await store.sql`update activities set owner_id = ${owner.actor.memberId} where title like 'Renewals tied%'`
  })
  await open(page, us.strategy)
  // The measures under an item come with the script that watches its words.
  await expect(page.locator('.item .served').first()).toBeVisible({ timeout: 20_000 })
  await page.locator('.item[data-kind="positioning"] .parts > *').nth(2).click()
  await page.keyboard.press('End')
  await page.keyboard.type(', hands first')
  const strip = page.locator('.impact')
  await expect(strip).toContainText(t('coherence.impact_slot_solution'), { timeout: 20_000 })
  await expect(strip.locator('ins')).toContainText('hands first')
  // Whoever leaves without asking finds the question when they come back.
  await expect(page.locator('.save')).toHaveText(t('common.save_saved'))
  await open(page, us.strategy)
  await expect(strip.locator('ins')).toContainText('hands first', { timeout: 20_000 })
  await expect(strip).toContainText(t('coherence.impact_unasked'))
  expect(await findings(page, '.impact')).toEqual([])
  await strip.getByRole('button', { name: t('coherence.impact_ask', { n: 2 }) }).click()
  await expect(page.locator('.toast', { hasText: t('coherence.impact_asked', { n: 2 }) })).toBeVisible()
  await expect(strip).toHaveCount(0)
  await open(page, us.strategy)
  await expect(page.locator('.item .served').first()).toBeVisible({ timeout: 20_000 })
  await expect(strip).toHaveCount(0)

  // Who has not answered is listed.
  await openMatrix(us)
  await expect(page.locator('#moved')).toHaveText(t('coherence.moved_title', { n: 2 }))
  await expect(page.locator('main')).toContainText(t('coherence.moved_who', { name: us.owner.name }))

  // Answered in one's own work; the card on the board carried it until then.
  await page.goto(`${us.workspace}/boards/sales`)
  const card = page.locator('.act', { hasText: 'Renewals tied' })
  await expect(card).toContainText(t('boards.moved'), { timeout: 20_000 })
  await page.goto(`${us.workspace}/my-work`)
  await awake(page)
  const question = page.locator('.still', { hasText: 'hands first' })
  await question.getByRole('button', { name: t('coherence.impact_adapt') }).click()
  await question.getByLabel(t('coherence.impact_note_adapt')).fill('The contract names the hands now.')
  await question.getByRole('button', { name: t('coherence.impact_answer'), exact: true }).click()
  await expect(page.locator('.still')).toHaveCount(0)
  await page.goto(`${us.workspace}/coherence`)
  await expect(page.locator('#moved')).toHaveText(t('coherence.moved_title', { n: 1 }))
  await us.close()
})

test('a view says what it is before it has been read: without script it is whole, and what is not there is not found', async ({
  browser,
}) => {
  test.slow()
  const us = await team(browser, 'restaurant-saas')
  await exampleBoards(us)
  const { page, t } = us.owner
  const still = await browser.newContext({
    storageState: await us.owner.context.storageState(),
    javaScriptEnabled: false,
  })
  const plain = await still.newPage()
  await plain.goto(`${us.workspace}/coherence`)
  await expect(plain.locator('.mx .void')).toBeVisible()
  await expect(plain.locator('main:visible')).toHaveCount(1)
  await expect(plain.getByRole('heading', { level: 1 })).toHaveText(t('coherence.matrix_title'))
  await still.close()
  for (const path of ['coherence', 'reviews/rev_00000000000000000000000000'])
    expect((await page.request.get(`${us.workspace}/${path}`)).status(), path).toBe(
      path === 'coherence' ? 200 : 404,
    )

  // What the address names was not there when the browser looked.
  await openMatrix(us)
  const id = must(await page.locator('.mx .void').getAttribute('id'), 'a row has its item’s')
  await page.setViewportSize({ width: 1200, height: 300 })
  await page.goto('about:blank')
  await page.goto(`${us.workspace}/coherence#${id}`)
  await expect(page.locator(`[id="${id}"]`)).toBeInViewport()
  await us.close()
})
