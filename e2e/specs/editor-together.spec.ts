import { expect, test } from '@playwright/test'
import { inputMethod } from '../support/input-method'
import { type Person, type Team, team } from '../support/people'
import { chapter, open, typeAtEnd, wordsOf } from '../support/strategy'

let us: Team
let peer: Person
test.beforeAll(async ({ browser }) => {
  us = await team(browser, 'blank', 'zh')
  peer = await us.join('Tomás Rivas', 'partner')
})
test.afterAll(() => us.close())

test('composing Chinese while a colleague writes in the same paragraph', async () => {
  const me = us.owner
  await open(me.page, us.strategy)
  await open(peer.page, us.strategy)
  await typeAtEnd(me.page, 'situation', '我们的方针。')
  await expect(chapter(peer.page, 'situation')).toHaveText('我们的方针。')

  await me.page.keyboard.press('Home')
  for (let i = 0; i < 3; i++) await me.page.keyboard.press('ArrowRight')
  const ime = await inputMethod(me.page)
  await ime.spell('xin')
  // Before the words, behind them, and in another chapter.
  await chapter(peer.page, 'situation').focus()
  await peer.page.keyboard.press('ControlOrMeta+Home')
  await peer.page.keyboard.type('2027: ')
  await peer.page.keyboard.press('ControlOrMeta+End')
  await peer.page.keyboard.type(' Agreed.')
  await typeAtEnd(peer.page, 'policy', 'Elsewhere.')
  await expect(chapter(me.page, 'policy')).toHaveText('Elsewhere.')
  // What is being composed is nobody else's yet, and is not disturbed.
  expect(await wordsOf(peer.page, 'situation')).toBe('2027: 我们的方针。 Agreed.')
  await expect(chapter(me.page, 'situation')).toHaveText('我们的xin方针。')
  await ime.spell('xin de')
  await ime.commit('新的')
  await expect(chapter(me.page, 'situation')).toHaveText('2027: 我们的新的方针。 Agreed.')
  await expect(chapter(peer.page, 'situation')).toHaveText('2027: 我们的新的方针。 Agreed.')
  // The caret stands behind the words.
  await me.page.keyboard.type('!')
  await expect(chapter(peer.page, 'situation')).toHaveText('2027: 我们的新的!方针。 Agreed.')
})

test('a composition survives a colleague who deletes its paragraph', async () => {
  const me = us.owner
  await open(me.page, us.strategy)
  await open(peer.page, us.strategy)
  await typeAtEnd(me.page, 'difficulties', '第一段。')
  await me.page.keyboard.press('Enter')
  await me.page.keyboard.insertText('第二段。')
  await expect(chapter(peer.page, 'difficulties').locator('p')).toHaveCount(2)
  const ime = await inputMethod(me.page)
  await ime.spell('bu neng diu')
  await chapter(peer.page, 'difficulties').locator('p').nth(1).click({ clickCount: 3 })
  await peer.page.keyboard.press('Backspace')
  await peer.page.keyboard.press('Backspace')
  await expect(chapter(peer.page, 'difficulties').locator('p')).toHaveCount(1)
  // What arrives in another chapter shows that the deletion has arrived too; here it waits for the composition.
  await typeAtEnd(peer.page, 'activities', 'Gone.')
  await expect(chapter(me.page, 'activities')).toContainText('Gone.')
  await expect(chapter(me.page, 'difficulties')).toContainText('第二段。bu neng diu')
  await ime.commit('不能丢')
  await expect(chapter(peer.page, 'difficulties')).toContainText('不能丢')
  await expect(chapter(me.page, 'difficulties')).toContainText('不能丢')
  expect(await wordsOf(me.page, 'difficulties')).toBe(await wordsOf(peer.page, 'difficulties'))
})

test('carets carry names, cover no word, and lead to where somebody writes', async () => {
  const me = us.owner
  await open(me.page, us.strategy)
  await open(peer.page, us.strategy)
  await typeAtEnd(peer.page, 'activities', 'Down here.')
  const caret = me.page.locator('[data-root=activities] .cur')
  await expect(caret).toHaveCount(1)
  await expect(caret).toHaveText('Tomás Rivas')
  const face = me.page.getByRole('button', { name: /Tomás Rivas/ })
  await expect(face).toHaveAccessibleName('Tomás Rivas，在“连贯性活动”一章，点击跟随')
  await me.page.evaluate(() => window.scrollTo(0, 0))
  await face.click()
  await expect(me.page.getByText('正在跟随 Tomás Rivas')).toBeVisible()
  await expect(caret).toBeInViewport()
  // Scrolling for oneself ends it.
  await me.page.mouse.move(600, 400)
  await me.page.mouse.wheel(0, -200)
  await expect(me.page.getByText('正在跟随')).toHaveCount(0)
  // The name stands behind the last word of its line.
  const covers = await caret.evaluate((element) => {
    const label = element.querySelector('b')?.getBoundingClientRect()
    const range = document.createRange()
    range.selectNodeContents(element.closest('[data-root]')?.querySelector('.text p') ?? element)
    const words = range.getBoundingClientRect()
    return label ? label.left < words.right && label.right > words.left && label.top < words.bottom : true
  })
  expect(covers).toBe(false)
})

test('a new title is seen by everybody at once', async () => {
  const me = us.owner
  await open(me.page, us.strategy)
  await open(peer.page, us.strategy)
  const title = me.page.getByRole('textbox', { name: me.t('editor.title_label') })
  await title.click()
  await me.page.keyboard.press('ControlOrMeta+a')
  await me.page.keyboard.insertText('栈道 2027')
  await me.page.keyboard.press('Enter')
  await expect(peer.page.getByRole('heading', { level: 1 })).toHaveText('栈道 2027')
  await expect(peer.page).toHaveTitle(/^栈道 2027/)
})

test('a reader sees everything live and has nothing to write with', async () => {
  const reader = await us.join('Vera Lind', 'viewer')
  await open(reader.page, us.strategy)
  await open(us.owner.page, us.strategy)
  await expect(reader.page.locator('.save')).toHaveText('You can read this strategy')
  await expect(reader.page.locator('.text[contenteditable="true"], .titled')).toHaveCount(0)
  await typeAtEnd(us.owner.page, 'policy', '给读者看。')
  await expect(chapter(reader.page, 'policy')).toContainText('给读者看。')
  await expect(reader.page.locator('[data-root=policy] .cur')).toHaveText(us.owner.name)
  await chapter(reader.page, 'policy').click({ clickCount: 2 })
  await expect(reader.page.getByRole('toolbar')).toHaveCount(0)
  await expect(us.owner.page.getByRole('button', { name: 'Vera Lind，正在阅读' })).toBeVisible()
})
