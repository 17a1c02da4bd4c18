import * as Y from 'yjs'
import type { Language } from '@/lib/domain/language'
import { documentFromMarkdown } from '../build'
import { plainOfNodes } from '../exported'
import type { MarkJson, NodeJson } from '../json'
import { type Note, readMarkdown } from '../markdown/read'
import { writeMarkdown } from '../markdown/write'
import type { TEXT_ROOTS, TextRoot } from '../roots'

type Chapters = Record<TextRoot, NodeJson[]>

/** Private characters of Unicode that stand for what Markdown cannot say while a text goes through it. */
const MARK = 0xf0000
const LAST_MARK = 0xffff0
const BLOCK = String.fromCodePoint(0x100000)

/**
 * Finds the items in a text of lists and paragraphs by having it read as Markdown: so that an item in Word is exactly what
 * is one in a Markdown file, by one set of rules. What Markdown would lose - comments, underlining, tables with joined
 * cells, pictures, code - is lifted out before and put back afterwards. Null: the text is not readable that way.
 */
export function throughMarkdown(
  chapters: Chapters,
  language: Language,
): { readonly chapters: Chapters; readonly notes: readonly Note[] } | null {
  const lifted = new Lifted()
  const plain = mapRoots((root) => lifted.blocks(chapters[root], true))
  const doc = new Y.Doc()
  Y.applyUpdate(doc, documentFromMarkdown({ chapters: plain, properties: [] }))
  // The name keeps a list at the start of the preface from standing right after a title.
  const markdown = writeMarkdown(doc, { title: '', language, properties: [] })
  doc.destroy()
  const read = readMarkdown(markdown)
  if (!read.ok) return null
  return {
    chapters: mapRoots((root) => lifted.back(read.strategy.chapters[root])),
    // Lines of the file in between say nothing to anybody.
    notes: read.report
      .filter(({ code }) => !code.startsWith('chapter_'))
      .map((note) => ({ ...note, line: 0, text: clean(note.text) })),
  }
}

export function mapRoots<T>(make: (root: TextRoot) => T): Record<TextRoot, T> {
  return {
    preface: make('preface'),
    situation: make('situation'),
    difficulties: make('difficulties'),
    policy: make('policy'),
    activities: make('activities'),
  } satisfies Record<(typeof TEXT_ROOTS)[number], T>
}

function clean(text: string): string {
  return text.replace(/[\u{f0000}-\u{10ffff}]/gu, '')
}

/** Blocks that Markdown writes as they are; any other is lifted out. */
const PLAIN = new Set(['paragraph', 'heading', 'blockquote', 'bulletList', 'orderedList', 'listItem'])

class Lifted {
  private readonly marks: MarkJson[] = []
  private readonly numbers = new Map<string, number>()
  private readonly nodes: NodeJson[] = []
  /** The words of the headings in order: a sign in one would keep it from saying what stands below it. */
  private readonly headings: (readonly NodeJson[])[] = []

  blocks(nodes: readonly NodeJson[], top = false): NodeJson[] {
    return nodes.map((node) => {
      if (!PLAIN.has(node.type)) return this.lift(node)
      if (node.type === 'heading') {
        this.headings.push(node.content ?? [])
        return { ...node, content: (node.content ?? []).map(unmarked) }
      }
      if (node.type === 'paragraph') return { ...node, content: this.inline(node.content ?? []) }
      return { ...node, content: this.blocks(node.content ?? [], top) }
    })
  }

  private lift(node: NodeJson): NodeJson {
    this.nodes.push(node)
    return {
      type: 'paragraph',
      content: [{ type: 'text', text: `${BLOCK}${this.nodes.length - 1}${BLOCK}` }],
    }
  }

  private inline(nodes: readonly NodeJson[]): NodeJson[] {
    const opens = isBold(nodes[0])
    return nodes.map((node, index) => {
      const special = (node.marks ?? []).filter(({ type }) => type === 'comment' || type === 'underline')
      if (node.type !== 'text' || special.length === 0) return node
      const signs = special.flatMap((mark) => this.number(mark))
      const open = signs.map((number) => String.fromCodePoint(MARK + 2 * number)).join('')
      const close = signs.map((number) => String.fromCodePoint(MARK + 2 * number + 1)).join('')
      const marks = (node.marks ?? []).filter((mark) => !special.includes(mark))
      return {
        type: 'text',
        text: around(
          node.text ?? '',
          open,
          close,
          isBold(node) ? 'bold' : opens && index === 1 ? 'after' : 'plain',
        ),
        ...(marks.length > 0 ? { marks } : {}),
      }
    })
  }

