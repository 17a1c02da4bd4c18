import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Refusal } from '@/lib/domain/refusal'
import { documentFromMarkdown } from '../build'
import type { ExportedStrategy } from '../exported'
import type { NodeJson } from '../json'
import { readMarkdown } from '../markdown/read'
import { writeMarkdown } from '../markdown/write'
import { renewIds } from '../renew-ids'
import { strategyTemplates } from '../templates'
import { exportedSample } from '../testing/exported-sample'
import { saidIn, wordsHash } from '../testing/same-words'
import { readJson } from './read'
import { writeJson } from './write'

const all = strategyTemplates.flatMap((template) =>
  (['en', 'zh'] as const).map((language) => [template, language] as const),
)

test.each(all)(
  '%s in %s: out as JSON, in, out and in again: the same items, words and comments',
  (template, language) => {
    const strategy = exportedSample(template, language)
    const once = readJson(writeJson(strategy))
    // As an import does: everything gets ids of its own.
    const renewed = renewIds(once, new Map())
    const twice = readJson(writeJson({ ...strategy, ...renewed }))
    for (const read of [once, twice]) {
      expect([read.title, read.language, read.properties, read.notes]).toEqual([
        strategy.title,
        language,
        strategy.properties,
        [],
      ])
      expect(wordsHash(read)).toBe(wordsHash(strategy))
      expect(saidIn(read.threads)).toEqual(saidIn(strategy.threads))
    }
    const ids = (chapters: ExportedStrategy['chapters']) =>
      JSON.stringify(chapters).match(/(?:itm|thr)_[0-9a-z]{26}/g) ?? []
    const before = new Set(ids(once.chapters))
    expect(ids(renewed.chapters).filter((id) => before.has(id))).toEqual([])
  },
)

test.each(all)(
  '%s in %s: out as Markdown, in, out and in again: the same items and words',
  (template, language) => {
    const strategy = exportedSample(template, language, false)
    const write = (content: Pick<ExportedStrategy, 'chapters' | 'properties'>) => {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, documentFromMarkdown(content))
      return writeMarkdown(doc, { title: strategy.title, language })
    }
    const once = readMarkdown(write(strategy))
    if (!once.ok) throw new Error('our own file can be read')
    const twice = readMarkdown(write(once.strategy))
    if (!twice.ok) throw new Error('our own file can be read')
    for (const { strategy: read } of [once, twice]) {
      expect(wordsHash(read)).toBe(wordsHash(strategy))
      expect([read.title, read.language]).toEqual([strategy.title, language])
    }
  },
)

test('a file of somebody else’s making is judged node by node', () => {
  const strategy = exportedSample('smart-tourism', 'en', false)
  const text = (words: string, ...marks: NodeJson['marks'] & object) => ({ type: 'text', text: words, marks })
  const hostile = JSON.parse(writeJson(strategy))
  hostile.chapters.preface = [
    { type: 'paragraph', content: [text('click', { type: 'link', attrs: { href: 'javascript:alert(1)' } })] },
    { type: 'script', content: [text('alert(2)')] },
    { type: 'tableRow', content: [{ type: 'paragraph', content: [text('astray')] }] },
    {
      type: 'paragraph',
      attrs: { onclick: 'x' },
      content: [
        text(
          'half \ud800 pair',
          { type: '__proto__' },
          { type: 'comment', attrs: { thread: `thr_${'0'.repeat(26)}` } },
        ),
      ],
    },
    { type: 'heading', attrs: { level: 'h1' }, content: [text('loud')] },
    'no node',
    null,
  ]
  const read = readJson(JSON.stringify(hostile))
  expect(read.chapters.preface).toEqual([
    { type: 'paragraph', content: [{ type: 'text', text: 'click' }] },
    { type: 'paragraph', content: [{ type: 'text', text: 'alert(2)' }] },
    { type: 'paragraph', content: [{ type: 'text', text: 'astray' }] },
    { type: 'paragraph', content: [{ type: 'text', text: 'half \ufffd pair' }] },
    { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'loud' }] },
  ])
  expect(read.notes.map(({ code }) => code)).toEqual(['link_dropped', 'node_as_text', 'node_as_text'])
})

test('what is not our form is refused whole, however deep or odd', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const given = [
    '',
    '{',
    '[]',
    'null',
    '{"format":"throughline-strategy","version":2}',
    deep,
    '{"format":"other"}',
  ]
  for (const text of given) {
    let code = 'read'
    try {
      readJson(text)
    } catch (error) {
      code = error instanceof Refusal ? error.code : `threw ${error}`
    }
    expect([text.slice(0, 20), code]).toEqual([text.slice(0, 20), 'import_unreadable'])
  }
})

test('nesting far beyond what a person writes becomes words, not a deeper stack', () => {
  const strategy = exportedSample('smart-tourism', 'en', false)
  const file = JSON.parse(writeJson(strategy))
  file.chapters.preface = ['HERE']
  // Written by hand: what makes JSON of a value would go down as deep as the value.
  const quotes = 5_000
  const nested = `${'{"type":"blockquote","content":['.repeat(quotes)}{"type":"paragraph","content":[{"type":"text","text":"at the bottom"}]}${']}'.repeat(quotes)}`
  const read = readJson(JSON.stringify(file).replace('"HERE"', nested))
  expect(JSON.stringify(read.chapters.preface)).toContain('at the bottom')
  expect(JSON.stringify(read.chapters.preface).split('blockquote').length - 1).toBeLessThanOrEqual(64)
})
