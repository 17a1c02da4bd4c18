import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { fillRoot } from '@/lib/document/fill'
import { paragraph } from '@/lib/document/testing/sample'
import { newId } from '@/lib/kit/ids'
import { type Around, strategyText } from './strategy-text'

const around: Around = {
  say: (key) => key,
  language: 'en',
  written: 'en',
  today: '2026-11-22',
  departments: [],
  editable: true,
}

function document() {
  const doc = new Y.Doc()
  let seq = 1
  let looks = 0
  fillRoot(doc.getXmlFragment('policy'), [paragraph('One line.')])
  return {
    id: newId('doc'),
    live: {
      look: async <T>(_id: string, work: (doc: Y.Doc) => T) => {
        looks += 1
        return { value: work(doc), seq }
      },
    },
    write(words: string) {
      fillRoot(doc.getXmlFragment('policy'), [paragraph(words)])
      seq += 1
    },
    get seq() {
      return seq
    },
    get looks() {
      return looks
    },
  }
}

it('draws a text once for as long as nobody writes', async () => {
  const one = document()
  const first = await strategyText(one.live, one.id, one.seq, around)
  expect(first.texts.policy).toContain('One line.')
  expect(first.empty).toContain('situation')
  expect(await strategyText(one.live, one.id, one.seq, around)).toBe(first)
  expect(one.looks).toBe(1)
  one.write('Another.')
  expect((await strategyText(one.live, one.id, one.seq, around)).texts.policy).toContain('Another.')
  expect(one.looks).toBe(2)
})

it('draws it anew for another language, another day, and for those who only read', async () => {
  const one = document()
  await strategyText(one.live, one.id, one.seq, around)
  await strategyText(one.live, one.id, one.seq, { ...around, language: 'zh' })
  await strategyText(one.live, one.id, one.seq, { ...around, today: '2026-11-23' })
  await strategyText(one.live, one.id, one.seq, { ...around, editable: false })
  expect(one.looks).toBe(4)
})

it('keeps what was drawn under the row it shows, also when a row came meanwhile', async () => {
  const one = document()
  const asked = one.seq
  one.write('Just now.')
  const text = await strategyText(one.live, one.id, asked, around)
  expect(text.texts.policy).toContain('Just now.')
  expect(await strategyText(one.live, one.id, one.seq, around)).toBe(text)
  expect(one.looks).toBe(1)
})

it('lets the oldest go when there is too much', async () => {
  const first = document()
  await strategyText(first.live, first.id, first.seq, around)
  for (let i = 0; i < 7; i += 1) {
    const long = document()
    long.write('x'.repeat(1_000_000))
    await strategyText(long.live, long.id, long.seq, around)
  }
  await strategyText(first.live, first.id, first.seq, around)
  expect(first.looks).toBe(2)
})
