import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { defaultLimits } from '../limits'
import { BadFrame } from '../protocol/byte-reader'
import { scanStateVector, scanUpdate } from '../protocol/scan-update'
import { defineRoots, faultIn, judge } from './guard'
import type { Roots } from './ports'

const ROOTS: Roots = { text: 'text', page: 'xml', meta: 'map' }
const ME = 'usr_me'

/** A document with one sentence of client 7, who is `ME`, and one of client 8, who is somebody else. */
function stage() {
  const doc = new Y.Doc()
  defineRoots(doc, ROOTS)
  for (const client of [7, 8]) {
    doc.clientID = client
    doc.getText('text').insert(0, `from ${client} `)
  }
  doc.clientID = 1
  const owners = new Map([
    [7, ME],
    [8, 'usr_other'],
  ])
  const say = (update: Uint8Array) =>
    judge(
      scanUpdate(update),
      update.length,
      (client) => Y.getState(doc.store, client),
      owners,
      ME,
      ROOTS,
      defaultLimits,
    )
  return { doc, say }
}

/** A writer with the stage's content and a client id of choice. */
function fork(doc: Y.Doc, clientID: number): { doc: Y.Doc; change(work: (doc: Y.Doc) => void): Uint8Array } {
  const own = new Y.Doc()
  Y.applyUpdate(own, Y.encodeStateAsUpdate(doc))
  own.clientID = clientID
  return {
    doc: own,
    change(work) {
      const before = Y.encodeStateVector(own)
      own.transact(() => work(own))
      return Y.encodeStateAsUpdate(own, before)
    },
  }
}

const numbers = (...values: number[]) =>
  encoding.encode((encoder) => {
    for (const value of values) encoding.writeVarUint(encoder, value)
  })
/** One struct of client 7 at `clock`: the letter x at the start of the root 'text'. */
const letterAt = (clock: number, client = 7) =>
  Uint8Array.of(1, 1, client, clock, 4, 1, 4, 116, 101, 120, 116, 1, 120, 0)

