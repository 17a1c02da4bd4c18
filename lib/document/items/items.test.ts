import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { isId, newId } from '@/lib/kit/ids'
import { documentFromMarkdown, newStrategyDocument } from '../build'
import { canonicalContent } from '../content-hash'
import { duplicateDocument } from '../duplicate'
import { fillRoot } from '../fill'
import type { NodeJson } from '../json'
import { readMarkdown } from '../markdown/read'
import { writeMarkdown } from '../markdown/write'
import { readNodes } from '../read-nodes'
import { renderHtml } from '../render/html'
import { strategyTemplates } from '../templates'
import { readTemplate } from '../templates/read'
import { openHeadless } from '../testing/headless'
import {
  comment,
  documentWith,
  itemIdOf,
  node,
  OTHER_THREAD,
  paragraph,
  part,
  THREAD,
  text,
  withAttrs,
} from '../testing/sample'
import { adviceOn } from './advice'
import { agreementOf, behindOf, compose, sentenceOf } from './compose'
import { isExpired } from './expiry'
import { distanceOf, relativeDistanceOf } from './gap'
import { heal, needsHealing } from './heal'
import { itemKinds, itemParts, kindOfLetter, kinds, readDay, readNumber } from './kinds'
import { newItem } from './new-item'
import { pairLanguages } from './pair-languages'
import { type Item, itemsOf, wordsOf } from './read-items'
import { adopt } from './remap'

function loaded(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc
}

const template = (id: (typeof strategyTemplates)[number], language: 'en' | 'zh') =>
  loaded(newStrategyDocument(id, language))

const item = (attrs: NonNullable<NodeJson['attrs']>, ...parts: NodeJson[]) =>
  withAttrs(attrs, node('item', ...parts))

const pain = (id: number, code: string | null, ...parts: NodeJson[]) =>
  item({ id: itemIdOf(id), kind: 'pain', code }, ...parts)

const only = (nodes: readonly NodeJson[]): Item => {
  const [first] = itemsOf(documentWith(nodes).doc)
  if (!first) throw new Error('one item')
  return first
}

describe('the table of kinds', () => {
  test('each letter names one kind, every part and kind is in it', () => {
    const letters = itemKinds.flatMap((kind) => kinds[kind].letter ?? [])
    expect(letters.join('')).toBe('FSPIDGRTH')
    for (const kind of itemKinds) {
      const { letter } = kinds[kind]
      if (letter) expect(kindOfLetter(letter)).toBe(kind)
    }
    const used = new Set(itemKinds.flatMap((kind) => kinds[kind].parts))
    expect([...itemParts].filter((name) => !used.has(name))).toEqual([])
  })

  test.each([
    ['2026-12-31', '2026-12-31'],
    ['2024-02-29', '2024-02-29'],
    ['2026-02-29', null],
    ['31/12', null],
    ['2026-1-1', null],
    [' 2026-12-31', null],
    [20261231, null],
    [{ toString: () => '2026-12-31' }, null],
  ])('day %s', (given, day) => {
    expect(readDay(given)).toBe(day)
  })

  test.each([
    ['1.8', 1.8],
    ['-12', -12],
    ['−12', -12],
    ['1,800', null],
    ['1e9', null],
    ['0x10', null],
    ['', null],
    ['9'.repeat(400), null],
    [12, null],
  ])('number %s', (given, number) => {
    expect(readNumber(given)).toBe(number)
  })
})

