import { element, elements, readXml, value, type Xml } from './xml'
import type { Archive } from './zip'

/** What the main part of a Word document refers to. */
export interface Parts {
  /** Relationship id to its target. */
  readonly relations: ReadonlyMap<string, { readonly target: string; readonly external: boolean }>
  /** Style id to what it says. */
  readonly styles: ReadonlyMap<string, Style>
  /** Numbering id to its levels. */
  readonly lists: ReadonlyMap<string, ReadonlyMap<number, Level>>
  /** By Word's id. */
  readonly comments: ReadonlyMap<string, WordComment>
  /** Footnotes by id, as one line. */
  readonly footnotes: ReadonlyMap<string, string>
}

export interface Style {
  readonly id: string
  /** As Word names it in English, in small letters: `heading 1`, `quote`. */
  readonly name: string
  readonly basedOn: string | null
  /** 0 for the first level of the outline; null: body. */
  readonly outline: number | null
  readonly numbering: { readonly list: string | null; readonly level: number } | null
}

export interface Level {
  readonly ordered: boolean
  readonly start: number
}

export interface WordComment {
  readonly author: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly text: string
  /** The comment it answers, by Word's id; null for the first of a thread. */
  readonly parent: string | null
  readonly done: boolean
}

export const MAIN = 'word/document.xml'

export function readParts(archive: Archive): Parts {
  const relations = readRelations(archive)
  const part = (kind: string, usual: string): Xml | null => {
    const found = [...relations.values()].find(({ type }) => type.endsWith(`/${kind}`))
    const name = found && !found.external ? pathOf(found.target) : usual
    const bytes = archive.read(name)
    return bytes && readXml(bytes)
  }
  return {
    relations,
    styles: readStyles(part('styles', 'word/styles.xml')),
    lists: readLists(part('numbering', 'word/numbering.xml')),
    comments: readComments(
      part('comments', 'word/comments.xml'),
      part('commentsExtended', 'word/commentsExtended.xml'),
    ),
    footnotes: readNotes(part('footnotes', 'word/footnotes.xml')),
  }
}

/** The name in the archive of what a relationship of the main part leads to. */
export function pathOf(target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const parts = ['word']
  for (const step of target.split('/')) {
    if (step === '..') parts.pop()
    else if (step !== '.' && step !== '') parts.push(step)
  }
  return parts.join('/')
}

function readRelations(archive: Archive) {
  const bytes = archive.read('word/_rels/document.xml.rels')
  const relations = new Map<string, { target: string; external: boolean; type: string }>()
  for (const one of bytes ? elements(readXml(bytes)) : []) {
    const { Id, Target, TargetMode, Type } = one.attrs
    if (Id && Target !== undefined)
      relations.set(Id, { target: Target, external: TargetMode === 'External', type: Type ?? '' })
  }
  return relations
}

function readStyles(root: Xml | null): ReadonlyMap<string, Style> {
  const styles = new Map<string, Style>()
  for (const style of elements(root, 'w:style')) {
    const id = style.attrs['w:styleId'] ?? ''
    const outline = value(style, 'w:pPr', 'w:outlineLvl')
    const numbering = element(style, 'w:pPr', 'w:numPr')
    styles.set(id, {
      id,
      name: (value(style, 'w:name') ?? id).toLowerCase(),
      basedOn: value(style, 'w:basedOn') ?? null,
      outline: outline === undefined ? null : Number(outline),
      numbering: numbering
        ? { list: value(numbering, 'w:numId') ?? null, level: Number(value(numbering, 'w:ilvl') ?? 0) }
        : null,
    })
  }
  return styles
}

