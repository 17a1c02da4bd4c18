import { TextSelection } from '@tiptap/pm/state'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { fillRoot } from '@/lib/document/fill'
import { EVERYTHING, node, paragraph, withAttrs } from '@/lib/document/testing/sample'
import { must } from '@/lib/kit/assert'
import { openHeadless } from './headless'
import { readDoc } from './read'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function two(...content: Parameters<typeof fillRoot>[1][number][]) {
  const a = new Y.Doc()
  const b = new Y.Doc()
  a.clientID = 1
  b.clientID = 2
  const first = new Y.Doc()
  first.clientID = 9
  if (content.length > 0) fillRoot(first.getXmlFragment('situation'), content)
  Y.applyUpdate(a, Y.encodeStateAsUpdate(first))
  Y.applyUpdate(b, Y.encodeStateAsUpdate(first))
  const exchange = () => {
    const toB = Y.encodeStateAsUpdate(a, Y.encodeStateVector(b))
    const toA = Y.encodeStateAsUpdate(b, Y.encodeStateVector(a))
    Y.applyUpdate(b, toB, 'network')
    Y.applyUpdate(a, toA, 'network')
  }
  return { a, b, exchange, rootA: a.getXmlFragment('situation'), rootB: b.getXmlFragment('situation') }
}

const composed = (peer: ReturnType<typeof openHeadless>, from: number, ...steps: string[]) => {
  peer.composition('start')
  let length = 0
  for (const step of steps) {
    peer.type(from, from + length, step)
    length = step.length
  }
}
const ended = (peer: ReturnType<typeof openHeadless>) => {
  peer.composition('end')
  vi.advanceTimersByTime(60)
}

describe('the caret', () => {
  it('stays where the browser has put it, when a colleague’s words arrive before the editor hears of it', () => {
    const { b, exchange, rootA, rootB } = two(paragraph('Wages rose by a third.'))
    const peer = openHeadless(rootA)
    const other = openHeadless(rootB)
    peer.view.dispatch(peer.view.state.tr.setSelection(TextSelection.create(peer.view.state.doc, 12)))
    // Home, and in the same moment somebody writes behind the words.
    peer.moveUnheard(1)
    other.type(23, 23, ' Yes.')
    exchange()
    expect(peer.text()).toBe('Wages rose by a third. Yes.')
    expect(peer.view.state.selection.head).toBe(1)
    b.destroy()
  })
})

describe('opening', () => {
  it('writes nothing, whatever lies in the document', () => {
    const { a, rootA } = two(...EVERYTHING)
    const stray = new Y.XmlElement('kpiCard')
    stray.insert(0, [new Y.XmlText('a node of the future')])
    rootA.insert(0, [stray, new Y.XmlText('text at the root')])
    const before = Y.encodeStateAsUpdate(a)
    const update = vi.fn()
    a.on('update', update)
    openHeadless(rootA)
    openHeadless(a.getXmlFragment('policy'))
    expect(update).not.toHaveBeenCalled()
    expect(Y.encodeStateAsUpdate(a)).toEqual(before)
  })

  it('keeps what it cannot show while somebody types beside it', () => {
    const { rootA } = two(paragraph('before'))
    const stray = new Y.XmlElement('kpiCard')
    stray.setAttribute('value', '9')
    stray.insert(0, [new Y.XmlText('a node of the future')])
    rootA.insert(1, [stray])
    const peer = openHeadless(rootA)
    peer.type(7, 7, '!')
    expect(rootA.toString()).toBe(
      '<paragraph>before!</paragraph><kpicard value="9">a node of the future</kpicard>',
    )
  })
})

