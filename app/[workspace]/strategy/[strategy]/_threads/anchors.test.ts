import { joinBackward, setBlockType, splitBlock, wrapIn } from '@tiptap/pm/commands'
import { Fragment, Slice } from '@tiptap/pm/model'
import { type Command, TextSelection } from '@tiptap/pm/state'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { withoutCleanup } from '@/lib/collab/protocol/no-cleanup'
import { anchorsOf } from '@/lib/document/comments/anchors'
import { placeComment, removeComment } from '@/lib/document/comments/place-comment'
import { fillRoot } from '@/lib/document/fill'
import type { NodeJson } from '@/lib/document/json'
import type { TextRoot } from '@/lib/document/roots'
import { itemIdOf, node, paragraph, part, withAttrs } from '@/lib/document/testing/sample'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { TYPED } from '../_editor/binding/binding'
import { openHeadless } from '../_editor/binding/headless'
import { SharedUndo } from '../_editor/undo'
import { wordsAt } from './range'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** The server's document, and people whose words reach it when `sync` is called. */
function table(root: TextRoot, ...content: NodeJson[]) {
  const server = new Y.Doc()
  withoutCleanup(server)
  server.clientID = 1
  fillRoot(server.getXmlFragment(root), content)
  const people: ReturnType<typeof person>[] = []
  function person(client: number) {
    const doc = new Y.Doc()
    withoutCleanup(doc)
    doc.clientID = client
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(server))
    const undo = new SharedUndo(
      doc,
      () => undefined,
      () => undefined,
    )
    const fragment = doc.getXmlFragment(root)
    const editor = openHeadless(fragment)
    const run = (command: Command) => command(editor.view.state, (tr) => editor.view.dispatch(tr))
    const find = (words: string) => {
      let at = -1
      editor.view.state.doc.descendants((child, position) => {
        if (!child.isTextblock) return true
        const found = child.textContent.indexOf(words)
        if (found >= 0 && at < 0) at = position + 1 + found
        return false
      })
      if (at < 0) throw new Error(`no "${words}" in ${editor.text()}`)
      return { from: at, to: at + words.length }
    }
    const select = (from: number, to = from) =>
      editor.view.dispatch(
        editor.view.state.tr.setSelection(TextSelection.create(editor.view.state.doc, from, to)),
      )
    return {
      doc,
      undo,
      editor,
      run,
      find,
      select,
      caret(words: string, where: 'before' | 'after') {
        const { from, to } = find(words)
        select(where === 'before' ? from : to)
      },
      type(words: string) {
        const { head } = editor.view.state.selection
        editor.type(head, head, words)
      },
      sync() {
        Y.applyUpdate(server, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)), 'network')
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(doc)), 'network')
      },
      /** What the browser would send. */
      choose(words: string) {
        const { from, to } = find(words)
        return must(
          wordsAt(editor.binding.root, editor.binding.mapping, editor.view.state.doc, from, to),
          'words were chosen',
        )
      },
    }
  }
  const everybody = () => {
    for (let i = 0; i < 2; i++) for (const one of people) one.sync()
  }
  const join = () => {
    const one = person(people.length + 2)
    people.push(one)
    return one
  }
  const comment = (words: ReturnType<ReturnType<typeof person>['choose']>) => {
    const thread = newId('thr')
    const placed = server.transact(() => placeComment(server, words, thread))
    return { thread, placed }
  }
  const quote = (thread: string) => anchorsOf(server).threads.get(thread)?.quote ?? null
  const html = () => server.getXmlFragment(root).toString()
  return { server, join, comment, quote, everybody, html }
}

const SENTENCE = 'Wages rose 31%, produce 24%, menu prices 17%.'

function one(...content: NodeJson[]) {
  const here = table('situation', ...(content.length > 0 ? content : [paragraph(SENTENCE)]))
  const ines = here.join()
  const commented = (words: string) => {
    const { thread, placed } = here.comment(ines.choose(words))
    expect(placed).toBe('placed')
    here.everybody()
    return thread
  }
  return { ...here, ines, commented }
}

