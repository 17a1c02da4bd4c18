import type { Locator, Page } from '@playwright/test'

/** Chooses words of the text, as a mouse would: the selection is theirs, the focus the editor's. */
export async function choose(page: Page, words: string): Promise<void> {
  await page.evaluate((words) => {
    for (const text of document.querySelectorAll<HTMLElement>('main.page .text')) {
      const pieces: { node: Node; from: number }[] = []
      let whole = ''
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        pieces.push({ node, from: whole.length })
        whole += node.textContent ?? ''
      }
      const at = whole.indexOf(words)
      if (at < 0) continue
      const point = (place: number, end: boolean) => {
        const piece = pieces.findLast(({ from }) => (end ? from < place : from <= place))
        if (!piece) throw new Error('words lie in a text')
        return [piece.node, place - piece.from] as const
      }
      const range = document.createRange()
      range.setStart(...point(at, false))
      range.setEnd(...point(at + words.length, true))
      range.startContainer.parentElement?.scrollIntoView({ block: 'center' })
      text.focus({ preventScroll: true })
      const selection = document.getSelection()
      selection?.removeAllRanges()
      selection?.addRange(range)
      return
    }
    throw new Error(`no "${words}" on this page`)
  }, words)
  // The editor reads the selection when the browser tells it, which is later than now.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 60)))
}

/** Opens the field for a comment on some words, by the key. */
export async function begin(page: Page, words: string): Promise<void> {
  await page.locator('#threads-button').waitFor()
  await choose(page, words)
  await page.keyboard.press('Control+Alt+m')
  await page.locator('.thread.begun textarea').waitFor()
}

/** Comments on some words, and waits until the comment stands. */
export async function comment(page: Page, words: string, text: string): Promise<void> {
  await begin(page, words)
  await page.locator('.thread.begun textarea').fill(text)
  await page.locator('.thread.begun textarea').press('ControlOrMeta+Enter')
  await page.locator('.thread.begun').waitFor({ state: 'detached' })
  await card(page, text).first().waitFor()
}

/** The thread in which something was said, wherever it is shown. */
export function card(page: Page, said: string): Locator {
  return page.locator('article.thread').filter({ hasText: said })
}

/** The same, beside the text. */
export function noteOf(page: Page, said: string): Locator {
  return page.locator('.margin-notes article.thread').filter({ hasText: said })
}

/** The words a thread lies on in this page, without the ends of lines between them. */
export function marked(page: Page, thread: string): Promise<string> {
  return page.evaluate(
    (thread) =>
      [...document.querySelectorAll(`main.page mark.c[data-thread="${thread}"]`)]
        .map((mark) => mark.textContent)
        .join(''),
    thread,
  )
}