describe('two editors', () => {
  it.each([
    ['in a line', [paragraph('We: ')], 5],
    ['in an empty chapter', [], 1],
  ])('keep the words of two people whole who type at the same place at once, %s', (_where, content, at) => {
    const { rootA, rootB, exchange } = two(...content)
    const a = openHeadless(rootA)
    const b = openHeadless(rootB)
    const here = (peer: typeof a) => peer.view.state.selection.head
    a.type(at, at, '知')
    exchange()
    // Behind the first letter of a, as one who comes to the end of the line.
    b.type(at + 1, at + 1, 'S')
    for (let i = 0; i < 3; i++) {
      exchange()
      a.type(here(a), here(a), '行写字'.charAt(i))
      b.type(here(b), here(b), 'ell'.charAt(i))
    }
    exchange()
    expect(a.text()).toBe(b.text())
    expect(a.text()).toContain('知行写字')
    expect(a.text()).toContain('Sell')
  })

  it('show each other what they write, and leave the other blocks as they are', () => {
    const { rootA, rootB, exchange } = two(paragraph('one'), paragraph('two'), paragraph('three'))
    const a = openHeadless(rootA)
    const b = openHeadless(rootB)
    const kept = b.view.state.doc.child(2)
    a.type(4, 4, ' and a half')
    exchange()
    expect(b.text()).toBe('one and a half|two|three')
    expect(b.view.state.doc.child(2)).toBe(kept)
  })

  it('keep the caret between the same letters', () => {
    const { rootA, rootB, exchange } = two(paragraph('hello world'))
    const a = openHeadless(rootA)
    const b = openHeadless(rootB)
    b.view.dispatch(b.view.state.tr.setSelection(selectionAt(b, 7)))
    a.type(1, 1, 'well, ')
    exchange()
    expect(b.view.state.selection.head).toBe(13)
    a.type(13, 18, 'friends')
    exchange()
    expect(b.text()).toBe('well, hello friends')
  })

  it('divide and join paragraphs', () => {
    const { rootA, rootB, exchange } = two(paragraph('one two'))
    const a = openHeadless(rootA)
    const b = openHeadless(rootB)
    a.view.dispatch(a.view.state.tr.split(4))
    b.type(8, 8, '!')
    exchange()
    exchange()
    expect(a.text()).toBe(b.text())
    // Yjs has no moving of text: what a colleague adds at the end stays with the first half. Nothing is lost.
    expect(a.text()).toBe('one!| two')
    a.view.dispatch(a.view.state.tr.join(a.view.state.doc.child(0).nodeSize))
    exchange()
    expect(b.view.state.doc.childCount).toBe(1)
  })

  it('end equal after a thousand random edits delivered at random times', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const random = chance(seed)
      const docs = [1, 2, 3].map((client) => {
        const doc = new Y.Doc()
        doc.clientID = client
        return doc
      })
      const first = must(docs[0], 'a document')
      fillRoot(first.getXmlFragment('situation'), [
        paragraph('alpha beta'),
        node('bulletList', node('listItem', paragraph('gamma'))),
        paragraph('delta'),
      ])
      for (const doc of docs.slice(1)) Y.applyUpdate(doc, Y.encodeStateAsUpdate(first))
      const peers = docs.map((doc) => openHeadless(doc.getXmlFragment('situation')))
      for (let i = 0; i < 200; i += 1) {
        const who = Math.floor(random() * 3)
        const peer = must(peers[who], 'a peer')
        const { state } = peer.view
        const at = places(state.doc)
        const from = must(at[Math.floor(random() * at.length)], 'a place')
        const roll = random()
        if (roll < 0.5) peer.type(from, from, 'abc战略'.charAt(Math.floor(random() * 5)))
        else if (roll < 0.65) {
          const $from = state.doc.resolve(from)
          peer.view.dispatch(state.tr.delete(from, Math.min($from.end(), from + 3)))
        } else if (roll < 0.75) peer.view.dispatch(state.tr.split(from))
        else if (roll < 0.8) {
          const bold = must(state.schema.marks.bold, 'bold')
          peer.view.dispatch(state.tr.addMark(from, state.doc.resolve(from).end(), bold.create()))
        } else if (roll < 0.85) {
          if (peer.view.composing) ended(peer)
          else peer.composition('start')
        } else {
          const other = must(docs[(who + 1 + Math.floor(random() * 2)) % 3], 'another')
          const mine = must(docs[who], 'mine')
          Y.applyUpdate(other, Y.encodeStateAsUpdate(mine, Y.encodeStateVector(other)), 'network')
        }
      }
      for (const peer of peers) if (peer.binding.holding) ended(peer)
      for (let round = 0; round < 2; round += 1)
        for (const from of docs)
          for (const to of docs)
            if (from !== to)
              Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), 'network')
      const shown = peers.map((peer) => JSON.stringify(peer.view.state.doc))
      expect(new Set(shown).size, `seed ${seed}`).toBe(1)
      for (const peer of peers) {
        const fresh = readDoc(peer.binding.root, peer.view.state.schema, new Map())
        expect(JSON.stringify(fresh)).toBe(shown[0])
      }
    }
  })
})

