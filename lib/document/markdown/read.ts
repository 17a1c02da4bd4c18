import type * as Md from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import type { Language } from '@/lib/domain/language'
import { newId } from '@/lib/kit/ids'
import type { NodeJson } from '../json'
import { CHAPTERS, type Chapter, type TextRoot } from '../roots'
import { MAX_DEPTH } from '../schema/spec'
import { blocksOf, type Notes, plainText } from './blocks'
import { chapterOf, languageOf, type Property, propertyOf } from './frame'
import { tooDeep, tooTangled } from './guard'
import type { Reading } from './inline'
import { itemReading, resolveCodes, settle } from './read-items'
import { TooDeep } from './too-deep'

/** What an importer did not take as it stood. Nothing here is lost text; `link_dropped` loses an address. */
export type NoteCode =
  | 'title_extra'
  | 'chapter_unknown'
  | 'chapter_twice'
  | 'chapter_missing'
  | 'heading_level'
  | 'link_dropped'
  | 'image_as_link'
  | 'image_as_text'
  | 'html_as_text'
  | 'footnote_as_text'
  | 'definition_as_text'
  /** A code that an item before it has: this one waits for a new one. */
  | 'code_twice'
  /** A list that names a code nobody has; kept as it is written. */
  | 'code_unknown'
  /** A day, number or word of a field that cannot be read as one; kept as it is written. */
  | 'value_unreadable'
  /** Something below an item that is no property of it; it stands behind the item. */
  | 'item_rest'
  /** The sentence below the slots is not the one they make; kept as somebody's own. */
  | 'sentence_differs'

export interface Note {
  /** Line of the file, from 1; 0 for the file as a whole. */
  readonly line: number
  readonly code: NoteCode
  /** The words it is about, cut short. */
  readonly text: string
}

export interface ReadStrategy {
  /** Empty when the file has no `#`. */
  readonly title: string
  readonly properties: readonly Property[]
  /** As the property Language says; null when it does not. */
  readonly language: Language | null
  readonly chapters: Readonly<Record<TextRoot, readonly NodeJson[]>>
}

/**
 * `too_large`: over MAX_MARKDOWN characters. `too_deep`: lists or quotes nested beyond MAX_DEPTH.
 * `too_tangled`: a paragraph of so many brackets and asterisks that reading it would hold up the server.
 */
export type ReadResult =
  | { readonly ok: true; readonly strategy: ReadStrategy; readonly report: readonly Note[] }
  | { readonly ok: false; readonly code: 'too_large' | 'too_deep' | 'too_tangled' }

/** Characters. The largest strategy we know has 15,000. */
export const MAX_MARKDOWN = 2_000_000

/** More would be a second file to read; the first few hundred tell what kind of file it is. */
const MAX_NOTES = 500

/**
 * Reads a strategy in Markdown by the convention of docs/markdown.md. Everything it does not know stays as prose.
 * @param newItemId ids for the items it finds; each call a fresh one
 */
export function readMarkdown(markdown: string, newItemId: () => string = () => newId('itm')): ReadResult {
  if (markdown.length > MAX_MARKDOWN) return { ok: false, code: 'too_large' }
  const source = markdown.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  if (tooDeep(source, MAX_DEPTH)) return { ok: false, code: 'too_deep' }
  if (tooTangled(source)) return { ok: false, code: 'too_tangled' }
  try {
    return read(source, newItemId)
  } catch (error) {
    if (error instanceof TooDeep) return { ok: false, code: 'too_deep' }
    throw error
  }
}

function read(source: string, newItemId: () => string): ReadResult {
  const tree = fromMarkdown(source, {
    extensions: [gfm()],
    // Without the second search for addresses in finished text: it would link what the author escaped.
    mdastExtensions: gfmFromMarkdown().map(({ transforms: _search, ...extension }) => extension),
  })
  const report: Note[] = []
  const notes: Notes = {
    add(node, code, text) {
      if (report.length >= MAX_NOTES) return
      report.push({ line: node?.position?.start.line ?? 0, code, text: text.slice(0, 120) })
    },
  }

  let title: string | null = null
  let properties: readonly Property[] = []
  let current: TextRoot = 'preface'
  const found = new Set<Chapter>()
  const parts: Record<TextRoot, Md.RootContent[]> = {
    preface: [],
    situation: [],
    difficulties: [],
    policy: [],
    activities: [],
  }
  tree.children.forEach((node, index) => {
    if (node.type === 'heading' && node.depth === 1) {
      if (title === null && current === 'preface') {
        title = plainText(node)
        return
      }
      notes.add(node, 'title_extra', plainText(node))
    }
    if (node.type === 'heading' && node.depth === 2) {
      const chapter = chapterOf(plainText(node))
      if (chapter && !found.has(chapter)) {
        found.add(chapter)
        current = chapter
        return
      }
      notes.add(node, chapter ? 'chapter_twice' : 'chapter_unknown', plainText(node))
    }
    const before = tree.children[index - 1]
    if (node.type === 'list' && before?.type === 'heading' && before.depth === 1 && title !== null) {
      const list = propertiesOf(node, source)
      if (list && properties.length === 0 && current === 'preface') {
        properties = list
        return
      }
    }
    parts[current].push(node)
  })
  for (const chapter of CHAPTERS) {
    if (!found.has(chapter)) notes.add(null, 'chapter_missing', chapter)
  }

  const context: Reading = { source, notes, ...referencesOf(tree), items: itemReading(newItemId) }
  const chapter = (root: TextRoot) => settle(blocksOf(parts[root], context), root, context)
  const chapters = {
    preface: chapter('preface'),
    situation: chapter('situation'),
    difficulties: chapter('difficulties'),
    policy: chapter('policy'),
    activities: chapter('activities'),
  }
  resolveCodes(context)
  const strategy: ReadStrategy = {
    title: title ?? '',
    properties,
    language: languageOf(properties),
    chapters,
  }
  report.sort((one, other) => one.line - other.line)
  return { ok: true, strategy, report }
}

/** The list after the title when every entry is a plain `key: value`; any other list is prose. */
function propertiesOf(list: Md.List, source: string): Property[] | null {
  // The writer marks a list of prose in this place with asterisks, so that it is not taken for this one.
  if (list.ordered || source[list.position?.start.offset ?? 0] !== '-') return null
  const properties: Property[] = []
  for (const item of list.children) {
    const [line, ...more] = item.children
    if (line?.type !== 'paragraph' || more.length > 0 || typeof item.checked === 'boolean') return null
    if (line.children.some((part) => part.type !== 'text')) return null
    const property = propertyOf(plainText(line))
    if (!property) return null
    properties.push(property)
  }
  return properties
}

/** Definitions by identifier, the first of each, and which of them something refers to. */
function referencesOf(tree: Md.Root): { definitions: Map<string, Md.Definition>; used: Set<string> } {
  const definitions = new Map<string, Md.Definition>()
  const used = new Set<string>()
  const open: Md.Nodes[] = [tree]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'definition' && !definitions.has(node.identifier))
      definitions.set(node.identifier, node)
    if (node.type === 'linkReference' || node.type === 'imageReference') used.add(node.identifier)
    if ('children' in node) open.push(...[...node.children].reverse())
  }
  return { definitions, used }
}
