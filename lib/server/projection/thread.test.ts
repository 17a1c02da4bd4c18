import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { fillRoot } from '@/lib/document/fill'
import { newItem } from '@/lib/document/items/new-item'
import { readProjection } from '@/lib/document/items/read-projection'
import { newId } from '@/lib/kit/ids'
import { ReadingThread } from './thread'

let thread: ReadingThread
afterEach(() => thread.end())

function reading(titles: readonly string[]) {
  const doc = new Y.Doc()
  fillRoot(
    doc.getXmlFragment('difficulties'),
    titles.map((title) =>
      newItem('pain', { id: newId('itm'), language: 'en', parts: { title }, attrs: { code: null } }),
    ),
  )
  return { update: Y.encodeStateAsUpdate(doc), language: 'en' as const, used: new Map([['P1', 'itm_gone']]) }
}

test('the thread reads what would be read here', async () => {
  thread = new ReadingThread({ small: 0, idle: 60_000 })
  const one = reading(['A', 'B'])
  const other = reading(['C'])
  const answers = await Promise.all([thread.read(one), thread.read(other)])
  expect(answers).toEqual([readProjection(one), readProjection(other)])
  expect(answers[0]).toMatchObject({ items: [{ title: 'A' }, { title: 'B' }], whole: false })
  expect(thread.awake).toBe(true)
}, 60_000)

test('what is short is read at once, and without a thread', async () => {
  thread = new ReadingThread({ small: 1_000_000, idle: 60_000 })
  expect((await thread.read(reading(['A']))).items).toHaveLength(1)
  expect(thread.awake).toBe(false)
})

test('bytes that cannot be read are an error of that reading alone', async () => {
  thread = new ReadingThread({ small: 0, idle: 60_000 })
  await expect(thread.read({ ...reading(['A']), update: Uint8Array.of(9, 9, 9) })).rejects.toThrow()
  expect((await thread.read(reading(['A']))).items).toHaveLength(1)
}, 60_000)

test('a thread that is not asked goes', async () => {
  thread = new ReadingThread({ small: 0, idle: 1 })
  await thread.read(reading(['A']))
  await expect.poll(() => thread.awake, { timeout: 10_000 }).toBe(false)
}, 60_000)
