import { expect, type Locator, type Page } from '@playwright/test'
import type { TextRoot } from '@/lib/document/roots'

/** Opens a strategy and waits until it may be typed in (or, for readers, until it is live). */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await ready(page)
}

export async function ready(page: Page): Promise<void> {
  await expect(page.locator('main.page[data-phase="ready"]')).toBeVisible({ timeout: 20_000 })
}

/** The text of one chapter. */
export function chapter(page: Page, root: TextRoot): Locator {
  return page.locator(`[data-root="${root}"] .text`)
}

/** Puts the caret at the end of a chapter and types, key by key. */
export async function typeAtEnd(page: Page, root: TextRoot, text: string): Promise<void> {
  await chapter(page, root).click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type(text, { delay: 8 })
}

/** What a chapter says, without the names on other people's carets. */
export function wordsOf(page: Page, root: TextRoot): Promise<string> {
  return chapter(page, root).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement
    for (const caret of copy.querySelectorAll('.cur, .collaboration-carets__caret')) caret.remove()
    return [...copy.children].map((block) => block.textContent ?? '').join('\n')
  })
}

export const roots = ['situation', 'difficulties', 'policy', 'activities'] as const
