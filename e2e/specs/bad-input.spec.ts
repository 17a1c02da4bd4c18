import { type APIRequestContext, expect, type Page, type Request, test } from '@playwright/test'
import { words } from '@/lib/i18n/words'
import { inviteLink, PASSWORD, type Person, signUp, type Team, team, visitor } from '../support/people'
import { open, typeAtEnd } from '../support/strategy'

// The rows of the bad-input table that arrive by HTTP. docs/bad-input.md says where every row is tested.

const CANARY = 'canary-3f9c1b'
const MISSING = 'str_00000000000000000000000000'

let us: Team
let stranger: Person

test.beforeAll(async ({ browser }) => {
  us = await team(browser, 'blank')
  await open(us.owner.page, us.strategy)
  await typeAtEnd(us.owner.page, 'situation', CANARY)
  await expect(us.owner.page.locator('.save')).toHaveText(us.owner.t('common.save_saved'))
  stranger = await visitor(browser, 'Stranger')
  await signUp(stranger)
})
test.afterAll(async () => {
  await stranger.context.close()
  await us.close()
})

/** Everything an answer could leak by, in one string. */
async function whole(request: APIRequestContext, path: string, headers: Record<string, string> = {}) {
  const answer = await request.get(path, { headers, maxRedirects: 0 })
  return { status: answer.status(), all: `${JSON.stringify(answer.headers())}\n${await answer.text()}` }
}

test('row 3, 4: what is foreign, missing or no id at all answers alike', async () => {
  const id = us.strategy.split('/').at(-1) ?? ''
  const paths = [
    us.workspace,
    `${us.workspace}/strategy`,
    us.strategy,
    `${us.strategy}/access`,
    `${us.workspace}/settings`,
    `${us.workspace}/settings/members`,
    `${us.workspace}/settings/departments`,
    `/nobody-has-this/strategy/${id}`,
    `${us.workspace}/strategy/${MISSING}`,
    `${us.workspace}/strategy/not-an-id`,
    `${us.workspace}/strategy/%00`,
    `${us.workspace}/strategy/..%2f..%2fetc`,
    `/files/${MISSING}`,
    '/files/%00',
  ]
  for (const path of paths) {
    const { status, all } = await whole(stranger.page.request, path)
    expect(status, path).toBe(404)
    expect(all, path).not.toContain(CANARY)
    expect(all, path).not.toContain('Ladleworks')
  }
  // The same for the owner, where the thing really is missing.
  for (const path of [`${us.workspace}/strategy/${MISSING}`, `${us.workspace}/strategy/%00`])
    expect((await whole(us.owner.page.request, path)).status, path).toBe(404)
})

