import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { documentFromMarkdown, newStrategyDocument } from './build'
import { canonicalContent, contentHash } from './content-hash'
import { duplicateDocument } from './duplicate'
import { fillRoot } from './fill'
import { readMarkdown } from './markdown/read'
import { propertiesOf } from './properties'
import { CHAPTERS, isRoot, isTextRoot, PREFACE, ROOTS, TEXT_ROOTS } from './roots'
import { strategyTemplates, templates } from './templates'
import { readTemplate } from './templates/read'
import { moduleOf } from './templates/sync'
import { comparable } from './testing/comparable'
import { documentWith, EVERYTHING, itemIdOf, paragraph } from './testing/sample'
import { plainText } from './text'

function loaded(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc
}

test('the roots', () => {
  expect(TEXT_ROOTS).toEqual([PREFACE, ...CHAPTERS])
  expect(ROOTS.every(isRoot)).toBe(true)
  expect(isTextRoot('meta')).toBe(false)
  expect(isRoot('__proto__')).toBe(false)
})

describe('a new strategy', () => {
  test('blank: no content at all', () => {
    const doc = loaded(newStrategyDocument('blank', 'zh'))
    expect([...doc.share.keys()]).toEqual([])
    expect(doc.store.clients.size).toBe(0)
  })

  test.each(strategyTemplates)(
    '%s: every chapter has text, in the language asked for, and no company’s properties',
    (id) => {
      for (const language of ['en', 'zh'] as const) {
        const doc = loaded(newStrategyDocument(id, language))
        for (const root of TEXT_ROOTS) {
          const words = plainText(doc.getXmlFragment(root))
          expect(words.length).toBeGreaterThan(100)
          expect(/\p{Script=Han}/u.test(words)).toBe(language === 'zh')
        }
        expect(propertiesOf(doc)).toEqual([])
      }
    },
  )

  test('the same client id gives the same bytes', () => {
    const made = () => {
      let number = 0
      return newStrategyDocument('smart-tourism', 'en', 7, () => itemIdOf(++number))
    }
    expect(made()).toEqual(made())
    expect(newStrategyDocument('smart-tourism', 'en')).not.toEqual(newStrategyDocument('smart-tourism', 'en'))
  })
})

describe('templates', () => {
  test.each(strategyTemplates.flatMap((id) => [[id, 'en'] as const, [id, 'zh'] as const]))(
    '%s.%s: the module holds the Markdown file (else run templates/sync.ts)',
    (id, language) => {
      const markdown = readFileSync(new URL(`./templates/${id}.${language}.md`, import.meta.url), 'utf8')
      expect(readTemplate(id, language)).toBe(markdown)
      const module = readFileSync(new URL(`./templates/${id}.${language}.ts`, import.meta.url), 'utf8')
      expect(module).toBe(moduleOf(markdown))
    },
  )

  test('the sentence on the card is the one in the text', () => {
    expect(templates.map(({ id }) => id)).toEqual([...strategyTemplates])
    for (const template of templates) {
      for (const language of template.languages) {
        expect(readTemplate(template.id, language)).toContain(`\n> ${template.positioning[language]}\n`)
      }
    }
  })
})

test('an import keeps its properties with the document', () => {
  const read = readMarkdown('# T\n\n- Company: Ladleworks\n- Odd: x: y\n')
  if (!read.ok) throw new Error(read.code)
  expect(propertiesOf(loaded(documentFromMarkdown(read.strategy)))).toEqual([
    ['Company', 'Ladleworks'],
    ['Odd', 'x: y'],
  ])
})

test('properties that somebody wrote past us are passed over', () => {
  const doc = new Y.Doc()
  doc.getMap('meta').set('properties', [['a', 'b'], ['c'], 'd', ['e', 1], ['f', 'g\n## 1 Situation']])
  expect(propertiesOf(doc)).toEqual([['a', 'b']])
  doc.getMap('meta').set('properties', { a: 1 })
  expect(propertiesOf(doc)).toEqual([])
})

