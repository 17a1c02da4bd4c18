import type { Page } from '@playwright/test'

/** Keys as the browser names them: what it says, the number it goes by, and the letter it writes. */
const MOVES = { Home: 36, End: 35, ArrowUp: 38 } as const

export type Stroke = { readonly ctrl: keyof typeof MOVES } | { readonly key: keyof typeof MOVES } | string

/**
 * Presses keys while the page is busy, so that all of them are answered within one frame: what a fast typist does on a
 * slow machine. A string is typed letter by letter.
 */
export async function pressAtOnce(page: Page, strokes: readonly Stroke[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await page.evaluate(
    () =>
      new Promise<void>((begun) => {
        setTimeout(() => {
          begun()
          setTimeout(() => {
            for (const end = performance.now() + 300; performance.now() < end; );
          }, 0)
        }, 0)
      }),
  )
  const sent: Promise<unknown>[] = []
  const press = (key: string, number: number, text: string | null, modifiers: number) => {
    const event = { key, windowsVirtualKeyCode: number, modifiers }
    sent.push(
      session.send('Input.dispatchKeyEvent', {
        ...event,
        ...(text === null ? { type: 'rawKeyDown' } : { type: 'keyDown', text, unmodifiedText: text }),
      }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event }),
    )
  }
  for (const stroke of strokes) {
    if (typeof stroke === 'string')
      for (const letter of stroke) press(letter, letter.toUpperCase().charCodeAt(0), letter, 0)
    else if ('ctrl' in stroke) press(stroke.ctrl, MOVES[stroke.ctrl], null, 2)
    else press(stroke.key, MOVES[stroke.key], null, 0)
  }
  await Promise.all(sent)
  await session.detach()
}
