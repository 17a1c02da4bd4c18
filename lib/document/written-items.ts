import type { Language } from '@/lib/domain/language'
import type { NodeJson } from './json'
import { itemWriting, writeItem } from './markdown/write-items'
import { TEXT_ROOTS, type TextRoot } from './roots'

type Chapters = Readonly<Record<TextRoot, readonly NodeJson[]>>

/**
 * The text with every item as its lines in a file: the wording of docs/markdown.md, so that a reader finds the same
 * item in a Word document, on paper and in Markdown. An `item` then holds
 * - `itemLine`: the line that opens with a bold code, or a bold slot name,
 * - `itemProperty` (attr `key`): a property below it,
 * - `itemSentence`: the sentence of a positioning,
 * - `itemIntent`: the paragraph of a department.
 */
export function withWrittenItems(chapters: Chapters, language: Language): Chapters {
  const writing = itemWriting(chapters, language)
  const below = (nodes: readonly NodeJson[]): NodeJson[] =>
    nodes.map((node) =>
      node.type === 'item'
        ? { ...node, content: lines(writeItem(node, writing)) }
        : node.content
          ? { ...node, content: below(node.content) }
          : node,
    )
  return {
    preface: below(chapters.preface),
    situation: below(chapters.situation),
    difficulties: below(chapters.difficulties),
    policy: below(chapters.policy),
    activities: below(chapters.activities),
  } satisfies Record<(typeof TEXT_ROOTS)[number], unknown>
}

function lines(written: ReturnType<typeof writeItem>): NodeJson[] {
  switch (written.form) {
    case 'paragraph':
      return [{ type: 'itemIntent', content: fresh(written.content) }]
    case 'prose':
      return written.lines.map((line) => ({ type: 'itemLine', content: fresh(line) }))
    case 'entries':
      return [
        ...written.entries.flatMap(({ line, properties }) => [
          { type: 'itemLine', content: fresh(line) },
          ...properties.map(property),
        ]),
        ...(written.quote ? [{ type: 'itemSentence', content: fresh(written.quote) }] : []),
      ]
  }
}

/** Each place of the text is a node of its own: where a thread ends is asked by the node. */
function fresh(nodes: readonly NodeJson[]): NodeJson[] {
  return nodes.map((node) => ({ ...node }))
}

function property(line: readonly NodeJson[]): NodeJson {
  const [first, ...rest] = line
  const match = /^([^:：]{1,200}?)(?:：|: )/.exec(first?.text ?? '')
  if (!first || !match) return { type: 'itemProperty', attrs: { key: '' }, content: fresh(line) }
  const after = (first.text ?? '').slice(match[0].length)
  return {
    type: 'itemProperty',
    attrs: { key: match[1] ?? '' },
    content: fresh(after === '' ? rest : [{ ...first, text: after }, ...rest]),
  }
}

/** The code of every item that has one, by its id. */
export function codesOf(chapters: Chapters): ReadonlyMap<string, string> {
  const codes = new Map<string, string>()
  const open: NodeJson[] = TEXT_ROOTS.flatMap((root) => chapters[root])
  for (const node of open) {
    if (node.type !== 'item') open.push(...(node.content ?? []))
    const { id, code } = node.attrs ?? {}
    if (node.type === 'item' && typeof id === 'string' && typeof code === 'string') codes.set(id, code)
  }
  return codes
}
