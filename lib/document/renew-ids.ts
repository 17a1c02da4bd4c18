import { type Id, isId, newId } from '@/lib/kit/ids'
import type { ThreadForExport } from './exported'
import { adopt } from './items/remap'
import type { Json, NodeJson } from './json'
import type { ReadFile } from './read-file'
import { TEXT_ROOTS, type TextRoot } from './roots'

export interface Renewed {
  readonly chapters: Readonly<Record<TextRoot, readonly NodeJson[]>>
  /** In the file's order, under ids of their own. */
  readonly threads: readonly (Omit<ThreadForExport, 'id'> & { readonly id: Id<'thr'> })[]
}

/**
 * What a file brought, with ids nobody has yet: items, threads and pictures. Whatever names something the file does not
 * have names nothing.
 * @param pictures our file ids by the keys of the file
 */
export function renewIds(
  file: Pick<ReadFile, 'chapters' | 'threads'>,
  pictures: ReadonlyMap<string, string>,
): Renewed {
  const threads = new Map(file.threads.map(({ id }) => [id, newId('thr')]))
  const whole = TEXT_ROOTS.map((root): NodeJson => ({ type: root, content: [...file.chapters[root]] }))
  const before = itemsIn(whole)
  const standing = new Set(before.flatMap(({ attrs }) => (isId('itm', attrs?.id) ? [attrs.id] : [])))
  // Every id of the file counts as taken, so that each is renewed; codes stay, for they are what people cite.
  const adopted = adopt(whole, { newId: () => newId('itm'), standing, foreign: false, keepCodes: true })
  const after = itemsIn(adopted)
  const items = new Map<string, string>()
  before.forEach((item, index) => {
    const now = after[index]?.attrs?.id
    const id = item.attrs?.id
    if (typeof id === 'string' && typeof now === 'string' && !items.has(id)) items.set(id, now)
  })
  const own = new Set(items.values())
  const known = (value: Json | undefined): Json => {
    const kept = Array.isArray(value) ? value.filter((id) => typeof id === 'string' && own.has(id)) : []
    return kept.length > 0 ? kept : null
  }
  const walk = (nodes: readonly NodeJson[]): NodeJson[] =>
    nodes.flatMap((node): NodeJson[] => {
      if (node.type === 'text') return [{ ...node, ...marksOf(node, threads) }]
      const content = node.content ? { content: walk(node.content) } : {}
      if (node.type === 'item')
        return [{ ...node, attrs: { ...node.attrs, feltBy: known(node.attrs?.feltBy) }, ...content }]
      if (node.type === 'itemPart')
        return [{ ...node, attrs: { ...node.attrs, refs: known(node.attrs?.refs) }, ...content }]
      if (node.type === 'image') return picture(node, pictures)
      return [{ ...node, ...content }]
    })
  const chapterAt = (root: TextRoot) => walk(adopted[TEXT_ROOTS.indexOf(root)]?.content ?? [])
  return {
    chapters: {
      preface: chapterAt('preface'),
      situation: chapterAt('situation'),
      difficulties: chapterAt('difficulties'),
      policy: chapterAt('policy'),
      activities: chapterAt('activities'),
    },
    threads: file.threads.map((thread) => {
      const { anchor } = thread
      return {
        ...thread,
        id: threads.get(thread.id) ?? newId('thr'),
        anchor: anchor.kind === 'item' ? { ...anchor, item: items.get(anchor.item) ?? anchor.item } : anchor,
      }
    }),
  }
}

function itemsIn(nodes: readonly NodeJson[]): NodeJson[] {
  return nodes.flatMap((node) => (node.type === 'item' ? [node] : itemsIn(node.content ?? [])))
}

function marksOf(node: NodeJson, threads: ReadonlyMap<string, string>): Pick<NodeJson, 'marks'> {
  if (!node.marks) return {}
  const marks = node.marks.flatMap((mark) => {
    if (mark.type !== 'comment') return [mark]
    const thread = threads.get(String(mark.attrs?.thread))
    return thread === undefined ? [] : [{ ...mark, attrs: { thread } }]
  })
  return { marks }
}

function picture(node: NodeJson, pictures: ReadonlyMap<string, string>): NodeJson[] {
  const fileId = pictures.get(String(node.attrs?.fileId))
  if (fileId !== undefined) return [{ ...node, attrs: { ...node.attrs, fileId } }]
  const alt = typeof node.attrs?.alt === 'string' ? node.attrs.alt.trim() : ''
  return alt === '' ? [] : [{ type: 'paragraph', content: [{ type: 'text', text: alt }] }]
}
