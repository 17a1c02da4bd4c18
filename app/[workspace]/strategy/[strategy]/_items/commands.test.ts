import { getSchema } from '@tiptap/core'
import type { Node as PmNode } from '@tiptap/pm/model'
import { type Command, EditorState, TextSelection } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import type { ItemKind } from '@/lib/document/items/kinds'
import { extensions } from '@/lib/document/schema/extensions'
import { tolerate } from '@/lib/document/schema/tolerance'
import {
  type Around,
  backspaceInItem,
  backwards,
  changeKind,
  deleteInItem,
  enterInItem,
  insertItem,
  moveItem,
  onwards,
  openTongue,
} from './commands'
import { placeOf } from './place'

const schema = getSchema(extensions())
tolerate(schema)
const around: Around = { written: 'en', tongue: () => 'en', begin: () => ({}) }

/** A chapter one types in, as short as the stories below. `|` in `show()` is the caret. */
function page(...blocks: PmNode[]) {
  let state = EditorState.create({ doc: schema.topNodeType.create(null, blocks) })
  const run = (command: Command) =>
    command(state, (tr) => {
      state = state.apply(tr)
      state.doc.check()
    })
  return {
    get state() {
      return state
    },
    run,
    type(text: string) {
      state = state.apply(state.tr.insertText(text))
    },
    caret(text: string, after = true) {
      let found = -1
      state.doc.descendants((node, at) => {
        if (found < 0 && node.isText && node.text?.includes(text)) found = at + node.text.indexOf(text)
      })
      if (found < 0) throw new Error(`no “${text}” in the page`)
      const at = found + (after ? text.length : 0)
      state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, at)))
    },
    caretAt(at: number) {
      state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, at)))
    },
    show(): string[] {
      const lines: string[] = []
      const { head } = state.selection
      state.doc.forEach((block, at) => {
        if (block.type.name !== 'item') {
          lines.push(withCaret(block, at, head))
          return
        }
        const parts: string[] = []
        block.forEach((part, offset) => {
          const words = withCaret(part, at + 1 + offset, head)
          if (words !== '')
            parts.push(`${part.attrs.lang ? `${part.attrs.lang}.` : ''}${part.attrs.name}: ${words}`)
        })
        lines.push(`${block.attrs.kind} [${parts.join(' · ')}]`)
      })
      return lines
    },
    ids(): unknown[] {
      const ids: unknown[] = []
      state.doc.forEach((block) => {
        if (block.type.name === 'item') ids.push(block.attrs.id)
      })
      return ids
    },
  }
}

function withCaret(node: PmNode, at: number, head: number): string {
  const text = node.textBetween(0, node.content.size, '', '¶')
  const offset = head - at - 1
  return offset >= 0 && offset <= node.content.size ? `${text.slice(0, offset)}|${text.slice(offset)}` : text
}

const paragraph = (text = '') => schema.node('paragraph', null, text === '' ? [] : [schema.text(text)])
let count = 0
const item = (kind: ItemKind, parts: Record<string, string>, attrs: Record<string, unknown> = {}) => {
  count += 1
  return schema.node(
    'item',
    { id: `itm_${String(count).padStart(26, '0')}`, kind, ...attrs },
    Object.entries(parts).map(([name, words]) =>
      schema.node('itemPart', { name }, words === '' ? [] : [schema.text(words)]),
    ),
  )
}

test('an empty line becomes the item; after a full one it stands below', () => {
  const empty = page(paragraph())
  empty.caretAt(1)
  empty.run(insertItem('pain', around))
  expect(empty.show()).toEqual(['pain [title: |]'])
  const full = page(paragraph('before'), paragraph('after'))
  full.caret('before')
  full.run(insertItem('factor', around))
  expect(full.show()).toEqual(['before', 'factor [text: |]', 'after'])
})

test('a page is written with Enter alone: title, text, the next of the same kind, out of it', () => {
  const it = page(paragraph())
  it.caretAt(1)
  it.run(insertItem('pain', around))
  it.type('Late figures')
  it.run(enterInItem(around))
  it.type('Fourteen days')
  it.run(enterInItem(around))
  it.type('No hands')
  expect(it.show()).toEqual(['pain [title: Late figures · text: Fourteen days]', 'pain [title: No hands|]'])
  it.run(enterInItem(around))
  it.run(enterInItem(around))
  expect(it.show()[2]).toBe('pain [title: |]')
  it.run(enterInItem(around))
  expect(it.show()).toEqual([
    'pain [title: Late figures · text: Fourteen days]',
    'pain [title: No hands]',
    '|',
  ])
})

