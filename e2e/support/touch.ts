import type { Page } from '@playwright/test'

/** A finger on the page: Playwright's own only taps. */
export interface Finger {
  down(x: number, y: number): Promise<void>
  to(x: number, y: number): Promise<void>
  up(): Promise<void>
}

export async function finger(page: Page): Promise<Finger> {
  const session = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints }).then(() => undefined)
  return {
    down: (x, y) => touch('touchStart', [{ x, y }]),
    to: (x, y) => touch('touchMove', [{ x, y }]),
    up: () => touch('touchEnd', []),
  }
}
