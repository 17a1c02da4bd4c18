import { expect } from '@playwright/test'
import type { Person } from './people'

/** Waits until the page says that everything is saved. */
export const saved = ({ page, t }: Person) =>
  expect(page.locator('.save')).toHaveText(t('common.save_saved'), { timeout: 15_000 })

/** Names the text as it stands as a version of this name. */
export async function nameNow(person: Person, name: string): Promise<void> {
  const { page, t } = person
  await saved(person)
  await page.locator('.version-link').click()
  await page.getByRole('menuitem', { name: t('versions.ui_name_now') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('versions.ui_name_label')).fill(name)
  await dialog.getByRole('button', { name: t('versions.ui_name_do') }).click()
  await expect(page.locator('.toast').filter({ hasText: name })).toBeVisible()
}
