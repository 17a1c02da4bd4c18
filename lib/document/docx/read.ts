import type { Language } from '@/lib/domain/language'
import { Refusal } from '@/lib/domain/refusal'
import { cleanNodes } from '../export-json/clean-nodes'
import { everyNode, type Outcome, outcomes, plainOfNodes, type ThreadForExport, threadsOn } from '../exported'
import type { NodeJson } from '../json'
import { chapterOf, languageOf, type Property, propertyOf } from '../markdown/frame'
import type { FileNote, PictureInFile, ReadFile } from '../read-file'
import { CHAPTERS, type Chapter, type TextRoot } from '../roots'
import { assemble } from './assemble'
import { HOUSE } from './names'
import { MAIN, readParts, type WordComment } from './parts'
import { type Counter, type Piece, readBody } from './read-body'
import type { Reading } from './read-runs'
import { mapRoots, throughMarkdown } from './through-markdown'
import { element, readXml } from './xml'
import { type Archive, openArchive } from './zip'

/** Notes worth reading. */
const MAX_NOTES = 500

/**
 * Reads a Word document, ours or anybody's: headings, lists, tables, pictures, links, items and comments with their
 * replies. Nothing in it is followed, run or fetched. Refuses as `openArchive` and `readXml` do.
 */
export function readDocx(bytes: Uint8Array): ReadFile {
  const archive = openArchive(bytes)
  const main = archive.has('[Content_Types].xml') ? archive.read(MAIN) : null
  // A spreadsheet is an archive, too.
  if (!main) throw new Refusal('wrong_type')
  const parts = readParts(archive)
  const body = element(readXml(main), 'w:body')
  if (!body) throw new Refusal('import_unreadable')

  const notes: FileNote[] = []
  const counter: Counter = { number: 0 }
  const note: Reading['note'] = (code, text) => {
    if (notes.length < MAX_NOTES)
      notes.push({ code, line: counter.number, text: text.replace(/\s+/g, ' ').trim().slice(0, 120) })
  }
  const { threadOf, threads } = threadsIn(parts.comments)
  const reading: Reading = { parts, open: new Map(), threadOf, fields: [], note }
  const pieces = readBody(body, reading, counter).filter((piece) => {
    const contents = piece.kind === 'line' && piece.role === 'contents'
    return !contents
  })

  const divided = divide(pieces, note)
  const language = languageOf(divided.properties) ?? guess(divided.texts)
  const assembled = mapRoots((root) =>
    assemble(divided.texts[root], (heading) => Math.min(5, Math.max(3, heading + divided.shift))),
  )
  const read = throughMarkdown(assembled, language) ?? { chapters: assembled, notes: [] }
  for (const one of read.notes) if (notes.length < MAX_NOTES) notes.push(one)
  const known = new Set(threads.map(({ id }) => id))
  const chapters = mapRoots((root) =>
    cleanNodes(read.chapters[root], { notes, threads: known, keepFiles: true }),
  )
  const pictures = picturesIn(archive, chapters, note)
  const placed = place(threads, chapters, divided.lost, note)
  return {
    format: 'docx',
    title: divided.title,
    language,
    properties: divided.properties,
    chapters: withoutMissing(chapters, new Set(pictures.map(({ key }) => key))),
    threads: placed,
    pictures,
    notes: notes.sort((a, b) => a.line - b.line),
  }
}

interface Divided {
  readonly title: string
  readonly properties: readonly Property[]
  readonly texts: Readonly<Record<TextRoot, readonly Piece[]>>
  /** What to add to a heading's level in Word for its level in the page. */
  readonly shift: number
  /** Paragraphs that stand for deleted text, by the threads on them. */
  readonly lost: ReadonlyMap<string, string>
}

/** The frame: title, properties, chapters. A document without our chapters is all preface. */
function divide(pieces: readonly Piece[], note: Reading['note']): Divided {
  let title = ''
  let current: TextRoot = 'preface'
  let shift = 1
  const properties: Property[] = []
  const found = new Set<Chapter>()
  const texts: Record<TextRoot, Piece[]> = mapRoots(() => [])
  const lost = new Map<string, string>()
  for (const piece of pieces) {
    if (piece.kind === 'block') {
      texts[current].push(piece)
      continue
    }
    const words = plainOfNodes(piece.inline).replace(/\s+/g, ' ').trim()
    if (piece.role === 'lost') {
      for (const node of piece.inline)
        for (const thread of threadsOn(node)) lost.set(thread, (lost.get(thread) ?? '') + (node.text ?? ''))
      continue
    }
    const early =
      current === 'preface' && texts.preface.every((one) => one.kind === 'line' && one.inline.length === 0)
    if (
      piece.role === 'title' ||
      (piece.heading === 1 && title === '' && early && chapterOf(words) === null)
    ) {
      if (title === '') title = words
      else if (words !== '') texts[current].push({ ...piece, role: 'body', heading: 2 })
      // Where the title is a heading of the first level, everything else is one level deeper.
      if (piece.heading === 1) shift = 0
      continue
    }
    if (piece.role === 'property') {
      const property = propertyOf(words)
      if (property) {
        properties.push(property)
        continue
      }
    }
    const chapter = piece.heading === 1 || piece.heading === 2 ? chapterOf(words) : null
    if (chapter && !found.has(chapter)) {
      found.add(chapter)
      current = chapter
      if (piece.heading === 2) shift = 0
      continue
    }
    if (chapter) note('chapter_twice', words)
    texts[current].push(piece.role === 'property' ? { ...piece, role: 'body' } : piece)
  }
  for (const chapter of CHAPTERS) if (!found.has(chapter)) note('chapter_missing', chapter)
  return { title, properties, texts, shift, lost }
}