  private number(mark: MarkJson): number[] {
    const name = JSON.stringify(mark)
    const known = this.numbers.get(name)
    if (known !== undefined) return [known]
    if (MARK + 2 * this.marks.length + 1 >= LAST_MARK) return []
    this.marks.push(mark)
    this.numbers.set(name, this.marks.length - 1)
    return [this.marks.length - 1]
  }

  back(nodes: readonly NodeJson[]): NodeJson[] {
    return nodes.flatMap((node): NodeJson[] => {
      const content = node.content ?? []
      if (node.type === 'paragraph') {
        const lifted = this.liftedIn(content)
        if (lifted) return [lifted]
      }
      const attrs = node.attrs ? { attrs: withoutSigns(node.attrs) } : {}
      if (node.type === 'heading') {
        const words = this.headings.shift()
        return [
          {
            ...node,
            content: [...(words && plainOfNodes(words) === plainOfNodes(content) ? words : content)],
          },
        ]
      }
      if (content.some(({ type }) => type === 'text' || type === 'hardBreak'))
        return [{ ...node, ...attrs, content: this.marked(content) }]
      return [{ ...node, ...attrs, ...(node.content ? { content: this.back(content) } : {}) }]
    })
  }

  private liftedIn(content: readonly NodeJson[]): NodeJson | null {
    if (content.length !== 1) return null
    const match = new RegExp(`^${BLOCK}(\\d+)${BLOCK}$`, 'u').exec(content[0]?.text ?? '')
    return match ? (this.nodes[Number(match[1])] ?? null) : null
  }

  private marked(nodes: readonly NodeJson[]): NodeJson[] {
    const on = new Set<number>()
    return nodes.flatMap((node): NodeJson[] => {
      if (node.type !== 'text') return [node]
      const out: NodeJson[] = []
      for (const part of (node.text ?? '').split(/([\u{f0000}-\u{fffff}])/u)) {
        const sign = part.codePointAt(0) ?? 0
        if (sign >= MARK && sign < LAST_MARK) {
          const number = (sign - MARK) >> 1
          if ((sign - MARK) % 2 === 0) on.add(number)
          else on.delete(number)
        } else if (part !== '') {
          const extra = [...on].flatMap((number) => this.marks[number] ?? [])
          const marks = [
            ...extra.filter(({ type }) => type === 'comment'),
            ...(node.marks ?? []),
            ...extra.filter(({ type }) => type !== 'comment'),
          ]
          out.push({ type: 'text', text: part, ...(marks.length > 0 ? { marks } : {}) })
        }
      }
      return out
    })
  }
}

function isBold(node: NodeJson | undefined): boolean {
  return node?.marks?.some(({ type }) => type === 'bold') === true
}

/**
 * Puts the signs around the words. Where they open an item in bold, its code and the stop behind its title stay outside:
 * with a sign in it nobody would know a code for one. Nor is the space behind it a word.
 */
function around(text: string, open: string, close: string, place: 'bold' | 'after' | 'plain'): string {
  if (place === 'plain') return `${open}${text}${close}`
  const pattern =
    place === 'after' ? /^(\s*)([\s\S]*)()$/ : /^(\s*[A-Z]\d{1,6}[.。:：]?(?:\s+|$))?([\s\S]*?)([.。]?\s*)$/u
  const [, before = '', words = text, after = ''] = pattern.exec(text) ?? []
  return words === '' ? text : `${before}${open}${words}${close}${after}`
}

function withoutSigns(attrs: NonNullable<NodeJson['attrs']>): NonNullable<NodeJson['attrs']> {
  return JSON.parse(clean(JSON.stringify(attrs))) as NonNullable<NodeJson['attrs']>
}

function unmarked(node: NodeJson): NodeJson {
  const { marks, ...rest } = node
  const left = (marks ?? []).filter(({ type }) => type !== 'comment' && type !== 'underline')
  return left.length > 0 ? { ...rest, marks: left } : rest
}
