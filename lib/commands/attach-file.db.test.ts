import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { files as rows } from '@/db/schema'
import { MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from '@/lib/domain/attachment'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { activityPanel } from '@/lib/queries/activity'
import { readFileRow } from '@/lib/queries/file'
import { type House, house, staff } from '@/lib/testing/builders'
import { refusal } from '@/lib/testing/refusal'
import { attachFile, detachFile } from './attach-file'
import type { Context } from './context'
import { createActivity } from './create-activity'
import { duplicateActivity } from './duplicate-activity'
import { settleActivity } from './settle-activities'
import { sweepFiles } from './sweep-files'
import { undoChange } from './undo-change'

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

const DAY = 86_400_000
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAAEklEQVR4nGP4z8DwHwyBNBgAABZAAv5YbEGqAAAAAElFTkSuQmCC',
  'base64',
)
async function* stream(...parts: (Uint8Array | string)[]) {
  for (const part of parts) yield typeof part === 'string' ? new TextEncoder().encode(part) : part
}

async function company() {
  const owner = await home.workspace()
  const [board] = await home.store.read.boards.list(owner.actor.workspaceId)
  const product = must(board, 'product')
  const [backlog] = await home.store.read.boards.columns([product.id])
  const to = { columnId: must(backlog, 'backlog').id, after: null, before: null }
  const { value } = await createActivity(owner, { boardId: product.id, to, title: 'With papers' })
  const member = await home.member(owner, 'member')
  await staff(home.store, product.departmentId, member.actor.memberId)
  return { owner, product, activity: value, insider: await home.again(member) }
}

const attach = (by: Context, activityId: string, name: string, ...parts: (Uint8Array | string)[]) =>
  attachFile(by, { activityId, name, body: stream(...parts), declared: null })
const shown = async (by: Context, activityId: string) =>
  must(await activityPanel(by, activityId, 'UTC'), 'readable').files.map(({ name }) => name)
/** Nothing came in: neither a row nor a byte. */
async function nothingKept(activityId: string, count = 0) {
  const kept = await home.store.database.select().from(rows).where(eq(rows.activityId, activityId))
  expect(kept).toHaveLength(count)
}

