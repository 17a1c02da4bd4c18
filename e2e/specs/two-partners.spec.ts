import { expect, test } from '@playwright/test'
import { team } from '../support/people'
import { chapter, open, ready, roots, typeAtEnd, wordsOf } from '../support/strategy'

test.describe('two partners write one strategy', () => {
  test('in two languages, at once, in all four chapters, and both end equal', async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'blank')
    const tomas = us.owner
    const zhixing = await us.join('沈知行', 'partner', 'zh')

    await open(tomas.page, us.strategy)
    await open(zhixing.page, us.strategy)
    // Each reads the page in their own language.
    await expect(tomas.page.locator('#c2 h2')).toContainText(tomas.t('editor.difficulties'))
    await expect(zhixing.page.locator('#c2 h2')).toContainText(zhixing.t('editor.difficulties'))

    // Both in the same chapter at the same time, each in a paragraph of their own.
    for (const root of roots) {
      await typeAtEnd(tomas.page, root, 'T: ')
      await tomas.page.keyboard.press('Enter')
      await tomas.page.keyboard.type('Z: ')
      await expect(chapter(zhixing.page, root).locator('p').nth(1)).toContainText('Z:')
      await Promise.all([
        (async () => {
          await chapter(tomas.page, root).locator('p').first().click()
          await tomas.page.keyboard.press('End')
          await tomas.page.keyboard.type(`Tomás writes the ${root}.`, { delay: 8 })
        })(),
        typeAtEnd(zhixing.page, root, `知行写${root}。`),
      ])
    }
    for (const root of roots) {
      for (const page of [tomas.page, zhixing.page]) {
        await expect(chapter(page, root)).toContainText(`Tomás writes the ${root}.`)
        await expect(chapter(page, root)).toContainText(`知行写${root}。`)
      }
      await expect
        .poll(async () => (await wordsOf(tomas.page, root)) === (await wordsOf(zhixing.page, root)))
        .toBe(true)
    }

    // Who is here, and where their caret is, said by name.
    await expect(tomas.page.getByRole('button', { name: /沈知行/ })).toBeVisible()
    await expect(tomas.page.locator('.cur').filter({ hasText: '沈知行' })).toHaveCount(1)
    await expect(zhixing.page.locator('.cur').filter({ hasText: tomas.name })).toHaveCount(1)

    // What was saved is what a newcomer's browser is drawn by the server, before any script.
    await expect(tomas.page.locator('.save')).toHaveText(tomas.t('common.save_saved'))
    const html = await (await tomas.page.request.get(us.strategy)).text()
    for (const root of roots) expect(html).toContain(`知行写${root}。`)
    await us.close()
  })

  test('one goes offline, writes, closes the tab, comes back; nothing is lost', async ({ browser }) => {
    const us = await team(browser, 'blank')
    const away = us.owner
    const here = await us.join('Tomás Rivas', 'partner')
    await open(away.page, us.strategy)
    await open(here.page, us.strategy)
    await typeAtEnd(away.page, 'situation', 'Before. ')
    await expect(chapter(here.page, 'situation')).toContainText('Before.')

    await away.context.setOffline(true)
    await typeAtEnd(away.page, 'situation', 'Written on a train. ')
    await typeAtEnd(here.page, 'situation', 'Meanwhile at the office. ')
    // The state says it in words, with a number, and says "kept" only of what the device has.
    await expect(away.page.locator('.save')).toHaveText(/Offline, \d+ changes? kept on this device/, {
      timeout: 15_000,
    })
    await away.page.close()

    await away.context.setOffline(false)
    const again = await away.context.newPage()
    await open(again, us.strategy)
    for (const page of [again, here.page]) {
      for (const words of ['Before.', 'Written on a train.', 'Meanwhile at the office.'])
        await expect(chapter(page, 'situation')).toContainText(words, { timeout: 15_000 })
    }
    await expect
      .poll(async () => (await wordsOf(again, 'situation')) === (await wordsOf(here.page, 'situation')))
      .toBe(true)
    expect((await wordsOf(again, 'situation')).match(/train/g)).toHaveLength(1)
    await us.close()
  })

  test('a viewer reads along and cannot write', async ({ browser }) => {
    const us = await team(browser, 'blank')
    const viewer = await us.join('Vera Lind', 'viewer')
    await open(us.owner.page, us.strategy)
    await open(viewer.page, us.strategy)
    await expect(viewer.page.getByText(viewer.t('editor.you_read'))).toBeVisible()
    await expect(viewer.page.locator('.text[contenteditable="true"]')).toHaveCount(0)

    await chapter(viewer.page, 'situation').click()
    await viewer.page.keyboard.type('I was here')
    await typeAtEnd(us.owner.page, 'situation', 'Only this. ')
    await expect(chapter(viewer.page, 'situation')).toContainText('Only this.')
    expect(await wordsOf(us.owner.page, 'situation')).not.toContain('I was here')
    await us.close()
  })

  test('a partner removed while writing is out within a second, and nothing of theirs comes after', async ({
    browser,
  }) => {
    const us = await team(browser, 'blank')
    const leaver = await us.join('Wei Chen', 'partner')
    const witness = await us.owner.context.newPage()
    await open(witness, us.strategy)
    await open(leaver.page, us.strategy)
    await typeAtEnd(leaver.page, 'policy', 'Last words. ')
    await expect(chapter(witness, 'policy')).toContainText('Last words.')

    const { page, t } = us.owner
    await page.goto(`${us.workspace}/settings/members`)
    await page.getByRole('button', { name: `${t('people.remove')} ${leaver.name}` }).click()
    // First the notice; a moment later the page is drawn anew, and is not theirs to see any more.
    const closed = leaver.page
      .getByText(leaver.t('editor.revoked'))
      .or(leaver.page.getByText(leaver.t('common.not_found_title')))
      .first()
      .waitFor()
      .then(() => Date.now())
    const done = page.getByRole('button', { name: t('people.remove_do'), exact: true })
    await leaver.page.bringToFront()
    await page.bringToFront()
    await done.click()
    const removed = await page
      .locator('.people .who b')
      .filter({ hasText: leaver.name })
      .waitFor({ state: 'detached' })
      .then(() => Date.now())
    // The page of the one removed says so about when the owner's own page has taken the name away.
    expect((await closed) - removed).toBeLessThan(1_000)

    await leaver.page.bringToFront()
    await leaver.page.keyboard.type('And one more thing. ')
    await expect(leaver.page.locator('.text[contenteditable="true"]')).toHaveCount(0)
    const html = await (await witness.request.get(us.strategy)).text()
    expect(html).toContain('Last words.')
    expect(html).not.toContain('one more thing')
    // Missing and forbidden look alike to somebody who is no member any more.
    const gone = await leaver.page.request.get(us.strategy)
    const never = await leaver.page.request.get('/no-such-place/strategy/str_00000000000000000000000000')
    expect([gone.status(), never.status()]).toEqual([404, 404])
    await us.close()
  })

  test('several tabs of one person are one person, and the text is once', async ({ browser }) => {
    const us = await team(browser, 'blank')
    await open(us.owner.page, us.strategy)
    const second = await us.owner.context.newPage()
    await open(second, us.strategy)
    await typeAtEnd(us.owner.page, 'activities', 'From the first tab. ')
    await expect(chapter(second, 'activities')).toContainText('From the first tab.')
    await typeAtEnd(second, 'activities', 'From the second. ')
    await expect(chapter(us.owner.page, 'activities')).toContainText('From the second.')
    await us.owner.page.reload()
    await ready(us.owner.page)
    const words = await wordsOf(us.owner.page, 'activities')
    expect(words.match(/From the first tab/g)).toHaveLength(1)
    expect(words.match(/From the second/g)).toHaveLength(1)
    await us.close()
  })
})
