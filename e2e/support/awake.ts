import { expect, type Locator, type Page } from '@playwright/test'

/**
 * Waits until the page's script has taken over what the server drew (of a page: its `main`). Before that a click on
 * something that is no link and no form is lost; a person waits a moment and clicks again, a test does not.
 */
export async function awake(what: Page | Locator): Promise<void> {
  const element = 'goto' in what ? what.locator('main') : what
  await expect
    .poll(() =>
      element.first().evaluate((node) => Object.keys(node).some((key) => key.startsWith('__reactFiber'))),
    )
    .toBe(true)
}