test('row 6, 7: no variant of a page leads around the question', async () => {
  for (const [path, headers] of [
    [us.strategy, { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' }],
    [us.strategy, { rsc: '1' }],
    [`${us.strategy}?_rsc=1`, { rsc: '1' }],
    [us.strategy, { rsc: '1', 'next-router-prefetch': '1' }],
    [us.strategy, { rsc: '1', 'next-router-segment-prefetch': '/_tree' }],
    [`${us.strategy}.rsc`, {}],
    [`${us.strategy}/`, {}],
    [us.strategy.toUpperCase(), {}],
    [us.strategy.replace('str_', 'str%5F'), {}],
  ] as const) {
    for (const request of [stranger.page.request, await anonymous()]) {
      const { all } = await whole(request, path, headers)
      expect(all, `${path} ${JSON.stringify(headers)}`).not.toContain(CANARY)
      expect(all, `${path} ${JSON.stringify(headers)}`).not.toContain('Ladleworks')
    }
  }
})

test('pages of a workspace are kept by no cache', async () => {
  for (const path of [us.workspace, us.strategy, '/account']) {
    const answer = await us.owner.page.request.get(path)
    expect(answer.headers()['cache-control'], path).toContain('no-store')
  }
})

test('row 1: JSON that is cut off, to a route and to an action', async () => {
  const { request } = us.owner.page
  const ticket = await request.post('/api/collab/ticket', {
    data: Buffer.from('{"room":'),
    headers: { 'content-type': 'application/json' },
  })
  expect(ticket.status()).toBe(400)
  expect(await ticket.json()).toEqual({
    error: {
      code: 'invalid_json',
      message: us.owner.t('refusal.invalid_json'),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
  })
  for (const body of ['{"room":"x","more":1}', '{"room":3}', '[]', 'null']) {
    const odd = await request.post('/api/collab/ticket', {
      data: Buffer.from(body),
      headers: { 'content-type': 'application/json' },
    })
    expect(odd.status(), body).toBe(400)
  }

  const { original, body } = await renaming(us.owner)
  const cut = await again(request, original, body.slice(0, -4))
  expect(cut.status).toBe(400)
  expect(JSON.parse(cut.text).error.code).toBe('invalid_json')
})

test('row 2: ten megabytes to a rename, and more than a route takes', async () => {
  const { request } = us.owner.page
  const { original, body } = await renaming(us.owner)
  const huge = await again(request, original, body.replace('Ines', 'I'.repeat(10_000_000)))
  expect(huge.status).toBe(413)
  expect(huge.headers.connection).toBe('close')
  expect(JSON.parse(huge.text).error).toMatchObject({
    code: 'too_large',
    message: us.owner.t('refusal.too_large', { max: '2 MB' }),
  })
  const route = await request.post('/api/collab/ticket', { data: { room: 'x'.repeat(70_000) } })
  expect(route.status()).toBe(413)
  expect((await route.json()).error.code).toBe('too_large')
  await us.owner.page.reload()
  await expect(us.owner.page.getByLabel(us.owner.t('auth.name'), { exact: true })).toHaveValue(/^Ines/)
})

test('row 3, 4: the ticket of a room tells a stranger nothing', async () => {
  const id = us.strategy.split('/').at(-1) ?? ''
  const ask = (request: APIRequestContext, room: unknown) =>
    request.post('/api/collab/ticket', { data: { room } })
  const mine = await ask(us.owner.page.request, id)
  expect([mine.status(), await mine.json()]).toEqual([200, { mode: 'write' }])
  const answers = new Set<string>()
  for (const room of [id, MISSING, 'not-an-id', '\u0000', '../', '', 'ws_00000000000000000000000000']) {
    const answer = await ask(stranger.page.request, room)
    const { code, message } = (await answer.json()).error
    answers.add(`${answer.status()} ${code} ${message}`)
  }
  expect([...answers]).toEqual([`404 not_found ${stranger.t('refusal.not_found')}`])
  const unsigned = await ask(await anonymous(), id)
  expect(unsigned.status()).toBe(401)
  expect((await unsigned.json()).error.code).toBe('not_signed_in')
})

test('row 8, 9: an address that could be two is none', async ({ browser }) => {
  const nobody = await visitor(browser, 'Nobody', 'zh')
  const { page, t } = nobody
  await page.goto('/reset')
  const original = await called(page, async () => {
    await page.getByLabel(t('auth.email'), { exact: true }).fill(nobody.email)
    await page.locator('main form button[type=submit]').click()
  })
  const body = original.postData() ?? ''
  for (const email of ['a@evil.test,b@victim.test', '\\"e@evil.test\\"@victim.test']) {
    const answer = await again(page.request, original, body.replace(nobody.email, email))
    expect(answer.status, email).toBe(400)
    expect(answer.text, email).toContain('invalid_email')
    expect(answer.text, email).toContain(words('zh')('refusal.invalid_email'))
  }
  await nobody.context.close()
})

test('row 10: after signing in one stays here', async ({ browser }) => {
  for (const next of ['//evil.test', '/\\evil.test', 'https:evil.test', 'https://evil.test/']) {
    const person = await visitor(browser, us.owner.name)
    const { page, t } = person
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
    await page.getByLabel(t('auth.email'), { exact: true }).fill(us.owner.email)
    await page.getByLabel(t('auth.password'), { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: t('auth.sign_in'), exact: true }).click()
    await page.waitForURL((url) => url.pathname === us.workspace)
    expect(new URL(page.url()).origin, next).toBe(new URL(process.env.E2E_URL ?? '').origin)
    await person.context.close()
  }
})

test('row 11, 13: an action is asked who calls, from where, and for nothing it does not know', async () => {
  const { original, body } = await renaming(us.owner)
  const forged = body.replace('"name":', '"role":"owner","workspaceId":"ws_x","name":')
  expect(forged).not.toBe(body)
  const unknown = await again(us.owner.page.request, original, forged)
  expect(unknown.status).toBe(400)
  expect(unknown.text).toContain('unknown_field')

  const nobody = await again(await anonymous(), original, body)
  expect(nobody.status).toBe(401)
  expect(nobody.text).toContain('not_signed_in')
  expect(nobody.text).not.toContain('Ines')

  const elsewhere = await again(us.owner.page.request, original, body, { origin: 'https://evil.test' })
  expect(elsewhere.status).toBe(403)
  expect(JSON.parse(elsewhere.text).error).toMatchObject({
    code: 'wrong_origin',
    message: us.owner.t('refusal.wrong_origin'),
  })
  expect((await again(us.owner.page.request, original, body)).status).toBe(200)
})

test('row 13: a person reads a refusal as before, whatever its status', async () => {
  const { page, t } = us.owner
  await page.goto('/account')
  const present = page.getByLabel(t('auth.present_password'), { exact: true })
  const answered = page.waitForResponse((answer) => answer.request().headers()['next-action'] !== undefined)
  await present.fill('not the one it is')
  const form = page.locator('form').filter({ has: present })
  await form.getByLabel(t('auth.new_password'), { exact: true }).fill(`${PASSWORD} anew`)
  await form.locator('button[type=submit]').click()
  expect((await answered).status()).toBe(403)
  await expect(form.getByText(t('refusal.wrong_password'))).toBeVisible()
  await expect(present).toBeFocused()
  await expect(present).toHaveValue('not the one it is')
})

test('row 12: the last owner stays, also when two leave at once', async ({ browser }) => {
  const ours = await team(browser)
  const other = await ours.join('Tomás Rivas', 'owner')
  const { page, t } = other
  await page.goto(`${ours.workspace}/settings/members`)
  await page.getByRole('button', { name: t('people.leave') }).click()
  // Caught on its way, so that both are still owners when the answers race.
  const caught = new Promise<Request>((resolve) => {
    void page.route('**/*', async (route) => {
      if (route.request().headers()['next-action'] === undefined) return route.continue()
      resolve(route.request())
      await route.abort()
    })
  })
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('people.leave_do'), exact: true })
    .click()
  const original = await caught
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  const body = original.postData() ?? ''
  const answers = await Promise.all(
    [ours.owner, other].map((person) => again(person.page.request, original, body)),
  )
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
  expect(answers.find((answer) => answer.status === 409)?.text).toContain('last_owner')
  await ours.close()
})

test('row 14: two hundred invitations in a minute', async ({ browser }) => {
  const ours = await team(browser)
  const { page, t } = ours.owner
  await page.goto(`${ours.workspace}/settings/members`)
  const original = await called(page, async () => {
    await page.getByLabel(t('people.email'), { exact: true }).fill('first@parstock.example')
    await page.getByRole('button', { name: t('people.invite_make'), exact: true }).click()
  })
  const body = original.postData() ?? ''
  let refused = 0
  for (let n = 0; n < 200; n += 20) {
    const batch = await Promise.all(
      Array.from({ length: 20 }, (_, k) =>
        again(page.request, original, body.replace('first@', `p${n + k}@`)),
      ),
    )
    for (const answer of batch) {
      if (answer.status === 200) continue
      expect(answer.status).toBe(429)
      expect(answer.text).toContain('rate_limited')
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
      expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60)
      refused += 1
    }
  }
  expect(refused).toBe(141)
  await ours.close()
})