describe('a comment stays on its words', () => {
  it('under the very name an editor would write, so that no editor writes it anew', () => {
    const { ines, commented, everybody, server, quote } = one()
    const thread = commented('produce 24%')
    const update = vi.fn()
    server.on('update', update)
    ines.caret('prices', 'after')
    ines.type('!')
    everybody()
    expect(update).toHaveBeenCalledTimes(1)
    expect(quote(thread)).toBe('produce 24%')
    const names = new Set(
      server
        .getXmlFragment('situation')
        .toArray()
        .flatMap((block) => (block instanceof Y.XmlElement ? block.toArray() : []))
        .flatMap((text) => (text instanceof Y.XmlText ? text.toDelta() : []))
        .flatMap((piece: { attributes?: object }) => Object.keys(piece.attributes ?? {})),
    )
    expect([...names]).toHaveLength(1)
  })

  it.each([
    ['Enter before it', 'Wages', 'before'],
    ['Enter right before it', 'produce', 'before'],
    ['Enter inside it', 'produce', 'after'],
    ['Enter right after it', '24%', 'after'],
  ] as const)('%s', (_name, words, where) => {
    const { ines, commented, everybody, quote } = one()
    const thread = commented('produce 24%')
    ines.caret(words, where)
    ines.run(splitBlock)
    ines.type('New line: ')
    everybody()
    expect(quote(thread)).toBe('produce 24%')
  })

  it('joining, a heading and back, a quotation around it', () => {
    const { ines, commented, everybody, quote } = one(paragraph('Before.'), paragraph(SENTENCE))
    const thread = commented('produce 24%')
    ines.caret('Wages', 'before')
    ines.run(joinBackward)
    everybody()
    expect(quote(thread)).toBe('produce 24%')
    const { nodes } = ines.editor.view.state.schema
    ines.caret('Wages', 'before')
    ines.run(setBlockType(must(nodes.heading, 'a heading'), { level: 3 }))
    everybody()
    expect(quote(thread)).toBe('produce 24%')
    ines.run(setBlockType(must(nodes.paragraph, 'a paragraph')))
    ines.run(wrapIn(must(nodes.blockquote, 'a quotation')))
    everybody()
    expect(quote(thread)).toBe('produce 24%')
  })

  it('cut here and pasted there', () => {
    const { ines, commented, everybody, quote } = one(paragraph(SENTENCE), paragraph('Elsewhere.'))
    const thread = commented('produce 24%')
    const { from, to } = ines.find('produce 24%,')
    const { view } = ines.editor
    const slice = view.state.doc.slice(from, to)
    view.dispatch(view.state.tr.delete(from, to))
    everybody()
    expect(quote(thread)).toBeNull()
    const at = ines.find('Elsewhere.').to
    view.dispatch(view.state.tr.replace(at, at, new Slice(Fragment.from(slice.content), 0, 0)))
    everybody()
    expect(quote(thread)).toBe('produce 24%')
  })

  it('deleted and brought back by undo; typed, undone and typed again by redo', () => {
    const { ines, commented, everybody, quote } = one()
    const thread = commented('produce 24%')
    const { from, to } = ines.find('rose 31%, produce 24%, menu')
    ines.editor.view.dispatch(ines.editor.view.state.tr.delete(from, to))
    everybody()
    expect(quote(thread)).toBeNull()
    ines.undo.undo()
    everybody()
    expect(quote(thread)).toBe('produce 24%')
    ines.undo.redo()
    everybody()
    expect(quote(thread)).toBeNull()
    ines.undo.undo()
    everybody()
    expect(quote(thread)).toBe('produce 24%')
  })

  it('a whole paragraph deleted and brought back', () => {
    const { ines, commented, everybody, quote } = one(paragraph('a'), paragraph(SENTENCE), paragraph('b'))
    const thread = commented('produce 24%')
    const { view } = ines.editor
    view.dispatch(view.state.tr.delete(1, view.state.doc.content.size - 1))
    everybody()
    expect(quote(thread)).toBeNull()
    ines.undo.undo()
    everybody()
    expect(quote(thread)).toBe('produce 24%')
  })

  it('is not in the author’s undo: taking back one’s own words leaves the comment for when they return', () => {
    const { ines, everybody, comment, quote } = one(paragraph('Start. '))
    ines.caret('Start. ', 'after')
    ines.type('Fresh words here.')
    everybody()
    const { thread } = comment(ines.choose('Fresh words'))
    everybody()
    expect(quote(thread)).toBe('Fresh words')
    ines.undo.undo()
    everybody()
    expect(quote(thread)).toBeNull()
    expect(ines.undo.canUndo).toBe(false)
    ines.undo.redo()
    everybody()
    expect(quote(thread)).toBe('Fresh words')
  })

  it('typing at its edges is not swallowed, in the middle is', () => {
    const { ines, commented, everybody, quote, html } = one()
    const thread = commented('produce 24%')
    ines.caret('produce 24%', 'after')
    ines.type(' (fresh)')
    ines.caret('produce 24%', 'before')
    ines.type('all ')
    everybody()
    expect(quote(thread)).toBe('produce 24%')
    ines.caret('produce', 'after')
    ines.type(' prices')
    everybody()
    expect(quote(thread)).toBe('produce prices 24%')
    expect(html().replace(/<[^>]+>/g, '')).toBe(
      'Wages rose 31%, all produce prices 24% (fresh), menu prices 17%.',
    )
  })

  it('what others type at its edges before the server has it, is not swallowed either', () => {
    const { ines, join, comment, everybody, quote } = one()
    const tomas = join()
    const chosen = ines.choose('produce 24%')
    tomas.caret('produce 24%', 'after')
    tomas.type(' or so')
    tomas.caret('produce 24%', 'before')
    tomas.type('fresh ')
    tomas.sync()
    const { thread, placed } = comment(chosen)
    everybody()
    expect(placed).toBe('placed')
    expect(quote(thread)).toBe('produce 24%')
  })

  it('in a code block and in the part of an item', () => {
    const { ines, commented, everybody, quote, server } = one(
      node('codeBlock', 'const price = 24'),
      withAttrs(
        { id: itemIdOf(1), kind: 'pain' },
        node('item', part('title', 'Food cost is known late'), part('evidence', '11 of 14 interviews')),
      ),
    )
    const code = commented('price')
    const evidence = commented('11 of 14')
    ines.caret('const', 'before')
    ines.type('// ')
    ines.caret('interviews', 'after')
    ines.type(' in May')
    everybody()
    expect(quote(code)).toBe('price')
    expect(anchorsOf(server).threads.get(evidence)).toMatchObject({
      quote: '11 of 14',
      itemId: itemIdOf(1),
      part: 'evidence',
      root: 'situation',
      positioning: false,
    })
  })

  it('over several blocks', () => {
    const { commented, quote, ines, server, everybody } = one(
      paragraph('First line here'),
      node('bulletList', node('listItem', paragraph('second'))),
      paragraph('third line'),
    )
    const { from } = ines.find('line here')
    const { to } = ines.find('third')
    const range = must(
      wordsAt(ines.editor.binding.root, ines.editor.binding.mapping, ines.editor.view.state.doc, from, to),
      'words',
    )
    const thread = newId('thr')
    placeComment(server, range, thread)
    everybody()
    expect(range.quote).toBe('line here second third')
    expect(quote(thread)).toBe('line here second third')
    // Placing it again writes nothing; another one beside it, and both can be taken off alone.
    const update = vi.fn()
    server.on('update', update)
    placeComment(server, range, thread)
    expect(update).not.toHaveBeenCalled()
    const other = commented('second')
    removeComment(server, thread)
    everybody()
    expect(quote(thread)).toBeNull()
    expect(quote(other)).toBe('second')
  })
})

