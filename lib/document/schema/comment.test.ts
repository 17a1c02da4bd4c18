import { TextSelection } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { contentHash } from '../content-hash'
import { markKey } from '../mark-names'
import { readNodes } from '../read-nodes'
import { renderHtml } from '../render/html'
import { openHeadless } from '../testing/headless'
import { comment, documentWith, OTHER_THREAD, paragraph, THREAD, text } from '../testing/sample'

function wordsIn(root: Y.XmlFragment): Y.XmlText {
  const line = root.get(0)
  const words = line instanceof Y.XmlElement ? line.get(0) : null
  if (!(words instanceof Y.XmlText)) throw new Error('a paragraph with words')
  return words
}

const copyOf = (doc: Y.Doc, client: number) => {
  const copy = new Y.Doc()
  copy.clientID = client
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

test('the server writes a comment under the very name the editor’s binding would', () => {
  const { doc, root } = documentWith([paragraph('who pays for it')])
  const { view } = openHeadless(root)
  const mark = view.state.schema.marks.comment?.create({ thread: THREAD })
  if (!mark) throw new Error('a comment mark')
  view.dispatch(view.state.tr.addMark(1, 4, mark))
  const server = documentWith([paragraph('who pays for it')]).doc
  wordsIn(server.getXmlFragment('situation')).format(0, 3, {
    [markKey('comment', { thread: THREAD })]: { thread: THREAD },
  })
  expect(wordsIn(root).toDelta()).toEqual(wordsIn(server.getXmlFragment('situation')).toDelta())
  expect(contentHash(doc)).toBe(contentHash(server))
})

test('two comments on the same words in the same second: both stay, shown alike everywhere, typing keeps them', () => {
  const first = documentWith([paragraph('who pays for it')]).doc
  const one = copyOf(first, 5)
  const other = copyOf(first, 6)
  const root = (doc: Y.Doc) => doc.getXmlFragment('situation')
  const put = (doc: Y.Doc, thread: string, from: number, length: number) =>
    wordsIn(root(doc)).format(from, length, { [markKey('comment', { thread })]: { thread } })
  put(one, OTHER_THREAD, 0, 8)
  put(other, THREAD, 4, 8)
  const open = [one, other].map((doc) => openHeadless(root(doc)))
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
  expect(open.map((each) => each.view.state.doc.toJSON())[0]).toEqual(open[1]?.view.state.doc.toJSON())
  expect(readNodes(root(one))[0]?.content).toEqual([
    text('who ', comment(OTHER_THREAD)),
    text('pays', comment(THREAD), comment(OTHER_THREAD)),
    text(' for', comment(THREAD)),
    text(' it'),
  ])
  expect(renderHtml(root(one))).toBe(open[0]?.html())
  const { view } = open[0] ?? {}
  view?.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 7)).insertText('X', 7))
  expect(readNodes(root(one))[0]?.content?.[1]).toEqual(text('paXys', comment(THREAD), comment(OTHER_THREAD)))
})

test('a highlight nobody could open is not shown: no thread, or one that is none', () => {
  for (const thread of [null, 7, { deep: true }, 'thr_x', 'javascript:alert(1)', 'x'.repeat(100_000)]) {
    const { root } = documentWith([paragraph('words')])
    wordsIn(root).format(0, 5, { 'comment--abcdefgh': { thread }, comment: thread })
    const open = openHeadless(root)
    expect(open.html()).toBe('<p>words</p>')
    expect(renderHtml(root)).toBe('<p>words</p>')
    expect(readNodes(root)).toEqual([paragraph('words')])
  }
})