describe('reading', () => {
  test.each(strategyTemplates.flatMap((id) => [[id, 'en'] as const, [id, 'zh'] as const]))(
    'template %s, %s: every item, with its place, fields and references',
    (id, language) => {
      const items = itemsOf(template(id, language))
      const codes = (letter: string) => items.filter(({ code }) => code?.startsWith(letter)).length
      const file = readTemplate(id, language)
      for (const letter of 'FSPIDGRTH') {
        expect(codes(letter), letter).toBe(file.match(new RegExp(`^- \\*\\*${letter}\\d`, 'gm'))?.length ?? 0)
      }
      expect(items.filter(({ kind }) => kind === 'positioning')).toHaveLength(1)
      expect(items.filter(({ kind }) => kind === 'intent').map(({ fields }) => fields.department)).toEqual([
        'product',
        'marketing',
        'sales',
        'success',
        'organization',
      ])
      expect(items.map(({ position }) => position)).toEqual(items.map((_, index) => index))
      expect(new Set(items.map((one) => one.id)).size).toBe(items.length)
      for (const one of items) {
        if (one.kind === 'factor') expect(one.fields.area).toBe(one.headingArea)
        if (one.kind === 'factor') expect([one.fields.validUntil, one.fields.checkedOn]).not.toContain(null)
        if (one.kind === 'gap') expect([one.fields.from, one.fields.to, one.fields.by]).not.toContain(null)
        if (one.kind === 'pain') expect(one.fields.feltBy.length).toBeGreaterThan(0)
        if (one.kind === 'handoff') expect(one.fields.fromDepartment).not.toBe(one.fields.toDepartment)
        for (const ref of one.refs) expect(items.some((other) => other.id === ref)).toBe(true)
        expect(one.extra).toEqual([])
      }
    },
  )

  test('both languages of a template are the same items with other words', () => {
    for (const id of strategyTemplates) {
      const [en, zh] = (['en', 'zh'] as const).map((language) => {
        const items = itemsOf(template(id, language))
        const names = new Map(items.map((one) => [one.id, one.code ?? one.kind]))
        const named = (ids: readonly string[]) => ids.map((ref) => names.get(ref))
        return items.map(({ kind, code, chapter, headingArea, fields, refs }) => ({
          kind,
          code,
          chapter,
          headingArea,
          fields: { ...fields, unit: null, measure: null, feltBy: named(fields.feltBy) },
          refs: named(refs),
        }))
      })
      expect(zh).toEqual(en)
    }
  })

  test('what a raw write may put there: nothing throws, nothing is believed, nothing is active', () => {
    const values: unknown[] = [
      { deep: { er: [1] } },
      ['itm_x', 7, { a: 1 }, 'javascript:alert(1)'],
      'x'.repeat(1_000_000),
      'javascript:alert(1)',
      '"><img src=x onerror=alert(1)>',
      '__proto__',
      'constructor',
      Number.NaN,
      -1,
      true,
      '2026-02-31',
      'line\nbreak',
      '\u202e\u0000',
    ]
    const names = [
      ...[
        'id',
        'kind',
        'code',
        'area',
        'confidence',
        'checkedOn',
        'validUntil',
        'focus',
        'feltBy',
        'severity',
      ],
      ...['frequency', 'gapKind', 'from', 'to', 'unit', 'by', 'measure', 'fromDepartment', 'department'],
      ...['agreed', 'extra', 'onclick', 'name', 'lang', 'refs'],
    ]
    for (const value of values) {
      const { doc, root } = documentWith([paragraph('before')])
      for (const kind of [...itemKinds, value]) {
        const made = new Y.XmlElement('item')
        const inside = new Y.XmlElement('itemPart')
        for (const name of names) {
          made.setAttribute(name, value as string)
          inside.setAttribute(name, value as string)
        }
        if (kind !== value) made.setAttribute('kind', kind as string)
        inside.insert(0, [new Y.XmlText('words')])
        made.insert(0, [inside])
        root.insert(1, [made])
      }
      const items = itemsOf(doc)
      expect(items).toHaveLength(itemKinds.length)
      for (const one of items) {
        expect(isId('itm', one.id)).toBe(true)
        expect(one.fields.checkedOn).toBeNull()
        expect(one.fields.feltBy).toEqual([])
        expect(one.extra).toEqual([])
        expect(one.agreed).toBeNull()
        expect(JSON.stringify(one.fields).length).toBeLessThan(3000)
      }
      adviceOn(items, '2026-01-01', 'en')
      expect(heal(doc, new Map())).toBe(itemKinds.length)
      expect(heal(doc, new Map())).toBe(0)
      const html = renderHtml(root)
      expect(html).not.toMatch(/<img|href=|onclick=|onerror=alert\(1\)>/)
      const open = openHeadless(root)
      const plain = html.replaceAll('<br class="ProseMirror-trailingBreak">', '')
      expect(plain).toBe(open.html())
      const markdown = writeMarkdown(doc, { title: 'T', language: 'en' })
      expect(readMarkdown(markdown).ok).toBe(true)
      open.close()
    }
  })

  test('parts that a merge doubled are one; parts of no name are nothing', () => {
    const one = only([
      pain(1, 'P1', part('title', 'Half'), part('title', 'and half'), part('', 'x'), node('itemPart', 'y')),
    ])
    expect(one.parts).toEqual([{ name: 'title', lang: null, text: 'Half and half', refs: [] }])
  })

  test('items are found in lists and quotes, and a break in a part is a line end', () => {
    const inside = pain(1, 'P1', part('text', 'a', { type: 'hardBreak' }, 'b'))
    const items = itemsOf(
      documentWith([node('bulletList', node('listItem', node('blockquote', inside)))]).doc,
    )
    expect(items.map((one) => wordsOf(one, 'text'))).toEqual(['a\nb'])
  })
})

