import { plainOfNodes } from '../exported'
import { type ItemKind, isItemPart, kindOfLetter } from '../items/kinds'
import type { NodeJson } from '../json'
import { propertyNamed } from '../markdown/item-words'
import type { Piece } from './read-body'

type Text = Extract<Piece, { kind: 'line' }>

/** Paragraphs of one chapter as blocks: lists nested by their levels, lines of one quote together, items as entries. */
export function assemble(pieces: readonly Piece[], levelOf: (heading: number) => number): NodeJson[] {
  const blocks: NodeJson[] = []
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at]
    if (!piece) continue
    if (piece.kind === 'block') {
      blocks.push(piece.node)
      continue
    }
    const alike = (also: (line: Text) => boolean): Text[] => {
      const lines: Text[] = [piece]
      for (let next = pieces[at + 1]; next?.kind === 'line' && also(next); next = pieces[at + 1]) {
        lines.push(next)
        at += 1
      }
      return lines
    }
    if (piece.heading > 0) {
      if (piece.inline.length > 0)
        blocks.push({
          type: 'heading',
          attrs: { level: levelOf(piece.heading) },
          content: unbold(piece.inline.filter(({ type }) => type !== 'hardBreak')),
        })
      continue
    }
    switch (piece.role) {
      case 'item':
      case 'item-line':
        blocks.push(items(alike((line) => line.role === 'item' || line.role === 'item-line')))
        break
      case 'sentence':
        blocks.push({ type: 'blockquote', content: [paragraph(piece)] })
        break
      case 'quote':
        blocks.push({ type: 'blockquote', content: inside(alike((line) => line.role === 'quote')) })
        break
      case 'note':
      case 'attention': {
        const { role } = piece
        blocks.push({
          type: 'callout',
          attrs: { kind: role },
          content: inside(alike((line) => line.role === role)),
        })
        break
      }
      case 'code':
        blocks.push({
          type: 'codeBlock',
          attrs: { language: null },
          content: [
            {
              type: 'text',
              text: alike((line) => line.role === 'code')
                .map(({ inline }) => plainOfNodes(inline))
                .join('\n'),
            },
          ].filter(({ text }) => text !== ''),
        })
        break
      case 'rule':
        blocks.push(piece.inline.length === 0 ? { type: 'horizontalRule' } : paragraph(piece))
        break
      default:
        if (piece.list)
          blocks.push(
            ...lists(alike((line) => line.role === piece.role && line.list !== null && line.heading === 0)),
          )
        else if (piece.inline.length > 0) blocks.push(paragraph(piece))
    }
  }
  return blocks
}

function paragraph(line: Text): NodeJson {
  return { type: 'paragraph', content: [...line.inline] }
}

function inside(lines: readonly Text[]): NodeJson[] {
  return assemble(
    lines.map((line) => ({ ...line, role: 'body' as const })),
    () => 3,
  )
}

/** Lines of lists, as Word numbers them, as lists in lists. */
function lists(lines: readonly Text[]): NodeJson[] {
  const blocks: NodeJson[] = []
  for (let at = 0; at < lines.length; ) {
    const made = listAt(lines, at, lines[at]?.list?.level ?? 0)
    blocks.push(made.list)
    at = made.next
  }
  return blocks
}

const BOX = /^\s*([☐☑☒✓])\s*/u

