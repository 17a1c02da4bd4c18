import type { Page, Request } from '@playwright/test'

/** Long enough for a page that is being read again on a busy machine to have come, or to be seen coming. */
const SPAN = 1_500

/**
 * Resolves when the page has asked for nothing, and been answered nothing, for a while. A page that is being read again in
 * the moment its line goes down is given up by the framework, and the browser shows its own.
 */
export async function still(page: Page): Promise<void> {
  const asked = new Set<Request>()
  let last = Date.now()
  const begun = (request: Request) => {
    asked.add(request)
    last = Date.now()
  }
  const over = (request: Request) => {
    asked.delete(request)
    last = Date.now()
  }
  page.on('request', begun).on('requestfinished', over).on('requestfailed', over)
  try {
    while (asked.size > 0 || Date.now() - last < SPAN) await page.waitForTimeout(100)
  } finally {
    page.off('request', begun).off('requestfinished', over).off('requestfailed', over)
  }
}
