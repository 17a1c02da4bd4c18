import { expect, test } from '@playwright/test'
import { createActivity } from '@/lib/commands/create-activity'
import { must } from '@/lib/kit/assert'
import { acting, beside, boardPaths, openBoard } from '../support/boards'
import { type Person, signUp, type Team, team, visitor } from '../support/people'

// What is attached to an activity, by the ways a browser and a stranger have. docs/bad-input.md, rows 40 to 45.

let us: Team
let viewer: Person
let stranger: Person
let activityId: string

test.beforeAll(async ({ browser }) => {
  us = await team(browser, 'blank')
  viewer = await us.join('Viewer', 'viewer')
  stranger = await visitor(browser, 'Stranger')
  await signUp(stranger)
  activityId = await beside(async (store) => {
    const owner = await acting(store, us.owner, us.workspace)
    const boards = await store.read.boards.list(owner.actor.workspaceId)
    const board = must(
      boards.find(({ kind }) => kind === 'product'),
      'the five departments',
    )
    const [column] = await store.read.boards.columns([board.id])
    const to = { columnId: must(column, 'backlog').id, after: null, before: null }
    return (await createActivity(owner, { boardId: board.id, to, title: 'With papers' })).value.id
  })
})
test.afterAll(async () => {
  await stranger.context.close()
  await us.close()
})

const address = () => `/api/workspaces${us.workspace}/activities/${activityId}/files`

async function send(by: Person, name: string, data: Buffer | string) {
  const answer = await by.page.request.post(address(), {
    data: typeof data === 'string' ? Buffer.from(data) : data,
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) },
  })
  return { status: answer.status(), body: await answer.json() }
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAAEklEQVR4nGP4z8DwHwyBNBgABZAAv5YbEGqAAAAAAElFTkSuQmCC',
  'base64',
)

test('row 41, 43: only a picture is shown; everything else is downloaded as bytes of no kind, under a clean name', async () => {
  const picture = await send(us.owner, 'notes.txt', png)
  expect(picture).toMatchObject({ status: 201, body: { value: { kind: 'picture', name: 'notes.txt' } } })
  const page = await send(us.owner, '../../photo “纲举”.png', '<!doctype html><script>alert(1)</script>')
  expect(page).toMatchObject({ status: 201, body: { value: { kind: 'text', name: 'photo “纲举”.png' } } })

  const shown = await us.owner.page.request.get(`/files/${picture.body.value.id}`)
  expect(shown.headers()).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' })
  expect(shown.headers()['content-disposition']).toMatch(/^inline;/)
  expect(await shown.body()).toEqual(png)
  const etag = must(shown.headers().etag, 'an etag')
  const again = await us.owner.page.request.get(`/files/${picture.body.value.id}`, {
    headers: { 'if-none-match': etag },
  })
  expect(again.status()).toBe(304)

  const file = await viewer.page.request.get(`/files/${page.body.value.id}`)
  expect(file.headers()).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-cache',
  })
  expect(file.headers()['content-disposition']).toBe(
    `attachment; filename*=UTF-8''${encodeURIComponent('photo “纲举”.png')}`,
  )
})

test('row 40, 42: 25 MB and no byte more; no program, by its bytes or by its name', async () => {
  expect((await send(us.owner, 'whole.dat', Buffer.alloc(25_000_000))).status).toBe(201)
  expect(await send(us.owner, 'more.dat', Buffer.alloc(25_000_001))).toMatchObject({
    status: 413,
    body: { error: { code: 'too_large' } },
  })
  for (const [name, bytes] of [
    ['plan.pdf', 'MZ\u0090'],
    ['plan.pdf.exe', 'words'],
  ] as const)
    expect(await send(us.owner, name, Buffer.from(bytes, 'latin1'))).toMatchObject({
      status: 415,
      body: { error: { code: 'wrong_type' } },
    })
})

test('row 45: a viewer attaches nothing and reads; a stranger finds nothing, and nobody takes off what they may not', async () => {
  const { body } = await send(us.owner, 'a.txt', 'words')
  const { id } = body.value
  expect((await send(viewer, 'b.txt', 'x')).status).toBe(403)
  expect((await send(stranger, 'b.txt', 'x')).status).toBe(404)
  const take = (by: Person) => by.page.request.delete(`${address()}/${id}`).then((answer) => answer.status())
  expect([await take(viewer), await take(stranger)]).toEqual([403, 404])
  expect((await viewer.page.request.get(`/files/${id}`)).status()).toBe(200)
  expect((await stranger.page.request.get(`/files/${id}`)).status()).toBe(404)
  expect(await take(us.owner)).toBe(200)
  expect((await viewer.page.request.get(`/files/${id}`)).status()).toBe(404)
})

test('the panel takes a file, shows it to a colleague at once, and undo brings back what was taken off', async () => {
  const { page, t } = us.owner
  const path = `${boardPaths(us.workspace).product}?card=${activityId}`
  await openBoard(viewer.page, path)
  await openBoard(page, path)
  await page
    .locator('.activity-panel input[type="file"]')
    .setInputFiles({ name: 'Offer.pdf', mimeType: 'text/html', buffer: Buffer.from('%PDF-1.7 words') })
  const mine = page.locator('.activity-panel').getByRole('link', { name: /Offer\.pdf/ })
  const theirs = viewer.page.locator('.activity-panel').getByRole('link', { name: /Offer\.pdf/ })
  await expect(mine).toBeVisible()
  await expect(theirs).toBeVisible()
  await page.getByRole('button', { name: t('activity.detach', { name: 'Offer.pdf' }) }).click()
  await expect(theirs).toBeHidden()
  // What was attached before has its own way back, above.
  await page
    .locator('.toast')
    .last()
    .getByRole('button', { name: t('common.undo') })
    .click()
  await expect(theirs).toBeVisible()
})
