import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { fillRoot } from './fill'
import type { NodeJson } from './json'
import { openingOf } from './opening'

const text = (value: string, bold = false): NodeJson => ({
  type: 'text',
  text: value,
  ...(bold && { marks: [{ type: 'bold' }] }),
})
const p = (...content: NodeJson[]): NodeJson => ({ type: 'paragraph', content })
const heading = (value: string): NodeJson => ({
  type: 'heading',
  attrs: { level: 3 },
  content: [text(value)],
})
const slots = (...pairs: [string, string][]): NodeJson => ({
  type: 'bulletList',
  content: pairs.map(([name, value]) => ({
    type: 'listItem',
    content: [p(text(name, true), text(` ${value}`))],
  })),
})
const quote = (value: string): NodeJson => ({ type: 'blockquote', content: [p(text(value))] })

function opening(policy: NodeJson[], preface: NodeJson[] = []) {
  const doc = new Y.Doc()
  fillRoot(doc.getXmlFragment('policy'), policy)
  fillRoot(doc.getXmlFragment('preface'), preface)
  return openingOf(doc)
}

const three = slots(
  ['For whom', 'chains with 10 to 300 stores'],
  ['Which problem', 'stores that no longer grow'],
  ['Through which solution', 'one contract'],
)

describe('openingOf', () => {
  it('marks the slots in the positioning sentence', () => {
    expect(
      opening([
        p(text('Before.')),
        heading('Positioning'),
        three,
        quote('For chains with 10 to 300 stores, we solve stores that no longer grow through one contract.'),
        heading('Principles'),
        quote('Not this one.'),
      ]),
    ).toEqual({
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
  it('reads Chinese, in the order the sentence has', () => {
    const found = opening([
      heading('定位'),
      slots(['为谁', '餐饮连锁'], ['解决什么问题', '老店不增长的问题'], ['通过什么方案', '代运营']),
      quote('我们通过代运营，为餐饮连锁解决老店不增长的问题。'),
    ])
    expect(
      found?.kind === 'sentence' && found.pieces.filter((piece) => piece.slot).map((piece) => piece.text),
    ).toEqual(['代运营', '餐饮连锁', '老店不增长的问题'])
  })
  it('leaves a sentence alone that was worded anew, and slots that overlap', () => {
    expect(opening([heading('Positioning'), three, quote('We do other things.')])).toEqual({
      kind: 'sentence',
      pieces: [{ text: 'We do other things.', slot: false }],
    })
    const overlap = opening([
      heading('Positioning'),
      slots(['A', 'big chains'], ['B', 'chains grow']),
      quote('When big chains grow.'),
    ])
    expect(overlap?.kind === 'sentence' && overlap.pieces.map((piece) => piece.text).join('')).toBe(
      'When big chains grow.',
    )
  })
  it('gives the slots where nobody has written the sentence', () => {
    expect(opening([heading('Positioning'), three, quote('')])).toEqual({
      kind: 'slots',
      whom: 'chains with 10 to 300 stores',
      problem: 'stores that no longer grow',
      solution: 'one contract',
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
