import * as Y from 'yjs'
import { fillRoot } from '../fill'
import type { MarkJson, NodeJson } from '../json'
import type { TextRoot } from '../roots'

export const FILE = `fil_${'0'.repeat(26)}`
export const THREAD = `thr_${'0'.repeat(26)}`
export const OTHER_THREAD = `thr_${'1'.repeat(26)}`
/** An item's id, the same for the same number. */
export const itemIdOf = (number: number): string => `itm_${String(number).padStart(26, '0')}`

export const text = (value: string, ...marks: Array<string | MarkJson>): NodeJson => ({
  type: 'text',
  text: value,
  ...(marks.length > 0
    ? { marks: marks.map((mark) => (typeof mark === 'string' ? { type: mark } : mark)) }
    : {}),
})

export const link = (href: string): MarkJson => ({ type: 'link', attrs: { href } })

export const node = (type: string, ...content: Array<NodeJson | string>): NodeJson => ({
  type,
  content: content.map((child) => (typeof child === 'string' ? text(child) : child)),
})

export const withAttrs = (attrs: NonNullable<NodeJson['attrs']>, made: NodeJson): NodeJson => ({
  ...made,
  attrs,
})

export const comment = (thread: string): MarkJson => ({ type: 'comment', attrs: { thread } })

export const part = (name: string, ...content: Array<NodeJson | string>): NodeJson =>
  withAttrs({ name }, node('itemPart', ...content))

export const paragraph = (...content: Array<NodeJson | string>) => node('paragraph', ...content)

/** One of everything a strategy may hold. */
export const EVERYTHING: readonly NodeJson[] = [
  withAttrs({ level: 3 }, node('heading', 'Market & rivals')),
  withAttrs({ level: 5 }, node('heading', '小标题')),
  paragraph(),
  paragraph(
    'Plain ',
    text('bold', 'bold'),
    text('both', 'bold', 'italic'),
    text('struck', 'strike', 'italic'),
    text('under', 'underline'),
    text('code <b>', 'code', 'bold'),
    text('a link', link('https://example.test/?a=1&b="2"')),
    text(' and bold in it', link('https://example.test/?a=1&b="2"'), 'bold'),
    text('inert', link('javascript:alert(1)')),
    text('said ', comment(THREAD)),
    text('twice', comment(THREAD), comment(OTHER_THREAD), 'bold'),
  ),
  paragraph('one', { type: 'hardBreak' }, text('two', 'bold'), { type: 'hardBreak' }),
  node('bulletList', node('listItem', paragraph('a'), node('bulletList', node('listItem', paragraph('b'))))),
  withAttrs({ start: 4 }, node('orderedList', node('listItem', paragraph('four')))),
  node('orderedList', node('listItem', paragraph('one'))),
  node(
    'taskList',
    withAttrs({ checked: true }, node('taskItem', paragraph('done "so"'))),
    withAttrs({ checked: false }, node('taskItem', paragraph())),
  ),
  node('blockquote', paragraph('quoted'), node('blockquote', paragraph('twice'))),
  withAttrs({ kind: 'attention' }, node('callout', paragraph('mind'))),
  node('callout', paragraph('note')),
  withAttrs({ language: 'ts' }, node('codeBlock', 'const a = 1 < 2\n\n  indented')),
  node('codeBlock'),
  node(
    'table',
    node(
      'tableRow',
      node('tableHeader', paragraph('h1')),
      withAttrs({ align: 'right' }, node('tableHeader', paragraph('h2'))),
    ),
    node('tableRow', withAttrs({ colspan: 2 }, node('tableCell', paragraph('wide')))),
  ),
  withAttrs(
    { id: itemIdOf(1), kind: 'segment', code: 'S1', focus: 'yes', extra: [['Odd', 'a "b"']] },
    node(
      'item',
      part('title', 'Chains'),
      part('text', text('10 to 80 ', 'italic'), 'stores'),
      part('reason'),
    ),
  ),
  withAttrs({ id: itemIdOf(2), kind: 'pain', feltBy: [itemIdOf(1)] }, node('item')),
  withAttrs(
    { id: itemIdOf(3), kind: 'positioning' },
    node(
      'item',
      withAttrs(
        { name: 'whom', lang: 'zh', refs: [itemIdOf(1)] },
        part('whom', text('餐饮连锁', comment(THREAD))),
      ),
    ),
  ),
  { type: 'horizontalRule' },
  { type: 'image', attrs: { fileId: FILE, alt: 'A "chart"', width: 320 } },
  { type: 'image', attrs: { fileId: 'http://elsewhere.test/x.png', alt: 'not ours' } },
]

/** A document with these nodes in one root; `client` makes its bytes the same every time. */
export function documentWith(
  nodes: readonly NodeJson[],
  root: TextRoot = 'situation',
  client = 1,
): { doc: Y.Doc; root: Y.XmlFragment } {
  const doc = new Y.Doc()
  doc.clientID = client
  const fragment = doc.getXmlFragment(root)
  fillRoot(fragment, nodes)
  return { doc, root: fragment }
}