describe('the content hash', () => {
  test('equal content, different history', () => {
    const one = documentWith(EVERYTHING, 'situation', 1).doc
    const other = documentWith([], 'situation', 2).doc
    const root = other.getXmlFragment('situation')
    fillRoot(root, [paragraph('gone')])
    root.delete(0, 1)
    for (const node of EVERYTHING) fillRoot(root, [node])
    expect(contentHash(other)).toBe(contentHash(one))
    expect(contentHash(one)).toMatch(/^[0-9a-f]{64}$/)
  })

  test('finds what equal state vectors hide: one client id used twice', () => {
    const [one, other] = ['Alice', 'EVIL '].map((name) => documentWith([paragraph(name)], 'policy', 9).doc)
    if (!one || !other) throw new Error('two documents')
    Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
    expect(Y.encodeStateVector(one)).toEqual(Y.encodeStateVector(other))
    expect(contentHash(one)).not.toBe(contentHash(other))
  })

  test('sees every letter, mark, attribute, root and property', () => {
    const base = () => documentWith(EVERYTHING).doc
    const changes: Array<(doc: Y.Doc) => void> = [
      () => {},
      (doc) => doc.getXmlFragment('policy').insert(0, [new Y.XmlElement('paragraph')]),
      (doc) => doc.getMap('meta').set('properties', [['a', 'b']]),
      (doc) => doc.getXmlFragment('situation').delete(3, 1),
      (doc) => {
        const heading = doc.getXmlFragment('situation').get(0)
        if (heading instanceof Y.XmlElement) heading.setAttribute('level', '4')
      },
      (doc) => {
        const heading = doc.getXmlFragment('situation').get(0)
        const words = heading instanceof Y.XmlElement ? heading.get(0) : null
        if (words instanceof Y.XmlText) words.format(0, 1, { bold: {} })
      },
    ]
    const hashes = changes.map((change) => {
      const doc = base()
      change(doc)
      return contentHash(doc)
    })
    expect(new Set(hashes).size).toBe(changes.length)
  })

  test('formatting set and taken back is no difference', () => {
    const { doc, root } = documentWith([paragraph('words')])
    const before = canonicalContent(doc)
    const line = root.get(0)
    const words = line instanceof Y.XmlElement ? line.get(0) : null
    if (words instanceof Y.XmlText) {
      words.format(1, 2, { bold: {} })
      expect(canonicalContent(doc)).not.toBe(before)
      words.format(1, 2, { bold: null })
    }
    expect(canonicalContent(doc)).toBe(before)
  })

  test('twenty thousand levels deep', () => {
    const doc = new Y.Doc()
    doc.transact(() => {
      let at: Y.XmlFragment = doc.getXmlFragment('situation')
      for (let depth = 0; depth < 20_000; depth++) {
        const quote = new Y.XmlElement('blockquote')
        at.insert(0, [quote])
        at = quote
      }
    })
    expect(contentHash(doc)).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('a duplicate', () => {
  test('has the same content and nothing else in common', () => {
    const { doc } = documentWith(EVERYTHING, 'difficulties')
    fillRoot(doc.getXmlFragment('preface'), [paragraph('before'), paragraph('gone')])
    doc.getXmlFragment('preface').delete(1, 1)
    doc.getMap('meta').set('properties', [['Company', 'L']])
    const copy = loaded(duplicateDocument(Y.encodeStateAsUpdate(doc)))
    expect(comparable(copy)).toBe(comparable(doc))
    const clients = new Set(doc.store.clients.keys())
    expect([...copy.store.clients.keys()].filter((client) => clients.has(client))).toEqual([])
    expect(Buffer.from(Y.encodeStateAsUpdate(copy)).includes('gone')).toBe(false)
  })

  test('keeps the words of what this version does not know', () => {
    const { doc, root } = documentWith([paragraph('a')])
    const card = new Y.XmlElement('kpiCard')
    card.insert(0, [new Y.XmlText('revenue')])
    const list = new Y.XmlElement('bulletList')
    list.insert(0, [new Y.XmlText('stray')])
    root.insert(1, [card, list])
    const copy = loaded(duplicateDocument(Y.encodeStateAsUpdate(doc)))
    expect(plainText(copy.getXmlFragment('situation'))).toBe('a\nrevenue\nstray')
  })
})
