import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { fillRoot } from './fill'
import type { NodeJson } from './json'
import { openingOf } from './opening'

const text = (value: string): NodeJson => ({ type: 'text', text: value })
const p = (...content: NodeJson[]): NodeJson => ({ type: 'paragraph', content })
const heading = (value: string): NodeJson => ({
  type: 'heading',
  attrs: { level: 3 },
  content: [text(value)],
})
const positioning = (lang: string, ...parts: [string, string][]): NodeJson => ({
  type: 'item',
  attrs: { kind: 'positioning' },
  content: parts.map(([name, value]) => ({
    type: 'itemPart',
    attrs: { name, lang },
    content: value === '' ? [] : [text(value)],
  })),
})

function opening(policy: NodeJson[], preface: NodeJson[] = [], language: 'en' | 'zh' = 'en') {
  const doc = new Y.Doc()
  fillRoot(doc.getXmlFragment('policy'), policy)
  fillRoot(doc.getXmlFragment('preface'), preface)
  return openingOf(doc, language)
}

const three: [string, string][] = [
  ['whom', 'chains with 10 to 300 stores'],
  ['problem', 'stores that no longer grow'],
  ['solution', 'one contract'],
]

describe('openingOf', () => {
  it('composes the sentence and marks the slots in it', () => {
    const policy = [p(text('Before.')), heading('Positioning'), positioning('en', ...three)]
    expect(opening(policy)).toEqual({
      kind: 'sentence',
      pieces: [
        { text: 'For ', slot: false },
        { text: 'chains with 10 to 300 stores', slot: true },
        { text: ', we solve ', slot: false },
        { text: 'stores that no longer grow', slot: true },
        { text: ' through ', slot: false },
        { text: 'one contract', slot: true },
        { text: '.', slot: false },
      ],
    })
  })
  it('takes the language asked for, else the other one', () => {
    const chinese = positioning(
      'zh',
      ['whom', '餐饮连锁'],
      ['problem', '老店不增长的问题'],
      ['solution', '代运营'],
    )
    for (const language of ['en', 'zh'] as const) {
      const found = opening([chinese], [], language)
      const slots = found?.kind === 'sentence' ? found.pieces.filter((piece) => piece.slot) : []
      expect(slots.map((piece) => piece.text)).toEqual(['代运营', '餐饮连锁', '老店不增长的问题'])
    }
    const both = {
      ...chinese,
      content: [...(chinese.content ?? []), ...(positioning('en', ...three).content ?? [])],
    }
    expect(opening([both])?.kind === 'sentence' && opening([both])).toMatchObject({
      pieces: [{ text: 'For ' }, {}, {}, {}, {}, {}, {}],
    })
  })
  it('leaves a sentence alone that was worded anew, and slots that overlap', () => {
    expect(opening([positioning('en', ...three, ['sentence', 'We do other things.'])])).toEqual({
      kind: 'sentence',
      pieces: [{ text: 'We do other things.', slot: false }],
    })
    const overlap = opening([
      positioning(
        'en',
        ['whom', 'big chains'],
        ['problem', 'chains grow'],
        ['sentence', 'When big chains grow.'],
      ),
    ])
    expect(overlap?.kind === 'sentence' && overlap.pieces.map((piece) => piece.text).join('')).toBe(
      'When big chains grow.',
    )
  })
  it('an unfinished positioning is none yet', () => {
    expect(opening([positioning('en', ['whom', 'chains'], ['problem', '']), p(text('We choose.'))])).toEqual({
      kind: 'prose',
      text: 'We choose.',
    })
  })
  it('falls back to how the policy begins, then the preface, then to nothing', () => {
    expect(opening([heading('Positioning'), p(), p(text('We choose.'))])).toEqual({
      kind: 'prose',
      text: 'We choose.',
    })
    expect(opening([p()], [p(text('We sell growth.'))])).toEqual({ kind: 'prose', text: 'We sell growth.' })
    expect(opening([])).toBeNull()
  })
  it('ends long prose at a full stop, or between words', () => {
    const first = `${'word '.repeat(30)}end.`
    expect(opening([p(text(`${first} ${'more '.repeat(40)}`))])).toEqual({ kind: 'prose', text: first })
    const endless = opening([p(text('word '.repeat(90)))])
    expect(endless?.kind === 'prose' && endless.text).toMatch(/word…$/)
  })
})
