import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** What axe finds wrong in a page, or in these parts of it: a sentence each. */
export async function findings(page: Page, ...parts: string[]): Promise<string[]> {
  // A page's title may be sent after its words.
  await expect(page).toHaveTitle(/./)
  const axe = parts.reduce((axe, part) => axe.include(part), new AxeBuilder({ page }))
  const { violations } = await axe.analyze()
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  )
}