describe('two people', () => {
  it('comment on the same sentence at once: both stand, overlapping, and in every editor alike', () => {
    const { ines, join, comment, everybody, quote } = one()
    const tomas = join()
    const first = comment(ines.choose('rose 31%, produce'))
    const second = comment(tomas.choose('produce 24%'))
    const third = comment(tomas.choose('produce 24%'))
    everybody()
    expect(quote(first.thread)).toBe('rose 31%, produce')
    expect(quote(second.thread)).toBe('produce 24%')
    expect(quote(third.thread)).toBe('produce 24%')
    expect(ines.editor.view.state.doc.toJSON()).toEqual(tomas.editor.view.state.doc.toJSON())
    // And a third who presses Enter in it, and writes before it.
    const wei = join()
    wei.caret('produce', 'after')
    wei.run(splitBlock)
    wei.caret('Wages', 'before')
    wei.type('Since 2022: ')
    everybody()
    expect(quote(first.thread)).toBe('rose 31%, produce')
    expect(quote(second.thread)?.replace(/\s+/g, ' ')).toBe('produce 24%')
    expect(quote(third.thread)?.replace(/\s+/g, ' ')).toBe('produce 24%')
  })

  it('one comments while the other composes in the same sentence: neither is lost', () => {
    const { ines, join, comment, everybody, quote, html } = one()
    const tomas = join()
    tomas.editor.composition('start')
    const { to } = tomas.find('prices')
    tomas.editor.type(to, to, 'shi')
    const { thread } = comment(ines.choose('produce 24%'))
    everybody()
    tomas.editor.type(to, to + 3, '是')
    tomas.editor.composition('end')
    vi.advanceTimersByTime(60)
    everybody()
    expect(quote(thread)).toBe('produce 24%')
    expect(html()).toContain('prices是')
  })

  it('one composes right beside a fresh comment', () => {
    const { ines, join, comment, everybody, quote, html } = one()
    const tomas = join()
    tomas.editor.composition('start')
    const { to } = tomas.find('produce 24%')
    tomas.editor.type(to, to, 'xin')
    const { thread } = comment(ines.choose('produce 24%'))
    everybody()
    tomas.editor.type(to, to + 3, '新')
    tomas.editor.composition('end')
    vi.advanceTimersByTime(60)
    everybody()
    expect(quote(thread)).toBe('produce 24%')
    expect(html()).toContain('新')
  })

  it('words deleted meanwhile are gone, words not yet there are unknown, nonsense is refused', () => {
    const { ines, join, comment, server, html } = one()
    const tomas = join()
    const chosen = ines.choose('produce 24%')
    const { from, to } = tomas.find('produce 24%')
    tomas.editor.view.dispatch(tomas.editor.view.state.tr.delete(from, to))
    tomas.sync()
    const before = html()
    expect(comment(chosen).placed).toBe('gone')
    ines.caret('Wages', 'before')
    ines.type('Not sent yet. ')
    expect(comment(ines.choose('sent')).placed).toBe('unknown')
    const bytes = Uint8Array.of(9, 9, 9)
    expect(placeComment(server, { start: bytes, end: bytes }, newId('thr'))).toBe('unknown')
    const meta = Y.encodeRelativePosition(Y.createRelativePositionFromJSON({ tname: 'meta' }))
    expect(placeComment(server, { start: meta, end: meta }, newId('thr'))).not.toBe('placed')
    expect(html()).toBe(before)
  })
})

it('knows what lies in the positioning: under its heading, and in its item', () => {
  const { server, join, comment } = table(
    'policy',
    paragraph('Above.'),
    withAttrs({ level: 3 }, node('heading', '定位')),
    paragraph('For chains.'),
    withAttrs({ level: 4 }, node('heading', 'Slots')),
    paragraph('Deeper still.'),
    withAttrs({ level: 3 }, node('heading', 'Principles')),
    paragraph('Below.'),
    withAttrs({ id: itemIdOf(1), kind: 'positioning' }, node('item', part('whom', 'operations directors'))),
  )
  const ines = join()
  const at = (words: string) => {
    const { thread } = comment(ines.choose(words))
    return anchorsOf(server).threads.get(thread)?.positioning
  }
  expect(at('Above')).toBe(false)
  expect(at('chains')).toBe(true)
  expect(at('Deeper')).toBe(true)
  expect(at('Below')).toBe(false)
  expect(at('directors')).toBe(true)
  expect(anchorsOf(server).items.get(itemIdOf(1))).toMatchObject({
    quote: 'operations directors',
    positioning: true,
  })
  expect(TYPED.name).toBe('typed here')
})
