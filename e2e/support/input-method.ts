import type { Page } from '@playwright/test'

/** An input method at work in the page: syllables are shown under the caret before they are characters. */
export async function inputMethod(page: Page) {
  const session = await page.context().newCDPSession(page)
  const compose = (text: string) =>
    session.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    })
  return {
    /** Shows `text` as composed so far. */
    compose,
    /** Types syllables letter by letter, as they come from a keyboard. */
    async spell(letters: string) {
      for (let i = 1; i <= letters.length; i++) await compose(letters.slice(0, i))
    },
    /** Ends the composition with these characters. */
    commit: (text: string) => session.send('Input.insertText', { text }),
    /** A key the input method takes for itself, such as the Enter that ends a composition. */
    async ownKey(key: 'Enter' | 'Escape' | 'ArrowDown' | ' ') {
      for (const type of ['rawKeyDown', 'keyUp'] as const)
        await session.send('Input.dispatchKeyEvent', { type, key, windowsVirtualKeyCode: 229 })
    },
  }
}
