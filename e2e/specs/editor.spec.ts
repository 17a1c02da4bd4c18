import { expect, type Page, test } from '@playwright/test'
import type { TextRoot } from '@/lib/document/roots'
import { inputMethod } from '../support/input-method'
import { type Team, team } from '../support/people'
import { chapter, open, ready, typeAtEnd, wordsOf } from '../support/strategy'

let us: Team
let written: Team
test.beforeAll(async ({ browser }) => {
  us = await team(browser, 'blank')
  written = await team(browser, 'restaurant-saas')
})
test.afterAll(async () => {
  await us.close()
  await written.close()
})

/** A fresh line at the end of a chapter, with the caret in it. */
async function freshLine(page: Page, root: TextRoot): Promise<void> {
  await chapter(page, root).focus()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.press('Enter')
  // Twice leaves a list, a quote or a heading behind.
  await page.keyboard.press('Enter')
}

test('the text is there before any script, and stands still when the editor takes over', async ({
  browser,
}) => {
  const state = await written.owner.context.storageState()
  const still = await browser.newContext({ storageState: state, javaScriptEnabled: false })
  const page = await still.newPage()
  await page.goto(written.strategy)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(chapter(page, 'policy')).toContainText('restaurant')
  await expect(page.locator('nav.toc a').first()).toBeVisible()
  const places = (page: Page) =>
    page.locator('.text > *, .text li, .text .part, .text .face, .text .facts, .ch > h2').evaluateAll((all) =>
      all.map((one) => {
        const { left, top, width, height } = one.getBoundingClientRect()
        return [one.tagName, left, top + window.scrollY, width, height].join(' ')
      }),
    )
  // Without scripts nothing can be measured from outside either; the same page is measured before and after instead.
  await still.close()

  const held = await browser.newContext({ storageState: state })
  const live = await held.newPage()
  let letThrough = () => {}
  const gate = new Promise<void>((open) => {
    letThrough = open
  })
  await live.routeWebSocket(/\/collab\/str_/, async (socket) => {
    await gate
    socket.connectToServer()
  })
  await live.goto(written.strategy)
  await live.waitForLoadState('networkidle')
  await live.evaluate(() => window.scrollTo(0, 900))
  const before = await places(live)
  expect(before.length).toBeGreaterThan(100)
  // Not one key before the first sync.
  await chapter(live, 'situation').locator('p').first().click()
  await live.keyboard.type('too early')
  expect(await wordsOf(live, 'situation')).not.toContain('too early')
  await live.evaluate(() => window.scrollTo(0, 900))
  letThrough()
  await ready(live)
  expect(await places(live)).toEqual(before)
  // Wherever one reads, the strategy's bar hangs right below the head of the page, and covers no word of it at the top.
  for (const y of [900, 0]) {
    await live.evaluate((y) => window.scrollTo(0, y), y)
    const of = (what: string) =>
      live
        .locator(what)
        .first()
        .evaluate((one) => one.getBoundingClientRect().toJSON())
    const bar = await of('.over .bar')
    expect(bar.top).toBe((await of('header.mast')).bottom)
    if (y === 0) expect((await of('main .head')).top).toBeGreaterThanOrEqual(bar.bottom)
  }
  await held.close()
})

test('a click before the editor is there finds its place when it is', async ({ browser }) => {
  const context = await browser.newContext({ storageState: await written.owner.context.storageState() })
  const page = await context.newPage()
  let letThrough = () => {}
  const gate = new Promise<void>((open) => {
    letThrough = open
  })
  await page.routeWebSocket(/\/collab\/str_/, async (socket) => {
    await gate
    socket.connectToServer()
  })
  await page.goto(written.strategy)
  await page.waitForLoadState('networkidle')
  const paragraph = chapter(page, 'situation').locator('p').first()
  const box = await paragraph.boundingBox()
  if (!box) throw new Error('the paragraph is on the page')
  await page.mouse.click(box.x + 2, box.y + 10)
  letThrough()
  await ready(page)
  await expect(chapter(page, 'situation')).toBeFocused()
  await page.keyboard.type('Here: ')
  await expect(paragraph).toContainText(/^Here: /)
  await page.keyboard.press('ControlOrMeta+z')
  await context.close()
})

