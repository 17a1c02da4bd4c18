import { expect, type Page, test } from '@playwright/test'
import { inputMethod } from '../support/input-method'
import { accept, inviteLink, signUp, team, visitor } from '../support/people'

test.describe('founding a workspace', () => {
  test('from a name to the links for the first partners', async ({ browser }) => {
    const ines = await visitor(browser, 'Ines Okafor')
    const { page, t } = ines
    await signUp(ines)
    // Somebody without a workspace is brought to founding one.
    await expect(page).toHaveURL(/\/new$/)
    await page.getByLabel(t('people.company'), { exact: true }).fill('Käse & Söhne GmbH')
    const slug = page.getByLabel(t('people.slug'), { exact: true })
    await expect(slug).toHaveValue('kase-sohne-gmbh')

    const first = page.getByLabel(t('people.row_email', { n: 1 }))
    const second = page.getByLabel(t('people.row_email', { n: 2 }))
    const own = `kase-${Date.now().toString(36)}`
    await slug.fill(own)
    // The first row stays empty: the refusal must find the second all the same, and keep what was typed.
    await second.fill('a@evil.test,b@victim.test')
    await page.getByRole('button', { name: t('people.create'), exact: true }).click()
    await expect(page.getByText(t('refusal.invalid_email'))).toBeVisible()
    await expect(second).toBeFocused()
    await expect(second).toHaveValue('a@evil.test,b@victim.test')
    await expect(slug).toHaveValue(own)

    await first.fill('tomas@parstock.example')
    await second.fill('')
    await page.getByRole('button', { name: t('people.create_with_link') }).click()
    const heading = page.getByRole('heading', {
      name: t('people.made_head', { workspace: 'Käse & Söhne GmbH' }),
    })
    await expect(heading).toBeFocused()
    await expect(page.locator('input[readonly]')).toHaveCount(2)
    await page.getByRole('link', { name: t('people.made_open_strategy') }).click()
    await expect(page).toHaveURL(new RegExp(`/${own}/strategy/str_`))

    await page.goto('/workspaces')
    await expect(page.getByRole('link', { name: 'Käse & Söhne GmbH' })).toHaveAttribute('href', `/${own}`)
    // One's own page is no dead end.
    await page.goto('/account')
    await page.getByRole('link', { name: t('auth.back_to', { workspace: 'Käse & Söhne GmbH' }) }).click()
    await expect(page).toHaveURL(new RegExp(`/${own}$`))
    await ines.context.close()
  })

  test('the Enter that ends a composition founds nothing', async ({ browser }) => {
    const ines = await visitor(browser, '沈知行', 'zh')
    const { page, t } = ines
    await signUp(ines)
    const company = page.getByLabel(t('people.company'), { exact: true })
    await company.click()
    const pinyin = await inputMethod(page)
    await pinyin.spell('ganghaoju')
    await pinyin.ownKey('Enter')
    await pinyin.commit('纲好举')
    await expect(company).toHaveValue('纲好举')
    await expect(page).toHaveURL(/\/new$/)
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    // No pinyin is guessed: an address of chance, to be changed.
    await expect(page.getByLabel(t('people.slug'), { exact: true })).toHaveValue(/^w-[0-9a-z]{6}$/)
    await ines.context.close()
  })
})