describe('healing', () => {
  test('an id that two have stays with the first; what the other is called is known before anybody writes', () => {
    const { doc, root } = documentWith([pain(1, 'P1'), pain(1, 'P1'), item({ kind: 'segment' })])
    const before = itemsOf(doc)
    expect(before.map(({ code }) => code)).toEqual(['P1', null, null])
    expect(before[0]?.id).toBe(itemIdOf(1))
    const far = loaded(Y.encodeStateAsUpdate(doc))
    expect(itemsOf(far).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    expect(heal(doc, new Map())).toBe(2)
    expect(itemsOf(doc).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    expect(itemsOf(doc).map(({ code }) => code)).toEqual(['P1', 'P2', 'S1'])
    let updates = 0
    doc.on('update', () => {
      updates += 1
    })
    expect(heal(doc, new Map())).toBe(0)
    expect(updates).toBe(0)
    expect(root.length).toBe(3)
  })

  test('a code is never used again, also when its item is gone, and stays with who had it', () => {
    const { doc } = documentWith([pain(1, null), pain(2, 'P7'), pain(3, 'P7'), pain(4, 'S4')])
    heal(
      doc,
      new Map([
        ['P7', itemIdOf(3)],
        ['P9', itemIdOf(9)],
        ['S4', itemIdOf(8)],
      ]),
    )
    expect(itemsOf(doc).map(({ code }) => code)).toEqual(['P10', 'P11', 'P7', 'P12'])
  })

  test('an item that comes back by undo has its code again', () => {
    const { doc } = documentWith([pain(1, 'P1')])
    const used = new Map([
      ['P1', itemIdOf(1)],
      ['P2', itemIdOf(2)],
    ])
    expect(needsHealing(itemsOf(doc), used)).toBe(false)
  })

  test('a made-up number does not use up the others', () => {
    const { doc } = documentWith([pain(1, 'P999999'), pain(2, null), pain(3, 'P99999'), pain(4, null)])
    heal(doc, new Map())
    expect(itemsOf(doc).map(({ code }) => code)).toEqual(['P999999', 'P100000', 'P99999', 'P100001'])
  })

  test('kinds without codes get none', () => {
    const { doc } = documentWith([
      item({ id: itemIdOf(1), kind: 'positioning' }),
      item({ id: itemIdOf(2), kind: 'intent' }),
      item({ id: itemIdOf(3), kind: 'kpi' }),
    ])
    expect(heal(doc, new Map())).toBe(0)
  })
})

describe('the positioning', () => {
  const words = { whom: 'chains', problem: 'stores that stand still', solution: 'hands' }
  const of = (lang: string, slots: Record<string, string>) =>
    Object.entries(slots).map(([name, value]) => withAttrs({ name, lang }, part(name, value)))

  test('composes in both languages, and not with an empty slot', () => {
    expect(compose(words, 'en')).toBe('For chains, we solve stores that stand still through hands.')
    expect(compose({ whom: '连锁', problem: '不增长的问题', solution: '人手' }, 'zh')).toBe(
      '我们通过人手，为连锁解决不增长的问题。',
    )
    expect(compose({ ...words, solution: '' }, 'en')).toBeNull()
  })

  test('somebody’s own wording counts before the composed one', () => {
    const one = only([
      item({ kind: 'positioning' }, ...of('en', words), ...of('en', { sentence: 'Growth.' })),
    ])
    expect(sentenceOf(one, 'en')).toBe('Growth.')
    expect(sentenceOf(one, 'zh')).toBeNull()
  })

  test('a language is behind when only the other one changed since both agreed', () => {
    const zh = { whom: '连锁', problem: '不增长', solution: '人手' }
    const first = only([item({ kind: 'positioning' }, ...of('en', words), ...of('zh', zh))])
    expect(first.agreed).toBeNull()
    expect(behindOf(first)).toBeNull()
    const agreed = agreementOf(first)
    if (!agreed) throw new Error('both languages are there')
    const later = (en: Record<string, string>, chinese: Record<string, string>) =>
      behindOf(only([item({ kind: 'positioning', agreed }, ...of('en', en), ...of('zh', chinese))]))
    expect(later(words, zh)).toBeNull()
    expect(later({ ...words, whom: '  chains ' }, zh)).toBeNull()
    expect(later({ ...words, whom: 'brands' }, zh)).toBe('zh')
    expect(later(words, { ...zh, whom: '品牌' })).toBe('en')
    expect(later({ ...words, whom: 'brands' }, { ...zh, whom: '品牌' })).toBeNull()
    expect(agreementOf(only([item({ kind: 'positioning' }, ...of('en', words))]))).toBeNull()
  })
})

describe('numbers and days', () => {
  test('the distance of a gap, without the errors of binary fractions', () => {
    expect(distanceOf({ from: 1.8, to: 12 })).toBe(10.2)
    expect(distanceOf({ from: 0.1, to: 0.3 })).toBe(0.2)
    expect(distanceOf({ from: null, to: 3 })).toBeNull()
    expect(relativeDistanceOf({ from: 40, to: 30 })).toBe(-25)
    expect(relativeDistanceOf({ from: 0, to: 30 })).toBeNull()
  })

  test('a factor is believed to the end of its last day', () => {
    const factor = only([item({ kind: 'factor', validUntil: '2026-06-30' })])
    expect(isExpired(factor, '2026-06-30')).toBe(false)
    expect(isExpired(factor, '2026-07-01')).toBe(true)
    expect(isExpired(only([item({ kind: 'factor', validUntil: '30/6' })]), '2026-07-01')).toBe(false)
  })
})

describe('advice', () => {
  const on = (...nodes: NodeJson[]) => adviceOn(itemsOf(documentWith(nodes).doc), '2026-07-01', 'en')
  const segment = (id: number, focus: string) =>
    item({ id: itemIdOf(id), kind: 'segment', code: `S${id}`, focus }, part('title', `Segment ${id}`))
  const solved = (...words: NodeJson[]) =>
    item(
      { id: itemIdOf(90), kind: 'positioning' },
      ...words.map((one) => withAttrs({ lang: 'en', ...one.attrs }, one)),
    )
  const slotsOf = (problem: NodeJson) => [part('whom', 'a'), problem, part('solution', 'c')]

  test('nothing on an empty strategy', () => {
    expect(on()).toEqual([])
  })

  test('segments: none in focus, one in focus that nobody feels a pain in', () => {
    expect(on(segment(1, 'no'))).toEqual([{ code: 'no_segment_in_focus' }])
    expect(on(segment(1, 'yes'))).toEqual([{ code: 'segment_without_pain', item: itemIdOf(1) }])
    const felt = item({ id: itemIdOf(2), kind: 'pain', feltBy: [itemIdOf(1)] }, part('title', 'Hurts'))
    expect(on(segment(1, 'yes'), felt)).toEqual([{ code: 'no_positioning' }])
  })

  test('a pain is answered by a slot that cites it, names its code or says its title', () => {
    const hurt = pain(2, 'P2', part('title', 'Stores stand still'))
    const unanswered = [{ code: 'pain_without_answer', item: itemIdOf(2) }]
    const problem = (...words: NodeJson[]) => on(hurt, solved(...slotsOf(part('problem', ...words))))
    expect(problem(text('growth'))).toEqual(unanswered)
    expect(problem(text('growth (P2)'))).toEqual([])
    expect(problem(text('growth (P21)'))).toEqual(unanswered)
    expect(problem(text('that stores  stand-still, mostly'))).toEqual([])
    const citing = withAttrs({ name: 'problem', refs: [itemIdOf(2)] }, part('problem', 'growth'))
    expect(on(hurt, solved(...slotsOf(citing)))).toEqual([])
  })

  test('empty slots, gaps without numbers, expired factors, items without text', () => {
    expect(
      on(
        item({ id: itemIdOf(1), kind: 'factor', validUntil: '2026-06-30' }, part('text', 'x')),
        item({ id: itemIdOf(2), kind: 'gap', from: '1', to: 'many' }, part('title', 'x')),
        item({ id: itemIdOf(3), kind: 'principle' }),
        solved(part('whom', 'a')),
      ),
    ).toEqual([
      { code: 'slot_empty', item: itemIdOf(90), slot: 'problem' },
      { code: 'slot_empty', item: itemIdOf(90), slot: 'solution' },
      { code: 'gap_without_numbers', item: itemIdOf(2) },
      { code: 'factor_expired', item: itemIdOf(1), since: '2026-06-30' },
      { code: 'item_without_text', item: itemIdOf(3) },
    ])
  })
})

describe('copies', () => {
  const source = [
    item({ id: itemIdOf(1), kind: 'segment', code: 'S1' }),
    item(
      { id: itemIdOf(2), kind: 'pain', code: 'P1', feltBy: [itemIdOf(1), itemIdOf(7)] },
      part('text', text('said', comment(THREAD)), text(' too', comment(OTHER_THREAD), 'bold')),
    ),
  ]
  const counting = () => {
    let next = 100
    return () => itemIdOf(next++)
  }

  test('a move keeps everything', () => {
    expect(adopt(source, { newId: counting(), standing: new Set(), foreign: false })).toEqual(
      source.map((one) => ({
        ...one,
        attrs: { feltBy: null, ...one.attrs },
        content: (one.content ?? []).map((words) => ({ ...words, attrs: { ...words.attrs, refs: null } })),
      })),
    )
  })

  test('pasting beside the original renews ids, waits for new codes, leads references inside to the copies', () => {
    const standing = new Set([1, 2, 7].map(itemIdOf))
    const threads = new Set([THREAD])
    const [segment, hurt] = adopt(source, { newId: counting(), standing, foreign: false, threads })
    expect(segment?.attrs).toMatchObject({ id: itemIdOf(100), code: null })
    expect(hurt?.attrs).toMatchObject({ id: itemIdOf(101), code: null, feltBy: [itemIdOf(100), itemIdOf(7)] })
    expect(hurt?.content?.[0]?.content?.map(({ marks }) => marks)).toEqual([
      [],
      [comment(OTHER_THREAD), { type: 'bold' }],
    ])
  })

  test('from another strategy nothing leads back', () => {
    const [, hurt] = adopt(source, { newId: counting(), standing: new Set(), foreign: true })
    expect(hurt?.attrs).toMatchObject({ id: itemIdOf(101), code: null, feltBy: [itemIdOf(100)] })
    expect(JSON.stringify(hurt)).not.toContain('thr_')
  })

  test('a piece that holds an id twice, and one without', () => {
    const made = adopt([pain(1, 'P1'), pain(1, 'P1'), item({ kind: 'pain' })], {
      newId: counting(),
      standing: new Set(),
      foreign: false,
    })
    expect(made.map(({ attrs }) => attrs?.id)).toEqual(
      [itemIdOf(1), itemIdOf(101), itemIdOf(102)].map((id, at) =>
        at === 0 ? id : expect.stringMatching(/^itm_/),
      ),
    )
    expect(new Set(made.map(({ attrs }) => attrs?.id)).size).toBe(3)
  })

  test('a duplicate of a strategy: the same codes and words, other ids, references inside', () => {
    const doc = template('restaurant-saas', 'en')
    fillRoot(doc.getXmlFragment('policy'), [paragraph(text('said', comment(THREAD)))])
    const copy = loaded(duplicateDocument(Y.encodeStateAsUpdate(doc)))
    const [before, after] = [itemsOf(doc), itemsOf(copy)]
    expect(after.map(({ code }) => code)).toEqual(before.map(({ code }) => code))
    const ids = new Set(before.map(({ id }) => id))
    expect(after.some(({ id }) => ids.has(id))).toBe(false)
    const own = new Set(after.map(({ id }) => id))
    expect(after.every(({ refs }) => refs.every((id) => own.has(id)))).toBe(true)
    expect(after.map(({ refs }) => refs.length)).toEqual(before.map(({ refs }) => refs.length))
    expect(canonicalContent(copy)).not.toContain('thr_')
  })
})

describe('the second language', () => {
  const zh = () => {
    const read = readMarkdown(readTemplate('restaurant-saas', 'zh'))
    if (!read.ok) throw new Error(read.code)
    return read.strategy
  }

  test('fills the slots of the other language and agrees', () => {
    const doc = template('restaurant-saas', 'en')
    const before = readNodes(doc.getXmlFragment('difficulties'))
    expect(pairLanguages(doc, zh())).toEqual({
      filled: ['whom', 'problem', 'solution'],
      kept: [],
      onlyInFile: [],
      onlyInStrategy: [],
    })
    const one = itemsOf(doc).find(({ kind }) => kind === 'positioning')
    if (!one) throw new Error('a positioning')
    expect(sentenceOf(one, 'zh')).toContain('餐饮连锁')
    expect(sentenceOf(one, 'en')).toContain('restaurant chains')
    expect(one.agreed).toEqual(agreementOf(one))
    expect(readNodes(doc.getXmlFragment('difficulties'))).toEqual(before)
    const state = Y.encodeStateVector(doc)
    expect(pairLanguages(doc, zh()).filled).toEqual([])
    expect(Y.encodeStateVector(doc)).toEqual(state)
    // Each language writes the file it came from.
    const title = '勺知科技：2026 年战略'
    const file = readTemplate('restaurant-saas', 'en').replace(/^# .*\n\n(?:- .*\n)*\n/, '')
    expect(writeMarkdown(doc, { title: '', language: 'en' })).toBe(file)
    expect(writeMarkdown(doc, { title, language: 'zh' })).toContain(
      '- **为谁** 拥有 10 至 300 家同类门店的餐饮连锁',
    )
  })

  test('what stands there already is left alone, and codes of one side are named', () => {
    const doc = template('restaurant-saas', 'en')
    pairLanguages(doc, zh())
    const read = readMarkdown('## 2 重大困难\n\n- **P99 新的。**\n\n## 3\n\n- **为谁** 别人\n')
    if (!read.ok) throw new Error(read.code)
    const pairing = pairLanguages(doc, { ...read.strategy, language: 'zh' })
    expect(pairing.kept).toEqual(['whom'])
    expect(pairing.onlyInFile).toEqual(['P99'])
    expect(pairing.onlyInStrategy).toContain('P1')
  })
})

test('a new item has a place to write for each of its parts', () => {
  for (const kind of itemKinds) {
    const id = newId('itm')
    const { doc, root } = documentWith([newItem(kind, { id, language: 'zh' })])
    expect(itemsOf(doc)).toMatchObject([{ id, kind, parts: [], refs: [] }])
    const names = kinds[kind].parts.filter((name) => name !== 'sentence')
    const made = readNodes(root)[0]?.content?.map(({ attrs }) => attrs?.name)
    expect(made).toEqual(names)
  }
})

test('documents without items have none', () => {
  expect(itemsOf(new Y.Doc())).toEqual([])
  const read = readMarkdown('# T\n\njust words\n')
  if (read.ok) expect(itemsOf(loaded(documentFromMarkdown(read.strategy)))).toEqual([])
})
