import { expect, type Page, test } from '@playwright/test'
import { found, type Person, signUp, team, visitor } from '../support/people'
import { chapter, open, typeAtEnd, wordsOf } from '../support/strategy'

/** Names what is in the page now, from its bar. */
async function nameNow({ page, t }: Person, name: string): Promise<void> {
  await saved({ page, t })
  await page.locator('.version-link').click()
  await page.getByRole('menuitem', { name: t('versions.ui_name_now') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('versions.ui_name_label')).fill(name)
  await dialog.getByRole('button', { name: t('versions.ui_name_do') }).click()
  await expect(page.locator('.toast').filter({ hasText: name })).toBeVisible()
}

async function saved({ page, t }: Pick<Person, 'page' | 't'>): Promise<void> {
  await expect(page.locator('.save')).toHaveText(t('common.save_saved'))
}

/** Replaces some words of a chapter, by hand. */
async function rewrite(page: Page, before: string, after: string): Promise<void> {
  await chapter(page, 'situation').getByText(before).first().click({ clickCount: 3 })
  await page.keyboard.type(after, { delay: 8 })
}

test.describe('versions', () => {
  test('are named, found, filtered by person, and say who wrote what', async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'blank')
    const ines = us.owner
    const tomas = await us.join('Tomás Rivas', 'partner')
    await open(ines.page, us.strategy)
    await open(tomas.page, us.strategy)
    await typeAtEnd(ines.page, 'situation', 'Food cost is known fourteen days after the close.')
    await expect(chapter(tomas.page, 'situation')).toContainText('after the close.')
    await nameNow(ines, 'Before the partner meeting')
    // What is there already is not offered for restoring.
    await tomas.page.goto(`${us.strategy}/versions?from=2&to=now`)
    await expect(tomas.page.locator('.sum')).toHaveText(tomas.t('versions.sum_nothing'))
    await expect(tomas.page.locator('.restore').getByRole('button')).toHaveText([
      tomas.t('versions.name_this'),
    ])
    await open(tomas.page, us.strategy)
    await rewrite(tomas.page, 'Food cost', 'Food cost is known twelve days after the close.')
    await saved(tomas)
    await typeAtEnd(ines.page, 'policy', 'We do not sell to head offices.')
    await saved(ines)

    const { page, t } = ines
    await page.goto(`${us.strategy}/versions`)
    await expect(page.locator('h1')).toHaveText(
      t('versions.since', { since: 'Before the partner meeting', kind: 'other' }),
    )
    const changed = page.locator('.ed').first()
    await expect(changed.locator('del')).toHaveText('fourteen')
    await expect(changed.locator('ins')).toHaveText('twelve')
    await expect(changed.locator('.by')).toContainText('Tomás Rivas')
    await expect(page.locator('.ed').nth(1).locator('ins')).toHaveText('We do not sell to head offices.')
    await expect(page.locator('.ed').nth(1).locator('.by')).toContainText('Ines Okafor')

    // One person's doing alone, in the address too.
    await page.getByRole('button', { name: t('versions.everyone') }).click()
    await page.getByRole('menuitemradio', { name: 'Tomás Rivas' }).click()
    await expect(page.locator('.ed')).toHaveCount(1)
    expect(new URL(page.url()).searchParams.get('person')).toMatch(/^usr_/)
    await page.goto(`${us.strategy}/versions`)

    // Side by side, and only the policy.
    await page.getByRole('link', { name: t('versions.view_side') }).click()
    await expect(page.locator('.two').first().locator('> :first-child')).toContainText('fourteen')
    await expect(page.locator('.two').first().locator('> :last-child')).toContainText('twelve')
    await page.getByRole('link', { name: t('versions.view_policy') }).click()
    await expect(page.locator('.ed')).toHaveCount(1)
    await expect(page.locator('.ed')).toContainText('head offices')

    // Found by name; what does not fit is said to be missing.
    await page.goto(`${us.strategy}/versions?q=PARTNER`)
    await expect(page.locator('.vers li')).toHaveCount(1)
    await page.goto(`${us.strategy}/versions?q=nothing-like-it`)
    await expect(page.locator('.vers')).toContainText(t('versions.none_found'))

    // On paper the list and the buttons stay away.
    await page.goto(`${us.strategy}/versions`)
    await page.emulateMedia({ media: 'print' })
    await expect(page.locator('.vers')).toBeHidden()
    await expect(page.locator('.compare-bar')).toBeHidden()
    await expect(page.locator('.restore')).toBeHidden()
    await expect(page.locator('.ed ins').first()).toBeVisible()
    await expect(page.locator('.by').first()).toBeVisible()
    await us.close()
  })

  test('are restored while a colleague types, who loses nothing; and that can be taken back', async ({
    browser,
  }) => {
    test.slow()
    const us = await team(browser, 'blank')
    const ines = us.owner
    const tomas = await us.join('Tomás Rivas', 'partner')
    await open(ines.page, us.strategy)
    await open(tomas.page, us.strategy)
    await typeAtEnd(ines.page, 'situation', 'As it was agreed.')
    await nameNow(ines, 'Agreed')
    await rewrite(ines.page, 'As it was agreed.', 'Something nobody agreed to.')
    await typeAtEnd(ines.page, 'policy', 'A policy from nowhere.')
    await expect(chapter(tomas.page, 'policy')).toContainText('nowhere')
    await saved(ines)

    const { page, t } = ines
    await page.goto(`${us.strategy}/versions`)
    const restore = page.getByRole('button', { name: t('versions.ui_restore', { number: 2 }) })
    await expect(restore).toBeVisible()
    // Tomás writes all the while, in another chapter and beside the words that come back.
    const words = Array.from({ length: 30 }, (_, i) => `word${i}`)
    const typing = (async () => {
      await chapter(tomas.page, 'difficulties').click()
      for (const word of words) await tomas.page.keyboard.type(`${word} `, { delay: 20 })
    })()
    await restore.click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('versions.ui_restore_do') })
      .dblclick()
    // Pointed at, the message stays.
    await page.locator('.toast').filter({ hasText: '2' }).hover()
    await typing
    await expect(chapter(tomas.page, 'situation')).toContainText('As it was agreed.')
    await expect(chapter(tomas.page, 'situation')).not.toContainText('nobody agreed')
    await expect(chapter(tomas.page, 'policy')).not.toContainText('nowhere')
    const said = await wordsOf(tomas.page, 'difficulties')
    for (const word of words) expect(said).toContain(word)

    // Undo in the message brings back what was there, and still nothing of Tomás's is lost.
    await page
      .locator('.toast')
      .getByRole('button', { name: t('common.undo') })
      .click()
    await expect(chapter(tomas.page, 'situation')).toContainText('Something nobody agreed to.')
    await expect(chapter(tomas.page, 'policy')).toContainText('A policy from nowhere.')
    expect(await wordsOf(tomas.page, 'difficulties')).toContain('word29')
    // Two clicks made one restore: what was there, what was restored, and the same again for taking it back.
    await page.goto(`${us.strategy}/versions`)
    await expect(
      page.locator('.vers b').filter({ hasText: t('versions.kind_restored', { number: 2 }) }),
    ).toHaveCount(1)
    await us.close()
  })

  test('are compared in Chinese by words and characters', async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'blank', 'zh')
    const { owner } = us
    const { page, t } = owner
    await open(page, us.strategy)
    await typeAtEnd(page, 'situation', '他们在月底结账十四天后才知道食材成本。')
    await nameNow(owner, '十四场访谈之后')
    await rewrite(page, '他们在月底', '他们在月底结账十二天后才知道食材和人工成本。')
    await saved(owner)
    await page.goto(`${us.strategy}/versions`)
    await expect(page.locator('h1')).toHaveText(
      t('versions.since', { since: '十四场访谈之后', kind: 'other' }),
    )
    const text = page.locator('.ed .text').first()
    await expect(text.locator('del')).toHaveText('四')
    await expect(text.locator('ins')).toHaveText(['二', '和人工'])
    await expect(page.locator('.sum')).toContainText('增 4 字，删 1 字')
    await us.close()
  })

  test('are played back by the keyboard, from the first word to the last', async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'blank')
    const { owner } = us
    const { page, t } = owner
    await open(page, us.strategy)
    await typeAtEnd(page, 'situation', 'The first sentence.')
    await saved(owner)
    const tomas = await us.join('Tomás Rivas', 'partner')
    await open(tomas.page, us.strategy)
    await typeAtEnd(tomas.page, 'policy', 'The last sentence.')
    await saved(tomas)

    await page.goto(`${us.strategy}/versions/replay`)
    const slider = page.getByRole('slider', { name: t('versions.ui_slider') })
    const text = page.locator('.lay.replay')
    await expect(text).toContainText('The last sentence.')
    await expect(slider).toHaveAttribute('aria-valuetext', /Tomás Rivas$/)
    await expect(text.locator('ins').first()).toContainText('sentence')
    await slider.focus()
    await page.keyboard.press('Home')
    await expect(text).not.toContainText('sentence')
    await expect(slider).toHaveAttribute('aria-valuetext', /^Step 1 of /)
    await page.keyboard.press('ArrowRight')
    await expect(text).toContainText('The first sentence.')
    await expect(text).not.toContainText('The last sentence.')
    await expect(slider).toHaveAttribute('aria-valuetext', /Ines Okafor$/)
    // The address holds the moment.
    await page.reload()
    await expect(text).toContainText('The first sentence.')
    await expect(text).not.toContainText('The last sentence.')
    await page.getByRole('button', { name: t('versions.ui_play') }).click()
    await expect(text).toContainText('The last sentence.')
    await expect(page.getByRole('button', { name: t('versions.ui_play') })).toBeVisible()
    await us.close()
  })

  test('are not there for strangers, readers cannot restore, and nonsense is no page', async ({
    browser,
  }) => {
    const us = await team(browser, 'blank')
    await open(us.owner.page, us.strategy)
    await typeAtEnd(us.owner.page, 'situation', 'Ours.')
    await nameNow(us.owner, 'First')
    const viewer = await us.join('Vera Lind', 'viewer')
    await viewer.page.goto(`${us.strategy}/versions`)
    await expect(viewer.page.locator('h1')).toBeVisible()
    await expect(viewer.page.locator('.restore')).toHaveCount(0)

    const stranger = await visitor(browser, 'Nobody')
    await signUp(stranger)
    await found(stranger, 'Elsewhere', 'blank')
    for (const path of ['versions', 'versions/replay', 'versions/replay/at?seq=1', 'compare'])
      expect((await stranger.page.request.get(`${us.strategy}/${path}`)).status(), path).toBe(404)
    const { request } = us.owner.page
    for (const query of [
      'from=99',
      'from=x',
      'to=0',
      'from=1&from=2',
      'view=upside',
      'person=nobody',
      'below=-1',
    ])
      expect((await request.get(`${us.strategy}/versions?${query}`)).status(), query).toBe(404)
    expect((await request.get(`${us.strategy}/versions/replay/at?seq=1e9`)).status()).toBe(404)
    expect((await request.get(`${us.strategy}/versions?from=1&to=2&view=side`)).status()).toBe(200)
    await stranger.context.close()
    await us.close()
  })

  test('of two drafts are compared like versions', async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'restaurant-saas')
    const { page, t } = us.owner
    await page.goto(`${us.workspace}/strategy`)
    const title = (await page.locator('.strategies h2').first().textContent()) ?? ''
    await page
      .getByRole('button', { name: /More about/ })
      .first()
      .click()
    await page.getByRole('menuitem', { name: t('strategy.duplicate') }).click()
    await expect(page.locator('.strategies h2')).toHaveCount(2)
    const copy = page
      .locator('.strategies h2 a')
      .filter({ hasText: t('strategy.copy_title', { title: title.trim() }) })
    await open(page, (await copy.getAttribute('href')) ?? '')
    await chapter(page, 'situation').getByText('Outward first').click()
    await page.keyboard.press('End')
    await page.keyboard.type(' Only in the draft.', { delay: 20 })
    await saved(us.owner)
    await page.goto(`${us.strategy}/compare`)
    await page.locator('.empty').getByRole('link').first().click()
    await expect(page.locator('.ed')).toHaveCount(1)
    await expect(page.locator('.ed ins')).toContainText('Only in the draft.')
    await us.close()
  })
})