describe('attaching', () => {
  test('keeps the bytes, shows them in the panel and on the card, tells the board, and undo takes it off and back', async () => {
    const { insider, activity, product } = await company()
    const done = await attach(insider, activity.id, 'C:\\papers\\Price list.pdf', '%PDF-1.7 ', 'and so on')
    expect(done.value).toMatchObject({ name: 'Price list.pdf', kind: 'pdf', size: 18, picture: null })
    expect(home.told.events.at(-1)).toEqual({
      room: product.id,
      event: { type: 'beside.changed', boardId: product.id, what: 'files', activityId: activity.id },
    })
    const row = await readFileRow(insider, done.value.id)
    expect(new TextDecoder().decode(must(await insider.files.whole(row.sha256), 'kept'))).toBe(
      '%PDF-1.7 and so on',
    )
    expect(must(await activityPanel(insider, activity.id, 'UTC'), 'readable').files).toHaveLength(1)
    const [told] = must(await activityPanel(insider, activity.id, 'UTC'), 'readable').history
    expect(told).toMatchObject({ kind: 'file', verb: 'created', diff: { file: [null, 'Price list.pdf'] } })

    const undone = await undoChange(insider, { changeId: must(done.undo, 'changed') })
    expect(await shown(insider, activity.id)).toEqual([])
    expect((await refusal(readFileRow(insider, done.value.id))).code).toBe('not_found')
    await undoChange(insider, { changeId: must(undone.undo, 'undone') })
    expect(await shown(insider, activity.id)).toEqual(['Price list.pdf'])
  })

  test('a picture is one by its bytes, whatever its name says; what only says so is not', async () => {
    const { insider, activity } = await company()
    const picture = await attach(insider, activity.id, 'notes.txt', png)
    expect(picture.value).toMatchObject({ kind: 'picture', picture: { width: 2, height: 3 } })
    for (const [name, text] of [
      ['photo.png', '<!doctype html><script>alert(1)</script>'],
      ['logo.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(1)"/>'],
    ] as const) {
      const { value } = await attach(insider, activity.id, name, text)
      expect(value).toMatchObject({ name, kind: 'text', picture: null })
    }
    // Begins like a picture, and says it is larger than any screen: kept, never shown.
    const huge = Buffer.from(png)
    huge.writeUInt32BE(60_000, 16)
    huge.writeUInt32BE(60_000, 20)
    expect((await attach(insider, activity.id, 'huge.png', huge)).value).toMatchObject({
      kind: 'other',
      picture: null,
    })
  })

  test('a zip bomb is just a file', async () => {
    const { insider, activity } = await company()
    const { value } = await attach(insider, activity.id, 'bomb.zip', 'PK\x03\x04', new Uint8Array(50_000))
    expect(value).toMatchObject({ kind: 'archive', size: 50_004 })
  })

  test('a file larger than allowed: nothing of it stays, promised or not', async () => {
    const { insider, activity } = await company()
    let asked = 0
    async function* endless() {
      while (true) {
        asked += 1
        yield new Uint8Array(5_000_000)
      }
    }
    const input = { activityId: activity.id, name: 'film.mp4', body: endless(), declared: null }
    expect((await refusal(attachFile(insider, input))).code).toBe('too_large')
    expect(asked).toBe(6)
    const promised = { ...input, body: endless(), declared: MAX_ATTACHMENT_BYTES + 1 }
    expect((await refusal(attachFile(insider, promised))).code).toBe('too_large')
    expect(asked).toBe(6)
    await nothingKept(activity.id)
  })

  test('programs, empty files and lines that break leave nothing', async () => {
    const { insider, activity } = await company()
    expect((await refusal(attach(insider, activity.id, 'plan.pdf', 'MZ\x90\x00'))).code).toBe('wrong_type')
    expect((await refusal(attach(insider, activity.id, 'plan.pdf.exe', 'words'))).code).toBe('wrong_type')
    expect((await refusal(attach(insider, activity.id, 'empty.txt'))).code).toBe('required')
    async function* broken() {
      yield new Uint8Array(10)
      throw new Error('the line broke')
    }
    const input = { activityId: activity.id, name: 'a.txt', body: broken(), declared: null }
    await expect(attachFile(insider, input)).rejects.toThrow('the line broke')
    await nothingKept(activity.id)
  })

  test('who may: the department, partners and owners; before a byte of it is read', async () => {
    const { owner, activity, insider } = await company()
    const elsewhere = await home.workspace('Elsewhere')
    const kept = await attach(insider, activity.id, 'a.txt', 'words')
    const tries: readonly (readonly [Context, string])[] = [
      [await home.member(owner, 'viewer'), 'not_allowed'],
      [await home.member(owner, 'member'), 'not_allowed'],
      [await home.member(owner, 'adviser'), 'not_found'],
      [elsewhere, 'not_found'],
    ]
    for (const [by, code] of tries) {
      let read = false
      async function* body() {
        read = true
        yield new Uint8Array(1)
      }
      const input = { activityId: activity.id, name: 'b.txt', body: body(), declared: null }
      expect((await refusal(attachFile(by, input))).code).toBe(code)
      expect(read).toBe(false)
      expect((await refusal(detachFile(by, { fileId: kept.value.id }))).code).toBe(code)
      if (code === 'not_found') expect((await refusal(readFileRow(by, kept.value.id))).code).toBe(code)
      else expect((await readFileRow(by, kept.value.id)).name).toBe('a.txt')
    }
    for (const id of ['', 'act_\u0000', '__proto__', newId('act')])
      expect((await refusal(attach(owner, id, 'b.txt', 'x'))).code).toBe('not_found')
    for (const id of ['', 'fil_\u0000', '../a', newId('fil')])
      expect((await refusal(detachFile(owner, { fileId: id }))).code).toBe('not_found')
    await nothingKept(activity.id, 1)
  })

  test('whoever left the department while the bytes came in attaches nothing', async () => {
    const { insider, activity, product } = await company()
    async function* body() {
      yield new Uint8Array([1])
      await home.store.transact((tx) =>
        tx.departments.setPosition(product.departmentId, insider.actor.memberId, null),
      )
      yield new Uint8Array([2])
    }
    const input = { activityId: activity.id, name: 'late.txt', body: body(), declared: null }
    expect((await refusal(attachFile(insider, input))).code).toBe('not_allowed')
    await nothingKept(activity.id)
  })

  test('an archived activity keeps its files and takes no more', async () => {
    const { owner, activity } = await company()
    const { value } = await attach(owner, activity.id, 'a.txt', 'words')
    await settleActivity(owner, { activityId: activity.id, status: 'archived' })
    expect((await refusal(attach(owner, activity.id, 'b.txt', 'x'))).code).toBe('activity_not_active')
    expect((await refusal(detachFile(owner, { fileId: value.id }))).code).toBe('activity_not_active')
    expect((await readFileRow(owner, value.id)).name).toBe('a.txt')
  })

  test('two at once of the last place: one', async () => {
    const { owner, activity } = await company()
    const { value } = await attach(owner, activity.id, 'first.txt', 'words')
    const first = await readFileRow(owner, value.id)
    await home.store.transact((tx) =>
      tx.files.attach(Array.from({ length: MAX_ATTACHMENTS - 2 }, () => ({ ...first, id: newId('fil') }))),
    )
    const both = await Promise.allSettled([
      attach(owner, activity.id, 'a.txt', 'a'),
      attach(owner, activity.id, 'b.txt', 'b'),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await refusal(attach(owner, activity.id, 'c.txt', 'c'))).code).toBe('too_many')
  })

  test('the space of a workspace: taking off frees it, but not without end', async () => {
    const { owner, activity } = await company()
    const { value } = await attach(owner, activity.id, 'first.txt', 'words')
    const first = await readFileRow(owner, value.id)
    const big = (removedAt: Date | null) => ({
      ...first,
      id: newId('fil'),
      sha256: randomBytes(32).toString('hex'),
      size: 1_999_999_990,
      removedAt,
    })
    const full = big(null)
    await home.store.transact((tx) => tx.files.attach([full]))
    expect((await refusal(attach(owner, activity.id, 'b.txt', 'b'.repeat(20)))).code).toBe('quota')
    await detachFile(owner, { fileId: full.id })
    expect((await attach(owner, activity.id, 'b.txt', 'b'.repeat(20))).value.name).toBe('b.txt')
    await home.store.transact((tx) => tx.files.attach([big(new Date(home.now()))]))
    expect((await refusal(attach(owner, activity.id, 'c.txt', 'c'.repeat(40)))).code).toBe('quota')
  })
})