test('row 15: an invitation opens once, for whom it is meant, and names nothing to others', async ({
  browser,
}) => {
  const ours = await team(browser)
  const { page, t } = ours.owner
  const guest = await visitor(browser, 'Wei Chen')
  await signUp(guest)
  const link = await inviteLink(ours.owner, ours.workspace, 'viewer')
  await guest.page.goto(link)
  const original = await called(guest.page, async () => {
    await guest.page.locator('main form button[type=submit]').click()
  })
  const body = original.postData() ?? ''
  const token = link.split('/').at(-1) ?? ''
  expect(body).toContain(token)
  const use = (request: APIRequestContext, other: string) =>
    again(request, original, body.replace(token, other.split('/').at(-1) ?? ''))
  const refusedAs = async (other: string, status: number, code: string) => {
    const answer = await use(stranger.page.request, other)
    expect(answer.status, code).toBe(status)
    expect(answer.text).toContain(`"${code}"`)
    expect(answer.text, code).not.toContain('Ladleworks')
    expect(answer.text, code).not.toContain(ours.workspace)
  }
  await refusedAs(link, 409, 'already_used')
  await refusedAs('x'.repeat(43), 404, 'not_found')

  const fresh = await inviteLink(ours.owner, ours.workspace, 'viewer')
  const race = await Promise.all(Array.from({ length: 50 }, () => use(stranger.page.request, fresh)))
  expect(race.filter((answer) => answer.status === 200)).toHaveLength(1)
  for (const answer of race.filter(({ status }) => status !== 200)) {
    expect([answer.status, answer.text.includes('already_used')]).toEqual([409, true])
  }

  await page.goto(`${ours.workspace}/settings/members`)
  await page.getByLabel(t('people.email'), { exact: true }).fill('priya@parstock.example')
  await page.getByRole('button', { name: t('people.invite_make'), exact: true }).click()
  const bound = await page.locator('input[readonly][value*="/invite/"]').first().inputValue()
  await refusedAs(bound, 403, 'wrong_account')
  await page.getByRole('button', { name: `${t('people.revoke')} priya@parstock.example` }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('people.revoke'), exact: true })
    .click()
  await expect(page.getByText('priya@parstock.example')).toHaveCount(0)
  await ours.close()
  await guest.context.close()
})

