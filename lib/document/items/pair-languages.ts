import * as Y from 'yjs'
import type { Language } from '@/lib/domain/language'
import { fillElement } from '../fill'
import type { NodeJson } from '../json'
import type { ReadStrategy } from '../markdown/read'
import { TEXT_ROOTS } from '../roots'
import { setAttr } from '../set-attr'
import { childrenOf } from '../walk'
import { agreementOf } from './compose'
import { isItemKind, type Slot, slots } from './kinds'
import { type Item, itemsOf, textOfPart, wordsOf } from './read-items'

export interface Pairing {
  /** Slots that got their words in the file's language. */
  readonly filled: readonly Slot[]
  /** Slots where other words stand in this language; they were left alone. */
  readonly kept: readonly Slot[]
  /** Codes only the file has, and codes only the strategy has. */
  readonly onlyInFile: readonly string[]
  readonly onlyInStrategy: readonly string[]
}

/**
 * Brings the second file of a pair into a strategy: the slots of its positioning in the file's language. Only empty
 * slots are filled. Everything else a strategy has once, in one language; codes the two do not share are reported.
 * Belongs into `live.edit`.
 */
export function pairLanguages(doc: Y.Doc, read: Pick<ReadStrategy, 'language' | 'chapters'>): Pairing {
  const files = itemsIn(read)
  const items = itemsOf(doc)
  const here = new Set(items.flatMap(({ code }) => code ?? []))
  const there = new Set(files.flatMap(({ attrs }) => (typeof attrs?.code === 'string' ? [attrs.code] : [])))
  const positionings = items.filter(({ kind }) => kind === 'positioning')
  const filled: Slot[] = []
  const kept: Slot[] = []
  doc.transact(() => {
    files
      .filter(({ attrs }) => attrs?.kind === 'positioning')
      .forEach((file, index) => {
        const item = positionings[index]
        const language = languageIn(file, read.language)
        if (!item || language === null) return
        for (const slot of [...slots, 'sentence'] as const) {
          const content = file.content?.find((part) => part.attrs?.name === slot)?.content ?? []
          if (content.length === 0) continue
          const before = wordsOf(item, slot, language)
          if (before === '') fill(item, slot, language, content)
          if (slot === 'sentence') continue
          if (before === '') filled.push(slot)
          else if (before !== plain(content)) kept.push(slot)
        }
        const now = itemsOf(doc).find(({ id }) => id === item.id)
        // The two files of a pair say the same; where somebody has written on since, nobody has said so.
        const agreement = now && kept.length === 0 ? agreementOf(now) : null
        if (agreement && JSON.stringify(agreement) !== JSON.stringify(item.agreed)) {
          setAttr(item.node, 'agreed', agreement)
        }
      })
  })
  return {
    filled,
    kept,
    onlyInFile: [...there].filter((code) => !here.has(code)),
    onlyInStrategy: [...here].filter((code) => !there.has(code)),
  }
}

function itemsIn(read: Pick<ReadStrategy, 'chapters'>): NodeJson[] {
  const items: NodeJson[] = []
  for (const root of TEXT_ROOTS) {
    const open = [...read.chapters[root]].reverse()
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node.type === 'item' && isItemKind(node.attrs?.kind)) items.push(node)
      open.push(...[...(node.content ?? [])].reverse())
    }
  }
  return items
}

function languageIn(positioning: NodeJson, of: Language | null): Language | null {
  const own = positioning.content?.find((part) => part.attrs?.lang)?.attrs?.lang
  return own === 'en' || own === 'zh' ? own : of
}

/** Into the empty part that is there, or a new one in the place the kind gives it. */
function fill(item: Item, name: Slot | 'sentence', lang: Language, content: readonly NodeJson[]): void {
  const empty = childrenOf(item.node).find(
    (part): part is Y.XmlElement =>
      part instanceof Y.XmlElement &&
      part.getAttribute('name') === name &&
      part.getAttribute('lang') === lang &&
      textOfPart(part) === '',
  )
  if (empty) fillElement(empty, content)
  else fillElement(item.node, [{ type: 'itemPart', attrs: { name, lang }, content: [...content] }])
}

function plain(content: readonly NodeJson[]): string {
  return content
    .map((node) => node.text ?? '\n')
    .join('')
    .trim()
}
