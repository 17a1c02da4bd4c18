import { expect, type Locator, type Page } from '@playwright/test'
import type { TextRoot } from '@/lib/document/roots'

/** The text of a chapter, whether the server or the editor drew it. */
export function chapter(page: Page, root: TextRoot): Locator {
  return page.locator(`[data-root="${root}"] .text`)
}

/** Waits until the editor has taken the page over. */
export async function ready(page: Page): Promise<void> {
  await expect(page.locator('main.page')).toHaveAttribute('data-phase', 'ready', { timeout: 30_000 })
}

export async function openStrategy(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await ready(page)
}

/** Puts the caret at the end of a chapter. */
export async function toEnd(page: Page, root: TextRoot): Promise<void> {
  await chapter(page, root).focus()
  await page.keyboard.press('Control+End')
}

/** An input method at work: what stands under the caret while syllables are typed. */
export async function inputMethod(page: Page) {
  const session = await page.context().newCDPSession(page)
  return {
    /** Shows `text` as composed so far. */
    compose: (text: string) =>
      session.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      }),
    /** Ends the composition with these characters. */
    commit: (text: string) => session.send('Input.insertText', { text }),
    cancel: () => session.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 }),
  }
}

/** Everything of this person is committed on the server. */
export async function saved(page: Page): Promise<void> {
  await expect(page.locator('.bar .save').first()).toHaveText(/^(Saved|已保存)/, { timeout: 20_000 })
}
