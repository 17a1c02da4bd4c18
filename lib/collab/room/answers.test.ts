import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { readServerFrame } from '../client/server-frame'
import { Answers } from './answers'

const NOTHING = Uint8Array.of(0)

function written(words: string): Y.Doc {
  const doc = new Y.Doc()
  doc.getText('text').insert(0, words)
  return doc
}

/** As the live document keeps them. */
function answersOf(doc: Y.Doc): Answers {
  const answers = new Answers({
    stateVector: () => Y.encodeStateVector(doc),
    lackedBy: (stateVector) => Y.encodeStateAsUpdate(doc, stateVector),
  })
  doc.on('afterTransaction', () => answers.forget())
  return answers
}

/** The words somebody has who knew `before` and was then told this. */
function told(frame: Uint8Array, before = new Y.Doc()): string {
  const read = readServerFrame(frame)
  if (read.kind !== 'step2') throw new Error(`told a ${read.kind}`)
  Y.applyUpdate(before, read.update)
  return before.getText('text').toString()
}

test('who asks the same gets the same frame, and who asks something else gets what they lack', () => {
  const doc = written('one')
  const answers = answersOf(doc)
  const knows = new Y.Doc()
  Y.applyUpdate(knows, Y.encodeStateAsUpdate(doc))
  const first = answers.step2(NOTHING)
  expect(answers.step2(Uint8Array.of(0))).toBe(first)
  expect(told(first)).toBe('one')
  const short = answers.step2(Y.encodeStateVector(knows))
  expect(short.length).toBeLessThan(first.length)
  expect(answers.step2(NOTHING)).toBe(first)
})

test('RM2: a kept answer is never older than the document', () => {
  const doc = written('one')
  const answers = answersOf(doc)
  const [asked, first] = [answers.step1(), answers.step2(NOTHING)]
  doc.getText('text').insert(3, ', two')
  expect(told(answers.step2(NOTHING))).toBe('one, two')
  expect(answers.step1()).not.toEqual(asked)
  doc.getText('text').delete(0, 5)
  expect(told(answers.step2(NOTHING))).toBe('two')
  expect(told(first)).toBe('one')
})

test('a question is remembered as it was asked, not as the bytes it lay in', () => {
  const doc = written('o')
  const knows = new Y.Doc()
  Y.applyUpdate(knows, Y.encodeStateAsUpdate(doc))
  doc.getText('text').insert(1, 'ne')
  const answers = answersOf(doc)
  const message = Y.encodeStateVector(doc)
  answers.step2(message)
  message.set(Y.encodeStateVector(knows))
  expect(told(answers.step2(message), knows)).toBe('one')
})