describe('taking off', () => {
  test('once, and put back once', async () => {
    const { owner, insider, activity } = await company()
    const { value } = await attach(insider, activity.id, 'a.txt', 'words')
    const off = await detachFile(insider, { fileId: value.id })
    expect((await detachFile(owner, { fileId: value.id })).undo).toBeNull()
    await undoChange(insider, { changeId: must(off.undo, 'removed') })
    expect(await shown(owner, activity.id)).toEqual(['a.txt'])
    // There again: what the click did is undone already.
    expect((await refusal(undoChange(insider, { changeId: must(off.undo, 'removed') }))).code).toBe(
      'conflict',
    )
  })

  test('a duplicate has files of its own', async () => {
    const { owner, activity } = await company()
    const { value } = await attach(owner, activity.id, 'a.txt', 'words')
    await attach(owner, activity.id, 'b.txt', 'more')
    const copy = await duplicateActivity(owner, { activityId: activity.id })
    await detachFile(owner, { fileId: value.id })
    expect(await shown(owner, activity.id)).toEqual(['b.txt'])
    expect(await shown(owner, copy.value.id)).toEqual(['a.txt', 'b.txt'])
    const [mine] = must(await activityPanel(owner, copy.value.id, 'UTC'), 'readable').files
    expect(mine?.id).not.toBe(value.id)
  })
})

describe('the sweep', () => {
  test('deletes what nothing names, a day after it came, and leaves everything else', async () => {
    const { owner, activity } = await company()
    const { files, store } = owner
    const now = Date.now()
    // Rows have the house's clock, bytes that of the disk.
    home.pass(now - home.now())
    const kept = await attach(owner, activity.id, 'kept.txt', randomBytes(40))
    const off = await attach(owner, activity.id, 'off.txt', randomBytes(40))
    await detachFile(owner, { fileId: off.value.id })
    const [keptHash, offHash] = await Promise.all(
      [kept, off].map(async ({ value }) => must(await store.read.files.find(value.id), 'a row').sha256),
    )
    const crashed = await files.receive(stream('an upload that a crash cut off'), { bytes: 100, words: '' })
    await crashed.keep()
    await sweepFiles({ store, files }, now + DAY / 2)
    expect(await files.keptAt(crashed.sha256)).not.toBeNull()
    await sweepFiles({ store, files }, now + 2 * DAY)
    expect(await files.keptAt(crashed.sha256)).toBeNull()
    expect(await files.keptAt(must(offHash, 'hash'))).not.toBeNull()
    await sweepFiles({ store, files }, now + 40 * DAY)
    expect(await files.keptAt(must(offHash, 'hash'))).toBeNull()
    expect(await files.keptAt(must(keptHash, 'hash'))).not.toBeNull()
    // What cannot come back is said not to be there.
    const change = must(await activityPanel(owner, activity.id, 'UTC'), 'readable').history[0]
    expect((await refusal(undoChange(owner, { changeId: must(change, 'removed').id }))).code).toBe(
      'not_found',
    )
  })

  test('bytes that are uploaded again in that very moment stay', async () => {
    const { owner, activity } = await company()
    const { files, store } = owner
    const same = randomBytes(64)
    const before = await files.receive(stream(same), { bytes: 100, words: '' })
    await before.keep()
    const later = Date.now() + 2 * DAY
    for (let round = 0; round < 10; round++) {
      const [attached] = await Promise.allSettled([
        attach(owner, activity.id, `${round}.dat`, same),
        sweepFiles({ store, files }, later),
      ])
      // Refused or kept: never a row without its bytes.
      if (attached.status === 'fulfilled') expect(await files.keptAt(before.sha256)).not.toBeNull()
      else expect((await refusal(Promise.reject(attached.reason))).code).toBe('unavailable')
      await store.database.delete(rows).where(eq(rows.activityId, activity.id))
    }
  })
})