test('Enter in the middle divides: the title into title and text, the text into two items', () => {
  const it = page(item('pain', { title: 'Late figures cost money', text: '', evidence: '' }))
  it.caret('figures')
  it.run(enterInItem(around))
  expect(it.show()).toEqual(['pain [title: Late figures · text: | cost money]'])
  it.caret(' cost')
  it.run(enterInItem(around))
  expect(it.show()).toEqual(['pain [title: Late figures · text:  cost]', 'pain [title: | money]'])
  expect(new Set(it.ids()).size).toBe(2)
  it.run(backspaceInItem(around))
  expect(it.show()).toEqual(['pain [title: Late figures · text:  cost| money]'])
  it.caret(' cost', false)
  it.run(backspaceInItem(around))
  expect(it.show()).toEqual(['pain [title: Late figures| cost money]'])
})

test('Tab goes through the parts, makes the one that is missing, and out; Shift+Tab comes back', () => {
  const it = page(item('segment', { title: 'Chains' }), paragraph('after'))
  it.caret('Chains')
  it.run(onwards(around))
  expect(it.show()[0]).toBe('segment [title: Chains · text: |]')
  it.run(onwards(around))
  expect(it.show()[0]).toBe('segment [title: Chains · reason: |]')
  it.run(onwards(around))
  expect(it.show()[1]).toBe('|after')
  it.run(backwards(around))
  expect(it.run(backwards(around))).toBe(false)
  it.caret('Chains')
  expect(it.run(backwards(around))).toBe(false)
})

test('an empty item is left with Backspace; a full one is selected first and nothing is joined over its border', () => {
  const it = page(paragraph('before'), item('gap', { title: '', text: '' }))
  it.caretAt(10)
  expect(placeOf(it.state)?.kind).toBe('gap')
  it.run(backspaceInItem(around))
  expect(it.show()).toEqual(['before', '|'])
  const full = page(paragraph('before'), item('gap', { title: 'Growth' }, { from: '1' }), paragraph('after'))
  full.caret('Growth', false)
  full.run(backspaceInItem(around))
  expect(full.state.selection.toJSON()).toMatchObject({ type: 'node' })
  full.caret('after', false)
  full.run(backspaceInItem(around))
  expect(full.show()).toEqual(['before', 'gap [title: Growth|]', 'after'])
  full.run(deleteInItem(around))
  expect(full.show()).toEqual(['before', 'gap [title: Growth]', '|after'])
})

test('two items are joined only where nothing but words would be lost', () => {
  const kept = page(item('pain', { title: 'One' }), item('pain', { title: 'Two' }, { severity: 'high' }))
  kept.caret('Two', false)
  kept.run(backspaceInItem(around))
  expect(kept.show()).toHaveLength(2)
  const joined = page(item('pain', { title: 'One', text: 'more' }), item('pain', { title: 'Two' }))
  joined.caret('Two', false)
  joined.run(backspaceInItem(around))
  expect(joined.show()).toEqual(['pain [title: One · text: more|Two]'])
})

test('an item moves past its neighbours under its own id, caret and all', () => {
  const it = page(
    item('pain', { title: 'One' }),
    paragraph('line'),
    item('pain', { title: 'Two' }, { code: 'P2' }),
  )
  const [, two] = it.ids()
  it.caret('Tw')
  it.run(moveItem(-1))
  expect(it.show()).toEqual(['pain [title: One]', 'pain [title: Tw|o]', 'line'])
  it.run(moveItem(-1))
  expect(it.ids()[0]).toBe(two)
  expect(it.state.doc.firstChild?.attrs.code).toBe('P2')
  // At the edge the key is still taken, and nothing happens.
  expect(it.run(moveItem(-1))).toBe(true)
  it.run(moveItem(1))
  it.run(moveItem(1))
  expect(it.show()).toEqual(['pain [title: One]', 'line', 'pain [title: Tw|o]'])
})

test('a pain that is an itch after all keeps its id and waits for a new code', () => {
  const it = page(item('pain', { title: 'Dashboards' }, { code: 'P4', severity: 'low' }))
  it.caret('Dash')
  const place = placeOf(it.state)
  if (!place) throw new Error('the caret is in the item')
  const { doc } = changeKind(it.state.tr, place, 'itch')
  expect(doc.firstChild?.attrs).toMatchObject({
    kind: 'itch',
    code: null,
    severity: 'low',
    id: place.item.attrs.id,
  })
})

test('the slots of the other language are made when one turns to it, and passed over until then', () => {
  const it = page(paragraph())
  it.caretAt(1)
  it.run(insertItem('positioning', around))
  it.type('chains')
  it.run(openTongue(0, 'zh', around))
  expect(it.show()).toEqual(['positioning [en.whom: chains · zh.whom: |]'])
  expect(it.state.doc.firstChild?.childCount).toBe(6)
  it.caret('chains')
  it.run(onwards(around))
  it.run(onwards(around))
  expect(it.show()).toEqual(['positioning [en.whom: chains · en.solution: |]'])
  // Out at the end, past the slots nobody sees.
  it.run(onwards(around))
  expect(it.show()).toEqual(['positioning [en.whom: chains]', '|'])
})