test('an address or the outline leads to a chapter right below the bars', async () => {
  const { page } = written.owner
  const belowBars = (id: string) =>
    page.evaluate((id) => {
      const bars = document.querySelector('.over .bar')?.getBoundingClientRect().bottom ?? 0
      return Math.round((document.querySelector(`${id} > h2`)?.getBoundingClientRect().top ?? 0) - bars)
    }, id)
  for (const id of ['#c2', '#c3', '#c4']) {
    await page.goto('about:blank')
    await open(page, written.strategy + id)
    // Who stands behind the wording is drawn above the fourth chapter when one comes near, and late.
    if (id === '#c4')
      await expect(page.getByRole('button', { name: written.owner.t('suggest.sign') })).toBeAttached()
    await expect.poll(() => belowBars(id)).toBeLessThanOrEqual(16)
    expect(await belowBars(id)).toBeGreaterThanOrEqual(0)
  }
  await page.locator('nav.toc a[href="#c3"]').first().click()
  await expect.poll(() => belowBars('#c3')).toBeLessThanOrEqual(16)
})

test('opening writes nothing', async ({ browser }) => {
  const context = await browser.newContext({ storageState: await written.owner.context.storageState() })
  const page = await context.newPage()
  const updates: number[] = []
  page.on('websocket', (socket) => {
    if (!socket.url().includes('/collab/str_')) return
    socket.on('framesent', ({ payload }) => {
      // A sync frame that carries an update.
      if (typeof payload !== 'string' && payload[0] === 0 && payload[1] === 2) updates.push(payload.length)
    })
  })
  await open(page, written.strategy)
  for (const root of ['preface', 'situation', 'difficulties', 'policy', 'activities'] as const)
    await chapter(page, root).focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('.save')).toHaveText('Saved')
  expect(updates).toEqual([])
  await context.close()
})

