import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import * as Y from 'yjs'
import { must } from '@/lib/kit/assert'
import { type App, startApp } from '@/lib/testing/server'
import { type SmtpServer, smtpServer } from '@/lib/testing/smtp-server'
import { begin, card, choose, comment, marked, noteOf } from '../support/comments'
import { inputMethod } from '../support/input-method'
import { type Person, team } from '../support/people'
import { chapter, open, typeAtEnd, wordsOf } from '../support/strategy'

const SENTENCE = 'Wages rose 31%, produce 24%, menu prices 17%.'

/** A strategy with one sentence in it, and two partners in front of it. */
async function two(browser: Browser, third?: string) {
  const us = await team(browser, 'blank')
  const ines = us.owner
  // Inviting uses the owner's own page: everybody is there before it stands on the strategy.
  const tomas = await us.join('Tomás Rivas', 'partner')
  const wei = third === undefined ? tomas : await us.join(third, 'partner')
  for (const person of [ines, tomas, wei]) await person.page.setViewportSize({ width: 1440, height: 900 })
  await open(ines.page, us.strategy)
  await typeAtEnd(ines.page, 'situation', SENTENCE)
  await open(tomas.page, us.strategy)
  await expect(chapter(tomas.page, 'situation')).toContainText(SENTENCE)
  return { us, ines, tomas, wei }
}

const saved = (person: Person) =>
  expect(person.page.locator('.save')).toHaveText(person.t('common.save_saved'), { timeout: 15_000 })

/** The chapter as a newcomer's browser is drawn it by the server: what is stored. */
async function storedHtml(page: Page, path: string): Promise<string> {
  return (await page.request.get(path)).text()
}