describe('the guard', () => {
  it('GU1: lets honest typing, deleting, formatting and structure pass, exact where it continues', () => {
    const { doc, say } = stage()
    const me = fork(doc, 7)
    expect(say(me.change((own) => own.getText('text').insert(3, 'words 词语 🀄')))).toEqual({
      kind: 'pass',
      claims: [],
      exact: true,
    })
    const tab = fork(doc, 9)
    expect(
      say(
        tab.change((own) => {
          own.getText('text').format(0, 3, { bold: true })
          own.getText('text').delete(2, 2)
          own.getMap('meta').set('k', { deep: [1, null, 'x'] })
          own.getXmlFragment('page').insert(0, [new Y.XmlElement('p')])
        }),
      ),
    ).toMatchObject({ kind: 'pass', claims: [9] })
  })

  it('GU1: offline text that was typed and deleted again arrives as collected, and passes', () => {
    const { doc, say } = stage()
    const me = fork(doc, 7)
    me.doc.getText('text').insert(0, 'never mind '.repeat(1_000))
    me.doc.getText('text').delete(0, 11_000)
    expect(say(Y.encodeStateAsUpdate(me.doc, Y.encodeStateVector(doc)))).toMatchObject({ kind: 'pass' })
  })

  it('GU2: finding 5 - clocks without content are capped', () => {
    const { say } = stage()
    const clock = 'from 7 '.length
    expect(say(numbers(1, 1, 7, clock, 0, 2 ** 40, 0))).toMatchObject({ kind: 'bad' })
    expect(say(numbers(1, 1, 7, clock, 0, 50_000, 0))).toMatchObject({ kind: 'pass' })
  })

  it('GU3: finding 6 - what builds on the unknown is a gap: clocks, neighbours, parents, deletes', () => {
    const { doc, say } = stage()
    expect(say(letterAt(8))).toEqual({ kind: 'gap' })
    expect(say(letterAt(7))).toMatchObject({ kind: 'pass' })
    const ahead = fork(doc, 8)
    ahead.change((own) => own.getText('text').insert(3, 'unseen'))
    const behind = fork(ahead.doc, 9)
    expect(say(behind.change((own) => own.getText('text').insert(5, 'between')))).toEqual({ kind: 'gap' })
    expect(say(behind.change((own) => own.getText('text').delete(4, 1)))).toEqual({ kind: 'gap' })
    const nested = fork(doc, 8)
    nested.change((own) => own.getXmlFragment('page').insert(0, [new Y.XmlElement('p')]))
    const child = fork(nested.doc, 9)
    const update = child.change((own) => {
      const parent = own.getXmlFragment('page').get(0)
      if (parent instanceof Y.XmlElement) parent.insert(0, [new Y.XmlText('x')])
    })
    expect(say(update)).toEqual({ kind: 'gap' })
  })

  it('GU3: finding 6 - two thousand future clocks cost milliseconds, not seconds', () => {
    const { say } = stage()
    const frames = Array.from({ length: 2_000 }, (_, i) => letterAt(100 - (i % 90)))
    const began = performance.now()
    for (const frame of frames) expect(say(frame).kind).toBe('gap')
    expect(performance.now() - began).toBeLessThan(1_500)
  })

  it('GU4: finding 3 - new structs only under the own client ids; known ones of others are no offence', () => {
    const { doc, say } = stage()
    const forger = fork(doc, 8)
    expect(say(forger.change((own) => own.getText('text').insert(0, 'forged')))).toEqual({ kind: 'forged' })
    expect(say(Y.encodeStateAsUpdate(doc))).toMatchObject({ kind: 'pass', claims: [], exact: false })
  })

  it('GU5: skipped ranges, sub-documents and empty structs are no honest update', () => {
    expect(() => scanUpdate(numbers(1, 1, 7, 0, 10, 5, 0))).toThrow(BadFrame)
    expect(() => scanUpdate(numbers(1, 1, 7, 0, 0, 0, 0))).toThrow('empty struct')
    const host = new Y.Doc()
    host.getMap('meta').set('sub', new Y.Doc())
    expect(() => scanUpdate(Y.encodeStateAsUpdate(host))).toThrow('unknown content')
  })

  it('GU5: finding 7 - declared counts beyond the frame are refused before anything is allocated', () => {
    for (const lie of [
      numbers(2 ** 31),
      numbers(1, 2 ** 31, 7, 0),
      numbers(0, 2 ** 31),
      numbers(0, 1, 7, 2 ** 31),
      Uint8Array.of(1, 1, 7, 0, 8, 1, 4, 116, 101, 120, 116, ...numbers(2 ** 31)),
    ])
      expect(() => scanUpdate(lie)).toThrow(BadFrame)
  })

  it('GU5: delete ranges must come sorted: overlapping ones make Yjs walk the client again and again', () => {
    expect(() => scanUpdate(numbers(0, 1, 7, 2, 0, 5, 3, 2))).toThrow('out of order')
    expect(() => scanUpdate(numbers(0, 2, 7, 1, 0, 5, 7, 1, 0, 5))).toThrow('client twice')
    expect(scanUpdate(numbers(0, 1, 7, 2, 0, 2, 3, 2)).deletes.get(7)).toBe(5)
  })

  it('GU6: roots that no document has, or has as something else', () => {
    const { say } = stage()
    const stranger = new Y.Doc()
    stranger.getText('other').insert(0, 'x')
    expect(say(Y.encodeStateAsUpdate(stranger))).toMatchObject({ kind: 'bad', why: 'unknown root' })
    const confused = new Y.Doc()
    confused.getArray('meta').insert(0, [1])
    expect(say(Y.encodeStateAsUpdate(confused))).toMatchObject({ kind: 'bad', why: 'root of another type' })
    const inherited = new Y.Doc()
    inherited.getText('constructor').insert(0, 'x')
    expect(say(Y.encodeStateAsUpdate(inherited))).toMatchObject({ kind: 'bad', why: 'unknown root' })
  })

  it('GU6: nesting deeper than the limit is noticed', () => {
    const { doc } = stage()
    const deep = (levels: number) => {
      const own = fork(doc, 9)
      return own.change((inner) => {
        let map: Y.Map<unknown> = inner.getMap('meta')
        for (let i = 0; i < levels; i++) {
          const child = new Y.Map<unknown>()
          map.set('c', child)
          map = child
        }
      })
    }
    for (const [levels, fine] of [
      [defaultLimits.depth, true],
      [defaultLimits.depth + 1, false],
    ] as const) {
      const target = new Y.Doc()
      Y.applyUpdate(target, Y.encodeStateAsUpdate(doc))
      const update = deep(levels)
      Y.applyUpdate(target, update)
      expect(faultIn(target, scanUpdate(update), defaultLimits.depth)).toBe(fine ? null : 'nested too deeply')
    }
  })

  it('GU12: what no page can be made of is noticed wherever it is put, and unknown names are not', () => {
    const element = (name: string, ...children: (Y.XmlElement | Y.XmlText)[]) => {
      const node = new Y.XmlElement(name)
      node.insert(0, children)
      return node
    }
    // Only TypeScript keeps anybody from inserting what does not belong there.
    const put = (list: Y.XmlFragment, content: unknown) => Reflect.apply(list.insert, list, [0, [content]])
    const start = new Y.Doc()
    defineRoots(start, ROOTS)
    start.getXmlFragment('page').insert(0, [element('paragraph', new Y.XmlText('words'))])
    const verdict = (work: (page: Y.XmlFragment, paragraph: Y.XmlElement, text: Y.XmlText) => void) => {
      const target = new Y.Doc()
      defineRoots(target, ROOTS)
      Y.applyUpdate(target, Y.encodeStateAsUpdate(start))
      const page = target.getXmlFragment('page')
      const paragraph = page.get(0)
      const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
      if (!(paragraph instanceof Y.XmlElement && text instanceof Y.XmlText)) throw new Error('not the stage')
      const before = Y.encodeStateVector(target)
      target.transact(() => work(page, paragraph, text))
      return faultIn(target, scanUpdate(Y.encodeStateAsUpdate(target, before)), defaultLimits.depth)
    }
    const wrong = 'not where it belongs'
    expect(verdict((page) => page.insert(1, [new Y.XmlText('bare')]))).toBe(wrong)
    expect(verdict((page) => put(page, { an: 'object' }))).toBe(wrong)
    expect(verdict((page) => put(page, 'letters'))).toBe(wrong)
    expect(verdict((page) => put(page, new Y.Map()))).toBe(wrong)
    expect(verdict((page) => put(page, new Y.XmlFragment()))).toBe(wrong)
    expect(verdict((_page, paragraph) => put(paragraph, 'letters'))).toBe(wrong)
    expect(verdict((_page, paragraph) => put(paragraph, new Y.Text('plain')))).toBe(wrong)
    expect(verdict((_page, _paragraph, text) => text.insertEmbed(0, { image: 'x' }))).toBe(wrong)
    expect(verdict((_page, _paragraph, text) => text.insertEmbed(0, new Y.XmlElement('b')))).toBe(wrong)
    expect(
      verdict((_page, paragraph) => Reflect.apply(paragraph.setAttribute, paragraph, ['a', new Y.Map()])),
    ).toBe(wrong)
    expect(verdict((page) => page.insert(0, [element('a', element('b', new Y.XmlText('deep')))]))).toBeNull()
    expect(
      verdict((page) => page.insert(0, [element('positioning', element('slot-of-tomorrow'))])),
    ).toBeNull()
    expect(verdict((_page, paragraph) => paragraph.setAttribute('level', '99'))).toBeNull()
    expect(
      verdict((_page, _paragraph, text) => text.format(0, 3, { bold: true, unknown: { a: 1 } })),
    ).toBeNull()
    expect(verdict((page) => page.delete(0, 1))).toBeNull()
    expect(
      verdict((page) => page.doc?.getMap('meta').set('any', new Y.Map([['thing', [1, { x: 2 }]]]))),
    ).toBeNull()
  })

  it('GU7: too many new client ids in one frame', () => {
    const { doc, say } = stage()
    const many = Y.mergeUpdates(
      Array.from({ length: defaultLimits.newClientsPerFrame + 1 }, (_, i) =>
        fork(doc, 1_000 + i).change((own) => own.getText('text').insert(0, 'x')),
      ),
    )
    expect(say(many)).toMatchObject({ kind: 'bad', why: 'too many new client ids' })
  })

  it('GU8: state vectors are read to the end and no further than they reach', () => {
    const doc = stage().doc
    expect(scanStateVector(Y.encodeStateVector(doc))).toBe(2)
    expect(() => scanStateVector(numbers(2 ** 40))).toThrow(BadFrame)
    expect(() => scanStateVector(Uint8Array.of(0, 1))).toThrow('after the end')
  })
})