test.describe('writing', () => {
  test('Markdown signs become what they mean', async () => {
    const { page } = us.owner
    await open(page, us.strategy)
    const text = chapter(page, 'difficulties')
    await text.focus()
    // An address becomes a link once it is whole, also in a sentence that goes on in Chinese.
    await page.keyboard.type('见https://example.org/a。下一句 [words](https://example.org/b) end\n')
    await expect(text.locator('a')).toHaveText(['https://example.org/a', 'words'])
    await expect(text.locator('p').first()).toHaveText('见https://example.org/a。下一句 words end')
    await page.keyboard.type('## Segments\nPlain **bold** *slanted* ~~gone~~ `code` words\n- one\ntwo\n\n')
    await page.keyboard.type('1. first\nsecond\n\n> quoted\n\n')
    await page.keyboard.type('[ ] to do\n\n---')
    await page.keyboard.type('```\nlet x = 1')
    await expect(text.locator('h3')).toHaveText('Segments')
    await expect(text.locator('strong')).toHaveText('bold')
    await expect(text.locator('em')).toHaveText('slanted')
    await expect(text.locator('s')).toHaveText('gone')
    await expect(text.locator('p code')).toHaveText('code')
    await expect(text.locator('ul:not([data-type]) li')).toHaveText(['one', 'two'])
    await expect(text.locator('ol li')).toHaveText(['first', 'second'])
    await expect(text.locator('blockquote')).toHaveText('quoted')
    await expect(text.locator('ul[data-type=taskList] li')).toContainText('to do')
    await expect(text.locator('hr')).toHaveCount(1)
    await expect(text.locator('pre')).toHaveText('let x = 1')
    // The outline knows the new heading.
    await expect(page.locator('nav.toc').getByRole('link', { name: 'Segments' })).toBeVisible()
  })

  test('the slash menu opens on / and on 、, by name, pinyin and initials', async () => {
    const { page } = us.owner
    await open(page, us.strategy)
    const text = chapter(page, 'activities')
    const options = page.locator('.slash-menu [role=option]')
    await text.focus()

    await page.keyboard.type('/')
    await expect(options.first()).toBeVisible()
    await page.keyboard.type('tab')
    await expect(options.first()).toContainText('Table')
    await page.keyboard.press('Escape')
    await expect(options).toHaveCount(0)
    await page.keyboard.type('le')
    await expect(text).toHaveText('/table')
    await expect(options).toHaveCount(0)

    await page.keyboard.press('Enter')
    await page.keyboard.type('/bg')
    await page.keyboard.press('Enter')
    await expect(text.locator('table tr')).toHaveCount(3)
    await page.keyboard.type('a')
    await page.keyboard.press('Tab')
    await page.keyboard.type('b')
    await expect(text.locator('th').nth(1)).toHaveText('b')

    await freshLine(page, 'activities')
    // As an input method sends it: no key, only the character.
    const ime = await inputMethod(page)
    await ime.commit('、')
    await expect(options.first()).toBeVisible()
    // What was used last stands first.
    await expect(options.first()).toContainText('Table')
    await ime.spell('qd')
    await expect(options.first()).toContainText('Check list')
    // The Enter that ends a composition belongs to the input method.
    await ime.ownKey('Enter')
    await expect(text.locator('ul[data-type=taskList]')).toHaveCount(0)
    await ime.commit('qd')
    await page.keyboard.press('Enter')
    await expect(text.locator('ul[data-type=taskList]')).toHaveCount(1)
    await expect(text).not.toContainText('qd')

    // Between words 、 is the comma of a Chinese sentence.
    await page.keyboard.insertText('苹果')
    await ime.commit('、')
    await expect(options).toHaveCount(0)
  })

  test('undo goes back over all chapters, one by one, and leads there', async () => {
    const { page } = us.owner
    await open(page, us.strategy)
    await typeAtEnd(page, 'situation', 'In the first.')
    await typeAtEnd(page, 'policy', 'In the third.')
    await page.keyboard.press('ControlOrMeta+z')
    await expect(chapter(page, 'policy')).not.toContainText('In the third.')
    await expect(chapter(page, 'situation')).toContainText('In the first.')
    await page.keyboard.press('ControlOrMeta+z')
    await expect(chapter(page, 'situation')).not.toContainText('In the first.')
    await expect(chapter(page, 'situation')).toBeFocused()
    await page.keyboard.press('ControlOrMeta+Shift+z')
    await expect(chapter(page, 'situation')).toContainText('In the first.')
    await page.keyboard.press('ControlOrMeta+y')
    await expect(chapter(page, 'policy')).toContainText('In the third.')
    await expect(chapter(page, 'policy')).toBeFocused()
  })

  test('arrow keys walk from chapter to chapter', async () => {
    const { page } = written.owner
    await open(page, written.strategy)
    await chapter(page, 'situation').locator('p').first().click()
    await page.keyboard.press('ControlOrMeta+End')
    await page.keyboard.press('ArrowDown')
    await expect(chapter(page, 'difficulties')).toBeFocused()
    // For 200 ms after the focus came, ProseMirror takes a caret at the very beginning for a browser's mistake.
    await page.waitForTimeout(250)
    await page.keyboard.press('ControlOrMeta+Home')
    await page.keyboard.press('ArrowLeft')
    await expect(chapter(page, 'situation')).toBeFocused()
    await page.keyboard.press('ArrowRight')
    await expect(chapter(page, 'difficulties')).toBeFocused()
    await page.keyboard.press('ArrowUp')
    await expect(chapter(page, 'situation')).toBeFocused()
  })

  test('selected words get marks and links by key and by button', async () => {
    const { page } = us.owner
    await open(page, us.strategy)
    const text = chapter(page, 'preface')
    await text.focus()
    await page.keyboard.type('Parstock writes orders')
    await page.keyboard.press('ControlOrMeta+Shift+ArrowLeft')
    const bubble = page.getByRole('toolbar', { name: 'Format' })
    await bubble.getByRole('button', { name: 'Bold' }).click()
    await expect(text.locator('strong')).toHaveText('orders')
    await page.keyboard.press('ControlOrMeta+k')
    const field = page.getByLabel('Address of the link')
    await expect(field).toBeFocused()
    await field.fill('javascript:alert(1)')
    await page.keyboard.press('Enter')
    await expect(page.getByText('A link begins with')).toBeVisible()
    await field.fill('example.org/orders')
    await page.keyboard.press('Enter')
    await expect(text.locator('a')).toHaveAttribute('href', 'https://example.org/orders')
    await expect(text).toBeFocused()
    // Without a selection the same key is the page's.
    await page.keyboard.press('End')
    await page.keyboard.press('ControlOrMeta+k')
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
  })

  test('a table grows and shrinks', async () => {
    const { page } = us.owner
    await open(page, us.strategy)
    const text = chapter(page, 'policy')
    await freshLine(page, 'policy')
    await page.keyboard.type('/table')
    await page.keyboard.press('Enter')
    const act = async (name: string) => {
      await page.getByRole('button', { name: 'Table', exact: true }).click()
      await page.getByRole('menuitem', { name }).click()
    }
    await act('Add a column to the right')
    await expect(text.locator('tr').first().locator('th')).toHaveCount(4)
    await act('Add a row below')
    await expect(text.locator('tr')).toHaveCount(4)
    await act('Remove this row')
    await act('Remove this column')
    await expect(text.locator('tr')).toHaveCount(3)
    await act('Remove the table')
    await expect(text.locator('table')).toHaveCount(0)
  })

  test('pictures are pasted and uploaded; what is no picture is refused in words', async () => {
    const { page } = us.owner
    await open(page, us.strategy)
    const text = chapter(page, 'situation')
    await freshLine(page, 'situation')
    const paste = (bytes: number[], type: string, name: string) =>
      text.evaluate(
        (element, { bytes, type, name }) => {
          const data = new DataTransfer()
          data.items.add(new File([new Uint8Array(bytes)], name, { type }))
          element.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
          )
        },
        { bytes, type, name },
      )
    await paste([...PIXEL], 'image/png', 'chart.png')
    await expect(text.locator('img')).toHaveAttribute('src', /^\/files\/fil_/)
    await expect(text.locator('img')).toHaveAttribute('alt', 'chart')
    await paste([1, 2, 3], 'image/png', 'broken.png')
    await expect(text.getByRole('alert')).toContainText('broken.png was not added.')
    await text.getByRole('button', { name: 'Dismiss' }).click()
    await expect(text.locator('.upload')).toHaveCount(0)
  })

  test('words and characters are counted', async () => {
    const { page } = written.owner
    await open(page, written.strategy)
    await expect(page.locator('.counted .vh')).toHaveText(/^1,[89]\d\d words, 1\d,\d{3} characters$/)
  })
})

