import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { team } from '../support/people'
import { chapter, ready, typeAtEnd } from '../support/strategy'

for (const language of ['en', 'zh'] as const) {
  test(`the whole restaurant strategy (${language}) is imported as Markdown and edited`, async ({
    browser,
  }) => {
    const us = await team(browser, 'blank', language)
    const { page, t } = us.owner
    const file = join(process.cwd(), 'lib', 'document', 'templates', `restaurant-saas.${language}.md`)
    await page.goto(`${us.workspace}/strategy`)
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('button', { name: t('exchange.import_do'), exact: true }).click()
    await page.waitForURL(/\/strategy\/str_/)
    await ready(page)

    const title = /^# (.*)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
    await expect(page.locator('h1')).toHaveText(title)
    const first = language === 'en' ? 'Inspectors now ask chains' : '检查人员开始要求连锁企业'
    const last = language === 'en' ? 'Organization' : '组织'
    await expect(chapter(page, 'situation')).toContainText(first)
    await expect(chapter(page, 'activities')).toContainText(last)

    await typeAtEnd(page, 'policy', language === 'en' ? 'We changed our mind.' : '我们改了主意。')
    await expect(page.locator('.save')).toHaveText(t('common.save_saved'))
    await page.reload()
    await expect(chapter(page, 'policy')).toContainText(language === 'en' ? 'changed our mind' : '改了主意')
    await us.close()
  })
}

test('a file that is no Markdown says so and creates nothing', async ({ browser }) => {
  const us = await team(browser, 'blank')
  const { page, t } = us.owner
  await page.goto(`${us.workspace}/strategy`)
  const before = await page.locator('.strategies > li').count()
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'deep.md', mimeType: 'text/markdown', buffer: Buffer.from('> '.repeat(60_000)) })
  await expect(page.locator('.toast')).toContainText(t('refusal.import_unreadable'))
  await page.reload()
  await expect(page.locator('.strategies > li')).toHaveCount(before)
  await us.close()
})