/** The language of most letters. */
function guess(texts: Divided['texts']): Language {
  let han = 0
  let latin = 0
  for (const pieces of Object.values(texts)) {
    for (const piece of pieces) {
      if (piece.kind !== 'line') continue
      const words = plainOfNodes(piece.inline)
      han += words.match(/\p{Script=Han}/gu)?.length ?? 0
      latin += words.match(/\p{Script=Latin}/gu)?.length ?? 0
    }
  }
  // A Chinese word is one or two characters, an English one five.
  return han * 3 > latin ? 'zh' : 'en'
}

/** Threads from Word's comments: replies behind the comment they answer, in their order. */
function threadsIn(comments: ReadonlyMap<string, WordComment>): {
  threadOf(comment: string): string | null
  threads: ThreadForExport[]
} {
  const rootOf = (id: string): string => {
    let at = id
    for (let steps = 0; steps < 100; steps++) {
      const parent = comments.get(at)?.parent
      if (parent === null || parent === undefined || !comments.has(parent)) break
      at = parent
    }
    return at
  }
  const names = new Map<string, string>()
  const said = new Map<string, WordComment[]>()
  for (const [id, comment] of comments) {
    const root = rootOf(id)
    if (!names.has(root)) names.set(root, `thr_${String(names.size).padStart(26, '0')}`)
    said.set(root, [...(said.get(root) ?? []), comment])
  }
  return {
    threadOf: (comment) => (comments.has(comment) ? (names.get(rootOf(comment)) ?? null) : null),
    threads: [...said].map(([root, all]) => {
      const first = comments.get(root)
      const { outcome, reason, left } = outcomeIn(all)
      return {
        id: names.get(root) ?? '',
        anchor: { kind: 'words', root: 'preface', quote: '' },
        resolved: first?.done ?? false,
        outcome,
        reason,
        onDeletedText: false,
        comments: left.map(({ author, at, text }) => ({ author, at, editedAt: null, text })),
      }
    }),
  }
}

/** What our own export said about the end of a thread, as its last comment. */
function outcomeIn(all: readonly WordComment[]): {
  outcome: Outcome | null
  reason: string | null
  left: readonly WordComment[]
} {
  const last = all.at(-1)
  if (all.length < 2 || last?.author !== HOUSE) return { outcome: null, reason: null, left: all }
  const [name = '', ...reason] = last.text.split('\n')
  const outcome = outcomes.find((one) => OUTCOMES[one].includes(name)) ?? null
  if (outcome === null) return { outcome: null, reason: null, left: all }
  return { outcome, reason: reason.join('\n') || null, left: all.slice(0, -1) }
}

/** As `exchange.out_*` says them in both languages; a test holds them equal. */
export const OUTCOMES: Readonly<Record<Outcome, readonly string[]>> = {
  adopted: ['Adopted', '已采纳'],
  rejected: ['Rejected', '未采纳'],
  watch: ['Try and watch', '先试行，再观察'],
}

/** Where the words of each thread stand; those without any keep what they were said about. */
function place(
  threads: readonly ThreadForExport[],
  chapters: ReadFile['chapters'],
  lost: ReadonlyMap<string, string>,
  note: Reading['note'],
): ThreadForExport[] {
  const quotes = new Map<string, { root: TextRoot; quote: string }>()
  for (const root of ['preface', ...CHAPTERS] as const) {
    const only = { ...mapRoots((): readonly NodeJson[] => []), [root]: chapters[root] }
    for (const node of everyNode(only)) {
      for (const thread of threadsOn(node)) {
        const before = quotes.get(thread)
        quotes.set(thread, { root: before?.root ?? root, quote: (before?.quote ?? '') + (node.text ?? '') })
      }
    }
  }
  return threads.map((thread): ThreadForExport => {
    const found = quotes.get(thread.id)
    if (found)
      return { ...thread, anchor: { kind: 'words', root: found.root, quote: found.quote.slice(0, 280) } }
    if (!lost.has(thread.id)) note('comment_unanchored', thread.comments[0]?.text ?? '')
    const quote = (lost.get(thread.id) ?? '').replace(/^—$/, '').slice(0, 280)
    return { ...thread, onDeletedText: true, anchor: { kind: 'words', root: 'preface', quote } }
  })
}

const PICTURE = /\.(png|jpe?g|gif|webp)$/i

function picturesIn(
  archive: Archive,
  chapters: ReadFile['chapters'],
  note: Reading['note'],
): PictureInFile[] {
  const pictures = new Map<string, PictureInFile>()
  for (const node of everyNode(chapters)) {
    const key = node.type === 'image' && typeof node.attrs?.fileId === 'string' ? node.attrs.fileId : null
    if (key === null || pictures.has(key)) continue
    const bytes = PICTURE.test(key) ? archive.read(key) : null
    if (!bytes) {
      note('picture_lost', key.split('/').at(-1) ?? '')
      continue
    }
    pictures.set(key, { key, name: key.split('/').at(-1) ?? 'image', bytes })
  }
  return [...pictures.values()]
}

/** A picture that did not come along is its words. */
function withoutMissing(chapters: ReadFile['chapters'], kept: ReadonlySet<string>): ReadFile['chapters'] {
  const walk = (nodes: readonly NodeJson[]): NodeJson[] =>
    nodes.flatMap((node): NodeJson[] => {
      if (node.type === 'image' && !kept.has(String(node.attrs?.fileId))) {
        const alt = typeof node.attrs?.alt === 'string' ? node.attrs.alt : ''
        return alt === '' ? [] : [{ type: 'paragraph', content: [{ type: 'text', text: alt }] }]
      }
      return [node.content ? { ...node, content: walk(node.content) } : node]
    })
  return mapRoots((root) => walk(chapters[root]))
}