test('row 2, 36: what is too large or no picture is refused, and nothing is kept', async () => {
  const id = us.strategy.split('/').at(-1) ?? ''
  const path = `/api/workspaces${us.workspace}/strategies/${id}/files`
  const send = (request: APIRequestContext, data: Buffer) =>
    request.post(path, { data, headers: { 'content-type': 'image/png', 'x-file-name': 'a.png' } })
  const huge = await send(us.owner.page.request, Buffer.alloc(10_000_001))
  expect(huge.status()).toBe(413)
  expect((await huge.json()).error.code).toBe('too_large')
  const page = await send(us.owner.page.request, Buffer.from('<html><script>alert(1)</script>'))
  expect(page.status()).toBe(415)
  const svg = await send(
    us.owner.page.request,
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
  )
  expect(svg.status()).toBe(415)
  const theirs = await send(stranger.page.request, Buffer.from('x'))
  expect(theirs.status()).toBe(404)
  const unsigned = await send(await anonymous(), Buffer.from('x'))
  expect(unsigned.status()).toBe(401)
})

test('a picture is seen by those who may read it, and by nobody else', async () => {
  const id = us.strategy.split('/').at(-1) ?? ''
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  )
  const kept = await us.owner.page.request.post(`/api/workspaces${us.workspace}/strategies/${id}/files`, {
    data: png,
    headers: { 'content-type': 'text/html', 'x-file-name': encodeURIComponent('图 1.png') },
  })
  expect(kept.status()).toBe(201)
  const file = await kept.json()
  expect([file.width, file.height]).toEqual([1, 1])
  const mine = await us.owner.page.request.get(`/files/${file.id}`)
  expect(mine.status()).toBe(200)
  // What it is, is read from its bytes; what was declared is not believed.
  expect(mine.headers()['content-type']).toBe('image/png')
  expect(mine.headers()['content-security-policy']).toContain('sandbox')
  expect((await mine.body()).equals(png)).toBe(true)
  expect((await stranger.page.request.get(`/files/${file.id}`)).status()).toBe(404)
  expect((await (await anonymous()).get(`/files/${file.id}`)).status()).toBe(401)
})

async function anonymous(): Promise<APIRequestContext> {
  const { request } = await import('@playwright/test')
  return request.newContext({ baseURL: process.env.E2E_URL ?? '' })
}

/** The call of a server action that `act` leads to, after it was answered. */
async function called(page: Page, act: () => Promise<void>): Promise<Request> {
  const sent = page.waitForRequest((request) => request.headers()['next-action'] !== undefined)
  await act()
  const original = await sent
  await original.response()
  return original
}

/** A person gives their own name anew on the account page; the call that did it. */
async function renaming({ page, t }: Person): Promise<{ original: Request; body: string }> {
  await page.goto('/account')
  const name = page.getByLabel(t('auth.name'), { exact: true })
  const original = await called(page, async () => {
    await name.fill('Ines O.')
    await page.locator('form').filter({ has: name }).getByRole('button').last().click()
  })
  await expect(name).toHaveValue('Ines O.')
  return { original, body: original.postData() ?? '' }
}

/** Sends a server action once more, by another hand or with another body. */
async function again(
  request: APIRequestContext,
  original: Request,
  body: string,
  more: Record<string, string> = {},
): Promise<{ status: number; text: string; headers: Record<string, string> }> {
  const headers = await original.allHeaders()
  const answer = await request.post(original.url(), {
    data: body,
    headers: {
      'content-type': headers['content-type'] ?? 'text/plain;charset=UTF-8',
      'next-action': headers['next-action'] ?? '',
      accept: 'text/x-component',
      'accept-language': headers['accept-language'] ?? '',
      origin: new URL(original.url()).origin,
      ...more,
    },
    maxRedirects: 0,
  })
  return { status: answer.status(), text: await answer.text(), headers: answer.headers() }
}