test.describe('comments', () => {
  test('two on one sentence while a third inserts before it and presses Enter in it', async ({ browser }) => {
    test.slow()
    const { us, ines, tomas, wei } = await two(browser, 'Wei Chen')
    await open(wei.page, us.strategy)

    // The same sentence in the same second, partly the same words.
    await begin(ines.page, 'rose 31%, produce 24%')
    await begin(tomas.page, 'produce 24%, menu')
    await ines.page.locator('.thread.begun textarea').fill('Since when?')
    await tomas.page.locator('.thread.begun textarea').fill('Which produce?')
    await Promise.all([
      ines.page.locator('.thread.begun textarea').press('ControlOrMeta+Enter'),
      tomas.page.locator('.thread.begun textarea').press('ControlOrMeta+Enter'),
      (async () => {
        await chapter(wei.page, 'situation').locator('p').first().click()
        await wei.page.keyboard.press('Home')
        await wei.page.keyboard.type('Since 2022: ', { delay: 10 })
      })(),
    ])
    for (const { page } of [ines, tomas, wei]) {
      await expect(noteOf(page, 'Since when?')).toBeVisible()
      await expect(noteOf(page, 'Which produce?')).toBeVisible()
    }
    const first = must(await noteOf(ines.page, 'Since when?').getAttribute('data-id'), 'a thread')
    const second = must(await noteOf(ines.page, 'Which produce?').getAttribute('data-id'), 'a thread')
    // Now Enter in the middle of both.
    await wei.page.keyboard.press('Home')
    for (let i = 0; i < 'Since 2022: Wages rose 31%, produce'.length; i++)
      await wei.page.keyboard.press('ArrowRight')
    await wei.page.keyboard.press('Enter')
    for (const { page } of [ines, tomas, wei]) {
      await expect(chapter(page, 'situation').locator('p')).toHaveCount(2)
      await expect.poll(() => marked(page, first)).toBe('rose 31%, produce 24%')
      await expect.poll(() => marked(page, second)).toBe('produce 24%, menu')
    }
    await saved(wei)
    const html = await storedHtml(ines.page, us.strategy)
    expect(html).toContain(`data-thread="${first}"`)
    expect(html).toContain(`data-thread="${second}"`)
    await expect(ines.page.getByRole('button', { name: ines.t('threads.bar', { n: 2 }) })).toBeVisible()
    await us.close()
  })

  test('typing beside a fresh comment leaves both, here and in what is stored', async ({ browser }) => {
    const { us, ines, tomas } = await two(browser)
    await comment(ines.page, 'produce 24%', 'Check this.')
    const id = must(await noteOf(ines.page, 'Check this.').getAttribute('data-id'), 'a thread')
    await expect(noteOf(tomas.page, 'Check this.')).toBeVisible()
    // Right behind the commented words, and right before them.
    await choose(ines.page, 'produce 24%')
    await ines.page.keyboard.press('ArrowRight')
    await ines.page.keyboard.type(' in the north', { delay: 10 })
    await choose(tomas.page, 'produce 24%')
    await tomas.page.keyboard.press('ArrowLeft')
    await tomas.page.keyboard.type('fresh ', { delay: 10 })
    // A Chinese colleague composes at the same edge.
    await choose(ines.page, 'in the north')
    await ines.page.keyboard.press('ArrowRight')
    const ime = await inputMethod(ines.page)
    await ime.spell('beifang')
    await ime.commit('北方')
    const whole = 'Wages rose 31%, fresh produce 24% in the north北方, menu prices 17%.'
    for (const { page } of [ines, tomas]) {
      await expect(chapter(page, 'situation')).toContainText(whole)
      await expect.poll(() => marked(page, id)).toBe('produce 24%')
    }
    await saved(ines)
    await saved(tomas)
    const fresh = await ines.context.newPage()
    await fresh.setViewportSize({ width: 1440, height: 900 })
    await open(fresh, us.strategy)
    expect(await wordsOf(fresh, 'situation')).toBe(whole)
    expect(await marked(fresh, id)).toBe('produce 24%')
    await expect(noteOf(fresh, 'Check this.')).toBeVisible()
    await us.close()
  })

  test('commented text deleted, and brought back by undo', async ({ browser }) => {
    const { us, ines, tomas } = await two(browser)
    await comment(ines.page, 'produce 24%', 'Is it so?')
    await expect(noteOf(tomas.page, 'Is it so?')).toBeVisible()
    await choose(tomas.page, 'rose 31%, produce 24%, menu')
    await tomas.page.keyboard.press('Delete')
    await expect(noteOf(ines.page, 'Is it so?')).toBeHidden({ timeout: 2_000 })
    // Still counted, and found where such threads are.
    const button = ines.page.locator('#threads-button')
    await expect(button).toHaveText(ines.t('threads.bar', { n: 1 }))
    await button.click()
    await ines.page.getByRole('button', { name: new RegExp(`^${ines.t('threads.filter_deleted')}`) }).click()
    const kept = card(ines.page, 'Is it so?')
    await expect(kept).toContainText('produce 24%')
    await expect(kept.locator('.badge')).toHaveText(ines.t('threads.deleted_text'))
    await ines.page.keyboard.press('Escape')
    await tomas.page.keyboard.press('ControlOrMeta+z')
    for (const { page } of [ines, tomas]) {
      await expect(chapter(page, 'situation')).toContainText(SENTENCE)
      await expect(noteOf(page, 'Is it so?')).toBeVisible({ timeout: 3_000 })
    }
    await us.close()
  })

  test('cut and pasted elsewhere, the comment goes along', async ({ browser }) => {
    const { us, ines } = await two(browser)
    await ines.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await comment(ines.page, 'produce 24%', 'Moves along.')
    const id = must(await noteOf(ines.page, 'Moves along.').getAttribute('data-id'), 'a thread')
    await choose(ines.page, 'produce 24%, ')
    await ines.page.keyboard.press('ControlOrMeta+x')
    await expect.poll(() => marked(ines.page, id)).toBe('')
    await chapter(ines.page, 'difficulties').click()
    await ines.page.keyboard.press('ControlOrMeta+v')
    await expect.poll(() => marked(ines.page, id)).toBe('produce 24%')
    await expect(ines.page.locator('[data-root="difficulties"] mark.c')).toHaveCount(1)
    await expect(noteOf(ines.page, 'Moves along.')).toBeVisible()
    await us.close()
  })

  test('an adviser comments, and edits by no road', async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'blank')
    const { owner } = us
    await owner.page.setViewportSize({ width: 1440, height: 900 })
    await open(owner.page, us.strategy)
    await typeAtEnd(owner.page, 'situation', SENTENCE)
    await saved(owner)
    const adviser = await us.join('Hanna Berg', 'adviser')
    const viewer = await us.join('Vera Lind', 'viewer')
    for (const { page } of [adviser, viewer]) await page.setViewportSize({ width: 1440, height: 900 })
    expect((await adviser.page.goto(us.strategy))?.status()).toBe(404)
    await owner.page.goto(`${us.strategy}/access`)
    await owner.page.getByRole('combobox', { name: /Hanna Berg/ }).selectOption('comment')
    await open(owner.page, us.strategy)
    await expect(async () => {
      await open(adviser.page, us.strategy)
    }).toPass()

    await comment(adviser.page, 'produce 24%', 'I would say 22.')
    await expect(noteOf(owner.page, 'I would say 22.')).toBeVisible()
    const id = must(await noteOf(owner.page, 'I would say 22.').getAttribute('data-id'), 'a thread')
    expect(await marked(owner.page, id)).toBe('produce 24%')

    // The page: nothing there takes a letter.
    await expect(adviser.page.locator('.text[contenteditable="true"]')).toHaveCount(0)
    await chapter(adviser.page, 'situation').click()
    await adviser.page.keyboard.type('typed')
    // The socket: a raw update is answered by the door, and changes nothing.
    const doc = new Y.Doc()
    doc.getXmlFragment('situation').insert(0, [new Y.XmlText('by the socket')])
    const update = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')
    const room = must(/str_[0-9a-z]{26}/.exec(us.strategy)?.[0], 'the path names the strategy')
    const code = await adviser.page.evaluate(
      ({ update, room }) =>
        new Promise<number>((resolve) => {
          const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/collab/${room}`)
          socket.binaryType = 'arraybuffer'
          const bytes = Uint8Array.from(atob(update), (letter) => letter.charCodeAt(0))
          socket.addEventListener('open', () =>
            socket.send(
              Uint8Array.of(
                0,
                2,
                ...(bytes.length < 128 ? [bytes.length] : [(bytes.length & 127) | 128, bytes.length >> 7]),
                ...bytes,
              ),
            ),
          )
          socket.addEventListener('close', (event) => resolve(event.code))
        }),
      { update, room },
    )
    expect(code).toBe(4403)
    // An action: renaming is for those who edit.
    await expect(adviser.page.locator('h1 [contenteditable="true"], h1 textarea, h1 input')).toHaveCount(0)
    await open(viewer.page, us.strategy)
    // A viewer reads what was said, and says nothing.
    await expect(noteOf(viewer.page, 'I would say 22.')).toBeVisible()
    await expect(viewer.page.locator('article.thread .acts')).toHaveCount(0)
    await choose(viewer.page, 'menu prices')
    await viewer.page.keyboard.press('ControlOrMeta+Alt+m')
    await expect(viewer.page.locator('.thread.begun')).toHaveCount(0)
    expect(await wordsOf(owner.page, 'situation')).toBe(SENTENCE)
    await us.close()
  })

  test('answering, reacting, editing, deleting, resolving, reopening, and the keys', async ({ browser }) => {
    test.slow()
    const { us, ines, tomas } = await two(browser)
    await comment(ines.page, 'Wages', 'One.')
    await comment(ines.page, 'menu prices', 'Two.')
    const { page, t } = tomas
    // By keys alone: the first, the next, and round again.
    await chapter(page, 'situation').click()
    await expect(noteOf(page, 'Two.')).toBeVisible()
    await page.keyboard.press('ControlOrMeta+Alt+n')
    await expect(card(page, 'One.')).toBeFocused()
    await page.keyboard.press('ControlOrMeta+Alt+n')
    await expect(card(page, 'Two.')).toBeFocused()
    await page.keyboard.press('ControlOrMeta+Alt+Shift+n')
    await expect(card(page, 'One.')).toBeFocused()
    await page.keyboard.press('Enter')
    const field = card(page, 'One.').getByRole('textbox')
    await expect(field).toBeFocused()
    await field.pressSequentially('See @Ine')
    await expect(page.getByRole('option', { name: 'Ines Okafor' })).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Enter')
    await expect(field).toHaveValue('See @Ines Okafor ')
    // The Enter that ends a composition chooses nobody and sends nothing.
    const ime = await inputMethod(page)
    await ime.spell('ni')
    await ime.ownKey('Enter')
    await ime.commit('你')
    await expect(field).toHaveValue('See @Ines Okafor 你')
    await field.press('ControlOrMeta+Enter')
    await expect(card(ines.page, 'One.').locator('mark.at')).toHaveText('@Ines Okafor')
    // A bell that rings by itself.
    await expect(ines.page.locator('.bell .waiting')).toHaveText('1')

    await card(page, 'One.')
      .getByRole('button', { name: t('threads.react') })
      .first()
      .click()
    await page.getByRole('menuitem', { name: t('threads.reaction_yes'), exact: true }).click()
    await expect(card(ines.page, 'One.').locator('.reaction.num')).toContainText('1')

    const mine = card(page, 'One.').locator('.c').last()
    await mine.hover()
    await mine.getByRole('button', { name: t('threads.more', { name: t('threads.you') }) }).click()
    await page.getByRole('menuitem', { name: t('threads.edit'), exact: true }).click()
    const editing = card(page, 'One.').getByRole('textbox')
    await expect(editing).toHaveValue('See @Ines Okafor 你')
    await editing.fill('Better words.')
    await editing.press('ControlOrMeta+Enter')
    await expect(card(ines.page, 'One.')).toContainText('Better words.')
    await mine.hover()
    await mine.getByRole('button', { name: t('threads.more', { name: t('threads.you') }) }).click()
    await page.getByRole('menuitem', { name: t('threads.delete'), exact: true }).click()
    await expect(card(ines.page, 'One.')).toContainText(ines.t('threads.deleted_comment'))
    await expect(card(ines.page, 'Better words.')).toHaveCount(0)
    const undo = ({ page, t }: Person) =>
      page
        .locator('.toast', { hasText: t('threads.comment_deleted') })
        .getByRole('button', { name: t('common.undo') })
        .click()
    await undo(tomas)
    await expect(card(ines.page, 'One.')).toContainText('Better words.')
    await expect(card(ines.page, 'One.')).not.toContainText(ines.t('threads.deleted_comment'))
    // With its only comment a thread goes, and comes back on its words.
    const whole = noteOf(ines.page, 'Two.').locator('.c')
    await whole.hover()
    await whole.getByRole('button', { name: ines.t('threads.more', { name: ines.t('threads.you') }) }).click()
    await ines.page.getByRole('menuitem', { name: ines.t('threads.delete'), exact: true }).click()
    for (const { page } of [ines, tomas]) await expect(noteOf(page, 'Two.')).toHaveCount(0)
    await expect(page.locator('#threads-button')).toHaveText(t('threads.bar', { n: 1 }))
    await undo(ines)
    for (const { page } of [ines, tomas]) await expect(noteOf(page, 'Two.')).toBeVisible()
    await expect(page.locator('#threads-button')).toHaveText(t('threads.bar', { n: 2 }))

    await card(page, 'One.')
      .getByRole('button', { name: t('threads.resolve'), exact: true })
      .click()
    await expect(noteOf(ines.page, 'One.')).toHaveCount(0)
    await expect(ines.page.locator('#threads-button')).toHaveText(ines.t('threads.bar', { n: 1 }))
    await ines.page.locator('#threads-button').click()
    await ines.page.getByRole('button', { name: new RegExp(`^${ines.t('threads.filter_resolved')}`) }).click()
    await ines.page
      .locator('.threads-panel')
      .getByRole('button', { name: ines.t('threads.reopen') })
      .click()
    await ines.page.keyboard.press('Escape')
    await expect(noteOf(page, 'One.')).toBeVisible()
    await us.close()
  })

  test('an argument about the positioning ends with what became of it', async ({ browser }) => {
    const us = await team(browser, 'restaurant-saas')
    const { page, t } = us.owner
    await page.setViewportSize({ width: 1440, height: 900 })
    await open(page, us.strategy)
    await comment(page, 'stores that no longer grow', 'Below 20 stores we lose money.')
    const note = noteOf(page, 'Below 20 stores')
    await note.getByRole('button', { name: t('threads.resolve_ask') }).click()
    await expect(note.getByRole('button', { name: t('threads.resolve'), exact: true })).toBeDisabled()
    await note.getByLabel(t('threads.outcome_watch')).check()
    await note.getByLabel(t('threads.reason_watch')).fill('stores under 20 stay below 8% margin')
    await note.getByLabel(t('threads.until')).fill('2027-09-29')
    await note.getByRole('button', { name: t('threads.resolve'), exact: true }).click()
    await expect(card(page, 'Below 20 stores').locator('.ended')).toContainText(
      'Try and watch Returns on 29 September 2027 if stores under 20 stay below 8% margin',
    )
    await us.close()
  })

  test('begun on words at the lower edge, a comment and whom it may name are in sight', async ({
    browser,
  }) => {
    const us = await team(browser, 'restaurant-saas')
    await us.join('陈薇', 'partner')
    const { page, t } = us.owner
    await page.setViewportSize({ width: 1440, height: 900 })
    await open(page, us.strategy)
    await page.locator('#threads-button').waitFor()
    const words = 'The owner sees the total'
    await choose(page, words)
    // As one reads on: the words stand in the last line of the window.
    await page.evaluate(() => {
      const box = document.getSelection()?.getRangeAt(0).getBoundingClientRect()
      scrollBy(0, (box?.bottom ?? 0) - innerHeight + 20)
    })
    await page.keyboard.press('Control+Alt+m')
    const inSight = (part: Locator) =>
      expect
        .poll(async () => {
          const box = must(await part.boundingBox(), 'a box')
          return box.y > 98 && box.y + box.height < 900
        })
        .toBe(true)
    const field = page.locator('.thread.begun textarea')
    await expect(field).toBeFocused()
    await inSight(page.locator('.thread.begun'))
    await field.press('@')
    await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible()
    await inSight(page.getByRole('listbox'))
    await field.fill('Look\nhere\nat https://example.com/menu, please')
    await inSight(page.locator('.thread.begun').getByRole('button', { name: t('threads.comment') }))
    await field.press('ControlOrMeta+Enter')
    const link = noteOf(page, 'Look').getByRole('link', { name: 'https://example.com/menu', exact: true })
    await expect(link).toHaveAttribute('href', 'https://example.com/menu')
    await us.close()
  })

  test('a phone: touching words opens their thread from the lower edge; a link leads to it', async ({
    browser,
  }) => {
    test.slow()
    const { us, ines, tomas } = await two(browser)
    await comment(ines.page, 'produce 24%', 'On the phone?')
    const id = must(await noteOf(ines.page, 'On the phone?').getAttribute('data-id'), 'a thread')
    await tomas.page.setViewportSize({ width: 390, height: 844 })
    await tomas.page.goto(`${us.strategy}?thread=${id}`)
    const sheet = tomas.page.locator('.threads-panel')
    await expect(sheet).toContainText('On the phone?')
    await sheet.getByRole('button', { name: tomas.t('common.close') }).click()
    await expect(sheet).toHaveCount(0)
    await tomas.page.locator(`mark.c[data-thread="${id}"]`).click()
    await sheet.getByRole('button', { name: tomas.t('threads.reply'), exact: true }).click()
    await sheet.getByRole('textbox').fill('Yes, from here.')
    await sheet.getByRole('button', { name: tomas.t('threads.send') }).click()
    await expect(card(ines.page, 'Yes, from here.')).toBeVisible()
    // The inbox leads there as well, and reading it there reads it here.
    await expect(ines.page.locator('.bell .waiting')).toHaveText('1')
    await ines.page.locator('.bell').click()
    await ines.page.getByRole('link', { name: ines.t('inbox.reply', { who: 'Tomás Rivas' }) }).click()
    await expect(card(ines.page, 'Yes, from here.')).toBeFocused()
    await expect(ines.page.locator('.bell .waiting')).toHaveCount(0)
    await us.close()
  })
})

test.describe('letters about comments', () => {
  let app: App
  let smtp: SmtpServer
  test.beforeAll(async () => {
    smtp = await smtpServer()
    app = await startApp({ env: { TRUST_PROXY: 'true', SMTP_URL: smtp.url, MAIL_QUIET_SECONDS: '2' } })
  })
  test.afterAll(async () => {
    await app?.discard()
    await smtp?.close()
  })

  test('the wish for none is kept on the account page', async ({ browser }) => {
    const { visitor, PASSWORD } = await import('../support/people')
    const ines = await visitor(browser, 'Ines Okafor')
    const { page, t, email } = ines
    await page.goto(`${app.url}/sign-up?next=/account`)
    await page.getByLabel(t('auth.email'), { exact: true }).fill(email)
    await page.getByRole('button', { name: t('auth.send_mail'), exact: true }).click()
    const link = () =>
      smtp.received
        .findLast((one) => one.to.includes(`<${email}>`))
        ?.lines.join('\n')
        .replaceAll('=\n', '')
        .match(new RegExp(`^${app.url}/sign-up/[\\w-]{43}$`, 'm'))?.[0]
    await expect.poll(link).toBeTruthy()
    await page.goto(must(link(), 'the poll has found it'))
    await page.getByLabel(t('auth.name'), { exact: true }).fill(ines.name)
    await page.getByLabel(t('auth.password'), { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: t('auth.finish'), exact: true }).click()
    await page.waitForURL(`${app.url}/account`)
    const wish = page.getByRole('checkbox', { name: new RegExp(t('auth.mails')) })
    await expect(wish).toBeChecked()
    await wish.uncheck()
    await page.locator('section[aria-labelledby="mails"] button[type=submit]').click()
    await expect(page.locator('section[aria-labelledby="mails"]')).toContainText(t('auth.saved'))
    await page.reload()
    await expect(wish).not.toBeChecked()
    await ines.context.close()
  })
})

test('where nothing is open the discussion is fetched by the first press, which is not lost', async ({
  browser,
}) => {
  const us = await team(browser, 'restaurant-saas')
  const { page } = us.owner
  await page.setViewportSize({ width: 1440, height: 900 })
  await open(page, us.strategy)
  await page.locator('#threads-button').click()
  await expect(page.locator('.threads-panel')).toBeVisible()
  // The key, on a page nobody has touched yet.
  await open(page, us.strategy)
  await begin(page, 'Regulation now reaches the counter.')
  await us.close()
})