/** One list from a line on: the entries of its level, and below them what is deeper. */
function listAt(lines: readonly Text[], from: number, level: number): { list: NodeJson; next: number } {
  const first = lines[from]
  const task = isTask(first)
  const type = task ? 'taskList' : first?.list?.ordered ? 'orderedList' : 'bulletList'
  const entries: NodeJson[] = []
  let at = from
  for (let line = lines[at]; line?.list; line = lines[at]) {
    if (line.list.level < level) break
    if (line.list.level > level) {
      const below = listAt(lines, at, line.list.level)
      entries.at(-1)?.content?.push(below.list)
      at = below.next
      continue
    }
    // Another numbering at the same level is another list.
    if (line.list.id !== first?.list?.id && line.list.ordered) break
    if (isTask(line) !== task || line.list.ordered !== first?.list?.ordered) break
    entries.push(task ? taskEntry(line) : { type: 'listItem', content: [paragraph(line)] })
    at += 1
  }
  const start = Math.max(0, first?.list?.start ?? 1)
  return {
    list: { type, ...(type === 'orderedList' ? { attrs: { start } } : {}), content: entries },
    next: at,
  }
}

function isTask(line: Text | undefined): boolean {
  const first = line?.inline[0]
  return first?.type === 'text' && BOX.test(first.text ?? '')
}

function taskEntry(line: Text): NodeJson {
  const [first, ...rest] = line.inline
  const match = BOX.exec(first?.text ?? '')
  const text = (first?.text ?? '').slice(match?.[0].length ?? 0)
  return {
    type: 'taskItem',
    attrs: { checked: match?.[1] !== '☐' },
    content: [
      { type: 'paragraph', content: [...(first && text !== '' ? [{ ...first, text }] : []), ...rest] },
    ],
  }
}

/** Our own lines of items, in the form the Markdown reader knows them by: an entry, its properties nested below. */
function items(lines: readonly Text[]): NodeJson {
  const entries: NodeJson[] = []
  for (const line of lines) {
    const last = entries.at(-1)
    if (line.role === 'item' || !last) {
      entries.push({ type: 'listItem', content: [paragraph(line)] })
      continue
    }
    const head = last.content?.[0]
    const below = last.content?.[1]
    const property: NodeJson = {
      type: 'listItem',
      content: [{ type: 'paragraph', content: property_(line, head) }],
    }
    if (below) below.content?.push(property)
    else last.content?.push({ type: 'bulletList', content: [property] })
  }
  return { type: 'bulletList', content: entries }
}

/**
 * The words of a property. Those of a field are a value, which nobody can comment word by word here: what somebody said
 * about it in Word hangs on the line of its item.
 */
function property_(line: Text, head: NodeJson | undefined): NodeJson[] {
  const inline = line.inline.filter(({ type }) => type === 'text')
  const plain = plainOfNodes(inline)
  const key = /^([^:：]{1,80}?)\s*[:：]/.exec(plain)?.[1]
  const kind = kindOfHead(head)
  const name = key === undefined ? null : propertyNamed(key, kind ?? 'factor')
  const isPart = name !== null && isItemPart(name)
  // The key is set off by colour only; what is left of its looks would be markup.
  if (isPart)
    return inline.map((node, index) => (index === 0 ? { type: 'text', text: node.text ?? '' } : node))
  const threads = inline.flatMap(({ marks }) => (marks ?? []).filter(({ type }) => type === 'comment'))
  const last = head?.content?.findLast((node) => node.type === 'text' && (node.text ?? '').trim() !== '')
  if (last && threads.length > 0) {
    const known = last.marks ?? []
    const more = threads.filter((mark) => !known.some(({ attrs }) => attrs?.thread === mark.attrs?.thread))
    last.marks = [...more, ...known]
  }
  return plain === '' ? [] : [{ type: 'text', text: plain }]
}

function kindOfHead(head: NodeJson | undefined): ItemKind | null {
  const letter = /^([A-Z])\d/.exec(plainOfNodes(head?.content ?? []))?.[1]
  return letter ? kindOfLetter(letter) : null
}

/** A heading in Word is bold by its style; what was set by hand on top of it says nothing more. */
function unbold(inline: readonly NodeJson[]): NodeJson[] {
  return inline.map((node) => {
    const { marks, ...rest } = node
    const left = (marks ?? []).filter(({ type }) => type !== 'bold')
    return left.length > 0 ? { ...rest, marks: left } : rest
  })
}