function readLists(root: Xml | null): ReadonlyMap<string, ReadonlyMap<number, Level>> {
  const abstract = new Map<string, Map<number, Level>>()
  for (const one of elements(root, 'w:abstractNum')) {
    const levels = new Map<number, Level>()
    for (const level of elements(one, 'w:lvl')) levels.set(Number(level.attrs['w:ilvl'] ?? 0), levelOf(level))
    abstract.set(one.attrs['w:abstractNumId'] ?? '', levels)
  }
  const lists = new Map<string, ReadonlyMap<number, Level>>()
  for (const one of elements(root, 'w:num')) {
    const levels = new Map(abstract.get(value(one, 'w:abstractNumId') ?? '') ?? [])
    for (const override of elements(one, 'w:lvlOverride')) {
      const at = Number(override.attrs['w:ilvl'] ?? 0)
      const own = element(override, 'w:lvl')
      const level = own ? levelOf(own) : levels.get(at)
      const start = value(override, 'w:startOverride')
      if (level) levels.set(at, { ...level, start: start === undefined ? level.start : numberOf(start) })
    }
    lists.set(one.attrs['w:numId'] ?? '', levels)
  }
  return lists
}

function levelOf(level: Xml): Level {
  const format = value(level, 'w:numFmt') ?? 'decimal'
  return {
    ordered: format !== 'bullet' && format !== 'none',
    start: numberOf(value(level, 'w:start') ?? '1'),
  }
}

function numberOf(text: string): number {
  const number = Number(text)
  return Number.isInteger(number) && number >= 0 && number < 1_000_000 ? number : 1
}

function readComments(root: Xml | null, extended: Xml | null): ReadonlyMap<string, WordComment> {
  const more = new Map<string, { parent: string | null; done: boolean }>()
  for (const one of elements(extended, 'w15:commentEx')) {
    more.set(one.attrs['w15:paraId'] ?? '', {
      parent: one.attrs['w15:paraIdParent'] ?? null,
      done: /^(?:1|true|on)$/.test(one.attrs['w15:done'] ?? ''),
    })
  }
  const byParagraph = new Map<string, string>()
  const found = elements(root, 'w:comment').map((comment) => {
    const id = comment.attrs['w:id'] ?? ''
    const paragraphs = elements(comment, 'w:p')
    // Word names a comment by its last paragraph.
    const own = paragraphs
      .map((paragraph) => paragraph.attrs['w14:paraId'] ?? '')
      .filter((name) => name !== '')
    for (const name of own) byParagraph.set(name, id)
    return { id, comment, paragraphs, own }
  })
  const comments = new Map<string, WordComment>()
  for (const { id, comment, paragraphs, own } of found) {
    const extra = own.map((name) => more.get(name)).find((one) => one !== undefined)
    const parent = extra?.parent ? (byParagraph.get(extra.parent) ?? null) : null
    const at = Date.parse(comment.attrs['w:date'] ?? '')
    comments.set(id, {
      author: (comment.attrs['w:author'] ?? '').trim(),
      at: Number.isFinite(at) ? at : 0,
      text: paragraphs.map(plainText).join('\n').trim(),
      parent: parent === id ? null : parent,
      done: extra?.done ?? false,
    })
  }
  return comments
}

function readNotes(root: Xml | null): ReadonlyMap<string, string> {
  const notes = new Map<string, string>()
  for (const note of elements(root, 'w:footnote')) {
    // The lines that part notes from the text are notes of a kind, too.
    if (note.attrs['w:type'] !== undefined && note.attrs['w:type'] !== 'normal') continue
    notes.set(note.attrs['w:id'] ?? '', elements(note, 'w:p').map(plainText).join(' ').trim())
  }
  return notes
}

/** The words of a paragraph, its deleted ones left out. */
export function plainText(parent: Xml): string {
  let text = ''
  for (const child of elements(parent)) {
    if (child.name === 'w:t') text += child.children.filter((part) => typeof part === 'string').join('')
    else if (child.name === 'w:tab') text += ' '
    else if (child.name === 'w:br' || child.name === 'w:cr') text += '\n'
    else if (child.name !== 'w:del' && child.name !== 'w:rPr' && child.name !== 'w:pPr')
      text += plainText(child)
  }
  return text
}

/** The style and all it is based on, itself first. A circle ends where it began. */
export function styleChain(styles: ReadonlyMap<string, Style>, id: string | undefined): Style[] {
  const chain: Style[] = []
  let at = id
  while (at !== undefined && chain.length < 20) {
    const style = styles.get(at)
    if (!style || chain.includes(style)) break
    chain.push(style)
    at = style.basedOn ?? undefined
  }
  return chain
}