test.describe('invitations', () => {
  test('open once; afterwards nobody is told whose they were', async ({ browser }) => {
    const us = await team(browser)
    const link = await inviteLink(us.owner, us.workspace, 'manager')
    const wei = await visitor(browser, 'Wei Chen', 'zh')
    await wei.page.goto(link)
    await expect(wei.page.getByRole('heading', { level: 1 })).toHaveText(
      wei.t('people.invite_head', { inviter: us.owner.name, workspace: 'Ladleworks' }),
    )
    // Looking, as chat programs do, uses nothing up.
    await wei.page.reload()
    await accept(wei, link)
    await expect(wei.page).toHaveURL(new RegExp(`${us.workspace}$`))

    const late = await visitor(browser, 'Late Comer')
    const answer = await late.page.goto(link)
    await expect(late.page.getByRole('heading', { level: 1 })).toHaveText(late.t('people.invite_used'))
    expect(await answer?.text()).not.toContain('Ladleworks')
    expect(
      await late.page.evaluate(() => document.querySelector('meta[name=referrer]')?.getAttribute('content')),
    ).toBe('no-referrer')
    // Whoever used it is shown the way in instead.
    await wei.page.goto(link)
    await expect(wei.page.getByRole('link', { name: wei.t('people.made_open') })).toBeVisible()
    await late.context.close()
    await wei.context.close()
    await us.close()
  })

  test('meant for one address open for no other, and name nothing', async ({ browser }) => {
    const us = await team(browser)
    const { page, t } = us.owner
    await page.goto(`${us.workspace}/settings/members`)
    await page.getByLabel(t('people.email'), { exact: true }).fill('priya@parstock.example')
    await page.getByRole('button', { name: t('people.invite_make'), exact: true }).click()
    const link = new URL(await page.locator('input[readonly][value*="/invite/"]').inputValue()).pathname

    const other = await visitor(browser, 'Somebody Else')
    await signUp(other)
    const answer = await other.page.goto(link)
    await expect(other.page.getByRole('heading', { level: 1 })).toHaveText(other.t('people.invite_wrong'))
    expect(await answer?.text()).not.toContain('Ladleworks')

    await page.getByRole('button', { name: `${t('people.revoke')} priya@parstock.example` }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('people.revoke'), exact: true })
      .click()
    await expect(page.getByText('priya@parstock.example')).toHaveCount(0)
    await other.page.reload()
    await expect(other.page.getByRole('heading', { level: 1 })).toHaveText(other.t('people.invite_expired'))
    await other.context.close()
    await us.close()
  })
})

test.describe('members', () => {
  test('a role changes, others see it, and the last owner stays', async ({ browser }) => {
    const us = await team(browser)
    const tomas = await us.join('Tomás Rivas', 'partner')
    const { page, t } = us.owner
    const members = `${us.workspace}/settings/members`
    await page.goto(members)
    await tomas.page.goto(members)
    await expect(page.getByText(t('people.last_owner_you'))).toBeVisible()
    await expect(page.getByRole('button', { name: t('people.leave') })).toHaveCount(0)

    const roleOf = (role: 'partner' | 'owner') =>
      page.getByRole('button', {
        name: t('people.role_menu', { name: 'Tomás Rivas', role: t(`common.role_${role}`) }),
      })
    await roleOf('partner').click()
    await page.getByRole('menuitemradio', { name: t('common.role_owner') }).click()
    await expect(roleOf('owner')).toBeVisible()
    // Now there are two, and one of them may go.
    await expect(page.getByText(t('people.last_owner_you'))).toHaveCount(0)
    await expect(page.getByRole('button', { name: t('people.leave') })).toBeVisible()
    // The other's page was told, and shows an owner's means without being loaded again.
    await expect(tomas.page.getByRole('button', { name: tomas.t('people.leave') })).toBeVisible()
    await expect(
      tomas.page.getByRole('button', { name: `${tomas.t('people.remove')} ${us.owner.name}` }),
    ).toBeVisible({ timeout: 15_000 })

    await page.getByRole('button', { name: t('people.leave') }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('people.leave_do'), exact: true })
      .click()
    await expect(page).toHaveURL(/\/workspaces$/)
    const gone = await page.request.get(us.workspace)
    const never = await page.request.get('/no-such-place')
    expect([gone.status(), never.status()]).toEqual([404, 404])
    await expect(tomas.page.getByText(tomas.t('people.last_owner_you'))).toBeVisible({ timeout: 15_000 })
    await us.close()
  })

  test('a viewer sees who is here and can change nothing', async ({ browser }) => {
    const us = await team(browser)
    const vera = await us.join('Vera Lind', 'viewer')
    const { page, t } = vera
    await page.goto(`${us.workspace}/settings`)
    await expect(page.getByText(t('people.read_only'))).toBeVisible()
    await expect(page.locator('main input, main select')).toHaveCount(0)
    await page.goto(`${us.workspace}/settings/members`)
    await expect(page.getByText(us.owner.name)).toBeVisible()
    await expect(page.locator('main input, main select')).toHaveCount(0)
    await page.goto(`${us.workspace}/settings/departments`)
    await expect(page.locator('.chain h2')).toHaveCount(5)
    await expect(page.locator('main button, main input')).toHaveCount(0)
    await us.close()
  })
})

