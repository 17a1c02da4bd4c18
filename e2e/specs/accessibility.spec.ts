import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { comment } from '../support/comments'
import { team, visitor } from '../support/people'
import { open, typeAtEnd } from '../support/strategy'

async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map((found) => `${found.id}: ${found.nodes[0]?.target.join(' ')} (${found.help})`)
}

for (const dark of [false, true]) {
  const theme = dark ? 'dark' : 'light'

  test(`axe finds nothing at the door (${theme})`, async ({ browser }) => {
    const stranger = await visitor(browser, 'Stranger', dark ? 'zh' : 'en', { dark })
    for (const path of [
      '/sign-in',
      '/sign-up',
      '/reset',
      '/invite/unknown',
      '/share/unknown',
      '/nowhere/at/all',
    ]) {
      await stranger.page.goto(path)
      expect(await findings(stranger.page), path).toEqual([])
    }
    await stranger.context.close()
  })

  test(`axe finds nothing inside (${theme})`, async ({ browser }) => {
    test.slow()
    const us = await team(browser, 'restaurant-saas', dark ? 'zh' : 'en')
    const { page } = us.owner
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
    const paths = ['/new', '/workspaces', '/account', us.workspace, `${us.workspace}/strategy`]
    for (const tab of ['', '/members', '/departments']) paths.push(`${us.workspace}/settings${tab}`)
    paths.push(`${us.strategy}/access`, `${us.strategy}/print`, `${us.workspace}/inbox`)
    for (const path of paths) {
      await page.goto(path)
      expect(await findings(page), path).toEqual([])
    }
    await open(page, us.strategy)
    expect(await findings(page), 'the strategy').toEqual([])
    await comment(page, dark ? '外部' : 'Outward first', 'Since when?')
    expect(await findings(page), 'a thread beside the text').toEqual([])
    await page.locator('#threads-button').click()
    expect(await findings(page), 'all threads').toEqual([])
    await typeAtEnd(page, 'situation', 'Something new. ')
    await expect(page.locator('.save')).toHaveText(us.owner.t('common.save_saved'))
    for (const path of ['/versions', '/versions?view=side', '/versions/replay', '/compare']) {
      await page.goto(us.strategy + path)
      expect(await findings(page), path).toEqual([])
    }
    await us.close()
  })
}