describe('composing', () => {
  it('sends nothing half-typed and is not disturbed by a colleague in the same paragraph', () => {
    const { a, rootA, rootB, exchange } = two(paragraph('我们的方针。'))
    const me = openHeadless(rootA)
    const peer = openHeadless(rootB)
    const sent = vi.fn()
    a.on('update', sent)
    composed(me, 4, 'n', 'ni', 'ni h', 'ni hao')
    peer.type(1, 1, '今年')
    exchange()
    expect(me.text()).toBe('我们的ni hao方针。')
    expect(sent).toHaveBeenCalledTimes(1)
    me.type(4, 10, '你好')
    ended(me)
    expect(me.text()).toBe('今年我们的你好方针。')
    exchange()
    expect(peer.text()).toBe('今年我们的你好方针。')
  })

  it('puts the caret behind the composed words', () => {
    const { rootA, rootB, exchange } = two(paragraph('甲乙'))
    const me = openHeadless(rootA)
    const peer = openHeadless(rootB)
    composed(me, 2, 'zhong', '中文')
    peer.type(1, 1, '前前')
    peer.type(5, 5, '后')
    exchange()
    ended(me)
    expect(me.text()).toBe('前前甲中文乙后')
    expect(me.view.state.selection.head).toBe(6)
  })

  it('says while something is held, and no longer', () => {
    const holding = vi.fn()
    const { rootA } = two(paragraph('x'))
    const me = openHeadless(rootA, { holding })
    composed(me, 2, 'a')
    expect(holding).toHaveBeenLastCalledWith(true)
    ended(me)
    expect(holding).toHaveBeenLastCalledWith(false)
    expect(rootA.toString()).toBe('<paragraph>xa</paragraph>')
  })

  it('loses nothing when the page is left in the middle', () => {
    const { rootA } = two(paragraph('x'))
    const me = openHeadless(rootA)
    composed(me, 2, '还没写完')
    me.binding.flush()
    expect(rootA.toString()).toBe('<paragraph>x还没写完</paragraph>')
  })

  it('saves the words when their paragraph is deleted meanwhile', () => {
    const { rootA, rootB, exchange } = two(paragraph('first'), paragraph('second'), paragraph('third'))
    const me = openHeadless(rootA)
    const peer = openHeadless(rootB)
    composed(me, 11, 'zi', '字')
    peer.view.dispatch(peer.view.state.tr.delete(7, 15))
    exchange()
    ended(me)
    exchange()
    expect(me.text()).toContain('字')
    expect(peer.text()).toBe(me.text())
  })

  it('saves them too when that was the last paragraph', () => {
    const { rootA, rootB, exchange } = two(paragraph('第一段。'), paragraph('第二段。'))
    const me = openHeadless(rootA)
    const peer = openHeadless(rootB)
    composed(me, 11, 'bu neng', '不能丢')
    peer.view.dispatch(peer.view.state.tr.delete(7, 11))
    exchange()
    peer.view.dispatch(peer.view.state.tr.delete(6, 8))
    exchange()
    ended(me)
    exchange()
    expect(me.text()).toBe('第一段。|不能丢')
    expect(peer.text()).toBe(me.text())
  })

  it('stays in the words when a colleague makes the paragraph a heading', () => {
    const { rootA, rootB, exchange } = two(paragraph('形势如此'))
    const me = openHeadless(rootA)
    const peer = openHeadless(rootB)
    composed(me, 3, 'da', '大')
    const heading = must(peer.view.state.schema.nodes.heading, 'heading')
    peer.view.dispatch(peer.view.state.tr.setBlockType(1, 2, heading, { level: 3 }))
    exchange()
    ended(me)
    exchange()
    expect(rootB.toString()).toBe('<heading level="3">形势大如此</heading>')
    expect(peer.text()).toBe('形势大如此')
  })

  it('goes on in a paragraph a colleague divides', () => {
    const { rootA, rootB, exchange } = two(paragraph('甲乙丙丁'))
    const me = openHeadless(rootA)
    const peer = openHeadless(rootB)
    composed(me, 2, 'x', '新')
    peer.view.dispatch(peer.view.state.tr.split(4))
    exchange()
    ended(me)
    exchange()
    expect(peer.text()).toBe('甲新乙丙|丁')
    expect(me.text()).toBe('甲新乙丙|丁')
  })

  it('begins an empty chapter', () => {
    const { rootA, rootB, exchange } = two()
    const me = openHeadless(rootA)
    const peer = openHeadless(rootB)
    composed(me, 1, 'xing shi', '形势')
    peer.type(1, 1, 'peer')
    exchange()
    ended(me)
    exchange()
    expect(me.text()).toContain('形势')
    expect(me.text()).toContain('peer')
    expect(peer.text()).toBe(me.text())
  })
})

it('shows a change of kind without taking the caret away', () => {
  const { rootA, rootB, exchange } = two(
    paragraph('abcdef'),
    withAttrs({ kind: 'note' }, node('callout', paragraph('mind'))),
  )
  const me = openHeadless(rootA)
  const peer = openHeadless(rootB)
  me.view.dispatch(me.view.state.tr.setSelection(selectionAt(me, 4)))
  const heading = must(peer.view.state.schema.nodes.heading, 'heading')
  peer.view.dispatch(peer.view.state.tr.setBlockType(1, 2, heading, { level: 3 }))
  peer.view.dispatch(peer.view.state.tr.setNodeAttribute(8, 'kind', 'attention'))
  exchange()
  expect(me.view.state.doc.child(0).type.name).toBe('heading')
  expect(me.view.state.doc.child(1).attrs.kind).toBe('attention')
  expect(me.view.state.selection.head).toBe(4)
})

function selectionAt(peer: ReturnType<typeof openHeadless>, at: number) {
  return TextSelection.create(peer.view.state.doc, at)
}

/** Every position where a letter may be typed. */
function places(doc: import('@tiptap/pm/model').Node): number[] {
  const at: number[] = []
  doc.descendants((child, position) => {
    if (child.isTextblock) for (let i = 0; i <= child.content.size; i += 1) at.push(position + 1 + i)
    return true
  })
  return at
}

/** Mulberry32: the same numbers for the same seed. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