test.describe('departments', () => {
  const chain = (page: Page) => page.locator('.chain h2').allTextContents()

  test('are renamed, moved by keys, staffed and archived; others see it', async ({ browser }) => {
    const us = await team(browser)
    const wei = await us.join('Wei Chen', 'manager', 'zh')
    const { page, t } = us.owner
    const name = (kind: 'product' | 'marketing' | 'sales' | 'success' | 'organization') =>
      t(`common.department_${kind}`)
    await page.goto(`${us.workspace}/settings/departments`)
    await wei.page.goto(`${us.workspace}/settings/departments`)
    // The usual names are everybody's own language.
    expect((await chain(wei.page))[0]).toBe(wei.t('common.department_product'))

    // Four presses in a row, faster than the server answers.
    await page.getByRole('button', { name: t('people.dep_up', { department: name('organization') }) }).focus()
    for (let press = 0; press < 4; press++) await page.keyboard.press('Alt+ArrowUp')
    const moved = [name('organization'), name('product'), name('marketing'), name('sales'), name('success')]
    await expect.poll(() => chain(page)).toEqual(moved)
    await expect(
      page.getByText(t('people.dep_moved', { department: name('organization'), n: 1, total: 5 })),
    ).toBeVisible()
    await expect(
      page.getByRole('button', { name: t('people.dep_up', { department: name('organization') }) }),
    ).toBeFocused()
    await page.reload()
    expect(await chain(page)).toEqual(moved)
    await expect
      .poll(() => chain(wei.page), { timeout: 15_000 })
      .toEqual(
        (['organization', 'product', 'marketing', 'sales', 'success'] as const).map((kind) =>
          wei.t(`common.department_${kind}`),
        ),
      )

    const more = (department: string) =>
      page.getByRole('button', { name: t('people.dep_more', { department }) }).click()
    await more(name('marketing'))
    await page.getByRole('menuitem', { name: t('people.dep_rename') }).click()
    const field = page.locator('.rename input')
    const pinyin = await inputMethod(page)
    await field.fill('')
    await pinyin.spell('zengzhang')
    await pinyin.ownKey('Enter')
    await pinyin.commit('增长')
    await expect(field).toHaveValue('增长')
    await field.press('Enter')
    await expect(page.getByRole('heading', { name: '增长' })).toBeVisible()

    await page.getByRole('button', { name: t('people.person_add', { department: '增长' }) }).click()
    await page.getByRole('menuitem', { name: 'Wei Chen' }).click()
    await page
      .getByRole('button', { name: t('people.person_menu', { name: 'Wei Chen', department: '增长' }) })
      .click()
    await page.getByRole('menuitem', { name: t('people.person_make_lead') }).click()
    await expect(
      page.getByText(t('people.person_leads', { name: 'Wei Chen', department: '增长' })),
    ).toBeVisible()
    // A lead staffs what they lead, and no other.
    await wei.page.reload()
    await expect(wei.page.locator('main .staff button[aria-haspopup="menu"]')).toHaveCount(2)

    await more('增长')
    await page.getByRole('menuitem', { name: t('people.dep_archive') }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('people.dep_archive_do'), exact: true })
      .click()
    await expect(page.locator('.chain h2')).toHaveCount(4)
    await page.getByRole('button', { name: `${t('people.dep_restore')} 增长` }).click()
    await expect
      .poll(() => chain(page))
      .toEqual([name('organization'), name('product'), '增长', name('sales'), name('success')])
    await us.close()
  })
})

test('a workspace closes for everybody, once its name is typed', async ({ browser }) => {
  const us = await team(browser)
  const tomas = await us.join('Tomás Rivas', 'partner')
  const { page, t } = us.owner
  await page.goto(`${us.workspace}/settings`)
  await page.getByRole('button', { name: t('people.delete_open') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('ladleworks')
  await dialog.getByRole('button', { name: t('people.delete_do') }).click()
  await expect(dialog.getByText(t('refusal.name_differs'))).toBeVisible()
  await dialog.getByRole('textbox').fill('Ladleworks')
  await dialog.getByRole('button', { name: t('people.delete_do') }).click()
  await expect(page).toHaveURL(/\/workspaces$/)
  await expect(page.getByText(t('people.workspaces_empty'))).toBeVisible()
  expect((await tomas.page.request.get(us.workspace)).status()).toBe(404)

  // And opens again for everybody, when an owner takes it back.
  await tomas.page.goto('/workspaces')
  await expect(tomas.page.getByText(tomas.t('people.workspaces_deleted'))).toHaveCount(0)
  await page.getByRole('button', { name: `${t('people.workspaces_restore')} Ladleworks` }).click()
  await page.waitForURL(/\/ladleworks(-\w{6})?$/)
  const path = new URL(page.url()).pathname
  await tomas.page.reload()
  await tomas.page.getByRole('link', { name: 'Ladleworks' }).click()
  await tomas.page.waitForURL((url) => url.pathname === path)
  await us.close()
})