test('find steps through all chapters', async () => {
  const { page } = written.owner
  await open(page, written.strategy)
  await page.keyboard.press('ControlOrMeta+f')
  const field = page.getByLabel('Find', { exact: true })
  await expect(field).toBeFocused()
  await field.fill('FRANCHISE')
  const status = page.locator('.find-bar [role=status]')
  await expect(status).toHaveText(/^1 of (\d+)$/)
  const total = Number((await status.textContent())?.split(' of ')[1])
  expect(total).toBeGreaterThan(1)
  await page.keyboard.press('Enter')
  await expect(status).toHaveText(`2 of ${total}`)
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.press('Shift+Enter')
  await expect(status).toHaveText(`${total} of ${total}`)
  expect(await page.evaluate(() => CSS.highlights.get('found')?.size)).toBe(total - 1)
  await field.fill('no such words')
  await expect(status).toHaveText('Not found')
  await page.keyboard.press('Escape')
  await expect(field).toHaveCount(0)
})

test('the title is renamed in place, also by an input method', async () => {
  const { page } = us.owner
  await open(page, us.strategy)
  const title = page.getByRole('textbox', { name: 'Title of the strategy' })
  const before = (await title.textContent()) ?? ''
  await title.click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Never mind')
  await page.keyboard.press('Escape')
  await expect(title).toHaveText(before)
  await title.click()
  await page.keyboard.press('ControlOrMeta+a')
  const ime = await inputMethod(page)
  await ime.spell('zhan lüe')
  await ime.ownKey('Enter')
  await expect(title).toBeFocused()
  await ime.commit('战略 2027')
  await page.keyboard.press('Enter')
  await expect(title).not.toBeFocused()
  await expect(page.locator('.docname')).toHaveText('战略 2027')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('战略 2027')
})

test('without a network the page says so, goes on, and keeps what is written', async () => {
  const { page, context } = us.owner
  await open(page, us.strategy)
  await context.setOffline(true)
  await typeAtEnd(page, 'preface', ' Offline words.')
  await expect(page.locator('.save')).toHaveText(/^Offline, \d+ changes? kept on this device$/, {
    timeout: 20_000,
  })
  await context.setOffline(false)
  await expect(page.locator('.save')).toHaveText('Saved', { timeout: 20_000 })
  await page.reload()
  await expect(chapter(page, 'preface')).toContainText('Offline words.')
})

test('when the editor cannot be loaded the stored text stays, with its time', async ({ browser }) => {
  const context = await browser.newContext({ storageState: await written.owner.context.storageState() })
  const page = await context.newPage()
  await page.routeWebSocket(/\/collab\//, (socket) => socket.close())
  await page.goto(written.strategy)
  await expect(page.getByText(/This is the text as stored at \d\d:\d\d/)).toBeVisible({ timeout: 20_000 })
  await expect(chapter(page, 'policy')).toContainText('restaurant')
  await expect(page.locator('.text[contenteditable="true"]')).toHaveCount(0)
  await context.close()
})

/** A picture of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)
