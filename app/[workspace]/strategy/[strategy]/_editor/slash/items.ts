import type { ChainedCommands } from '@tiptap/core'
import { type ItemKind, itemKinds } from '@/lib/document/items/kinds'
import { itemEntries } from '../../_items/entries'

export const slashIds = [
  ...itemKinds,
  'text',
  'heading',
  'subheading',
  'bullets',
  'numbers',
  'checks',
  'quote',
  'note',
  'attention',
  'table',
  'image',
  'divider',
  'code',
] as const

export type SlashId = (typeof slashIds)[number]

export interface SlashItem {
  readonly id: SlashId
  /** Every way to ask for it, whatever language the page is in: names, pinyin by syllables, other words. */
  readonly en: readonly string[]
  readonly zh: readonly string[]
  /** One entry per Chinese name, syllables apart by a space: whole pinyin and initials are made from it. */
  readonly pinyin: readonly string[]
  /** What Markdown writes, shown at the right. */
  readonly hint?: string
  readonly icon: string
}

export const slashItems: readonly SlashItem[] = [
  ...itemEntries,
  {
    id: 'text',
    en: ['Text', 'paragraph', 'plain'],
    zh: ['正文', '段落'],
    pinyin: ['zheng wen', 'duan luo'],
    icon: 'text',
  },
  {
    id: 'heading',
    en: ['Heading', 'title', 'h1', 'h3'],
    zh: ['小标题', '标题'],
    pinyin: ['xiao biao ti', 'biao ti'],
    hint: '#',
    icon: 'h1',
  },
  {
    id: 'subheading',
    en: ['Subheading', 'h2', 'h4'],
    zh: ['次级标题', '二级标题'],
    pinyin: ['ci ji biao ti', 'er ji biao ti'],
    hint: '####',
    icon: 'h2',
  },
  {
    id: 'bullets',
    en: ['Bulleted list', 'unordered', 'ul', 'points'],
    zh: ['项目列表', '无序列表'],
    pinyin: ['xiang mu lie biao', 'wu xu lie biao'],
    hint: '-',
    icon: 'ul',
  },
  {
    id: 'numbers',
    en: ['Numbered list', 'ordered', 'ol'],
    zh: ['编号列表', '有序列表'],
    pinyin: ['bian hao lie biao', 'you xu lie biao'],
    hint: '1.',
    icon: 'ol',
  },
  {
    id: 'checks',
    en: ['Check list', 'task', 'todo', 'to-do'],
    zh: ['清单', '待办'],
    pinyin: ['qing dan', 'dai ban'],
    hint: '[ ]',
    icon: 'checks',
  },
  {
    id: 'quote',
    en: ['Quote', 'blockquote', 'citation'],
    zh: ['引用'],
    pinyin: ['yin yong'],
    hint: '>',
    icon: 'quote',
  },
  {
    id: 'note',
    en: ['Note', 'callout', 'info'],
    zh: ['说明', '提示'],
    pinyin: ['shuo ming', 'ti shi'],
    icon: 'note',
  },
  {
    id: 'attention',
    en: ['Attention', 'callout', 'warning', 'risk'],
    zh: ['注意', '警示'],
    pinyin: ['zhu yi', 'jing shi'],
    hint: '!!',
    icon: 'attention',
  },
  { id: 'table', en: ['Table', 'grid'], zh: ['表格'], pinyin: ['biao ge'], icon: 'table' },
  {
    id: 'image',
    en: ['Image', 'picture', 'photo', 'upload'],
    zh: ['图片', '上传'],
    pinyin: ['tu pian', 'shang chuan'],
    icon: 'image',
  },
  {
    id: 'divider',
    en: ['Divider', 'rule', 'line', 'hr'],
    zh: ['分隔线'],
    pinyin: ['fen ge xian'],
    hint: '---',
    icon: 'divider',
  },
  {
    id: 'code',
    en: ['Code', 'codeblock', 'pre'],
    zh: ['代码'],
    pinyin: ['dai ma'],
    hint: '```',
    icon: 'code',
  },
]

export function isItemId(id: SlashId): id is ItemKind {
  return itemKinds.some((kind) => kind === id)
}

/** Puts the block in place of what was typed. An image asks for a file first, an item for its place; neither is here. */
export function insert(chain: ChainedCommands, id: Exclude<SlashId, 'image' | ItemKind>): ChainedCommands {
  switch (id) {
    case 'text':
      return chain.setNode('paragraph')
    case 'heading':
      return chain.setNode('heading', { level: 3 })
    case 'subheading':
      return chain.setNode('heading', { level: 4 })
    case 'bullets':
      return chain.toggleList('bulletList', 'listItem')
    case 'numbers':
      return chain.toggleList('orderedList', 'listItem')
    case 'checks':
      return chain.toggleList('taskList', 'taskItem')
    case 'quote':
      return chain.toggleWrap('blockquote')
    case 'note':
      return chain.toggleCallout('note')
    case 'attention':
      return chain.toggleCallout('attention')
    case 'table':
      return chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true })
    case 'divider':
      return chain.setHorizontalRule()
    case 'code':
      return chain.setNode('codeBlock')
  }
}
