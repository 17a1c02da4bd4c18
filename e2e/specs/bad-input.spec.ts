import { type APIRequestContext, expect, type Request, test } from '@playwright/test'
import { type Person, signUp, type Team, team, visitor } from '../support/people'
import { open, typeAtEnd } from '../support/strategy'

// The rows of the bad-input table that arrive by HTTP; those of the socket are in lib/server/socket.

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

test('row 11, 13: an action is asked who calls, from where, and for nothing it does not know', async () => {
  const { page, t } = us.owner
  await page.goto('/account')
  const sent = page.waitForRequest((request) => request.headers()['next-action'] !== undefined)
  await page.getByLabel(t('auth.name'), { exact: true }).fill('Ines O.')
  await page
    .locator('form')
    .filter({ has: page.getByLabel(t('auth.name'), { exact: true }) })
    .getByRole('button')
    .last()
    .click()
  const original = await sent
  await original.response()
  await expect(page.getByLabel(t('auth.name'), { exact: true })).toHaveValue('Ines O.')

  const body = original.postData() ?? ''
  const forged = body.replace('"name":', '"role":"owner","workspaceId":"ws_x","name":')
  expect(forged).not.toBe(body)
  const unknown = await again(us.owner.page.request, original, forged)
  expect(unknown.text).toContain('unknown_field')

  const nobody = await again(await anonymous(), original, body)
  expect(nobody.text).toContain('not_signed_in')
  expect(nobody.text).not.toContain('Ines')

  const elsewhere = await again(us.owner.page.request, original, body, { origin: 'https://evil.test' })
  expect(elsewhere.status).toBe(403)
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

/** Sends a server action once more, by another hand or with another body. */
async function again(
  request: APIRequestContext,
  original: Request,
  body: string,
  more: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const headers = await original.allHeaders()
  const answer = await request.post(original.url(), {
    data: body,
    headers: {
      'content-type': headers['content-type'] ?? 'text/plain;charset=UTF-8',
      'next-action': headers['next-action'] ?? '',
      accept: 'text/x-component',
      origin: new URL(original.url()).origin,
      ...more,
    },
    maxRedirects: 0,
  })
  return { status: answer.status(), text: await answer.text() }
}
