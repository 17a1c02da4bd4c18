import type { Language } from '@/lib/domain/language'
import type { NamedReaction } from '@/lib/domain/thread'
import type { NodeJson } from './json'
import type { Property } from './markdown/frame'
import { TEXT_ROOTS, type TextRoot } from './roots'

/** A picture of the strategy with its bytes. */
export interface PictureForExport {
  readonly fileId: string
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
  /** Pixels, as it is shown (a photograph lying on its side is measured upright). */
  readonly width: number
  readonly height: number
}

export interface CommentForExport {
  /** The name its author goes by now. */
  readonly author: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly editedAt: number | null
  /** Words as people read them: mentions are names already. Empty when it was deleted. */
  readonly text: string
  /** Who gave which, by name. */
  readonly reactions?: readonly NamedReaction[]
}

export const outcomes = ['adopted', 'rejected', 'watch'] as const
export type Outcome = (typeof outcomes)[number]

export interface ThreadForExport {
  /** As the marks in the text name it. */
  readonly id: string
  readonly anchor:
    | { readonly kind: 'words'; readonly root: TextRoot; readonly quote: string }
    | { readonly kind: 'item'; readonly item: string; readonly part: string | null }
  readonly resolved: boolean
  readonly outcome: Outcome | null
  readonly reason: string | null
  /** When what is tried comes back, YYYY-MM-DD. */
  readonly until?: string | null
  /** What it is watched on, by name. */
  readonly measure?: string | null
  /** The words it stood on are gone. */
  readonly onDeletedText: boolean
  /** In their order; the first began the thread. */
  readonly comments: readonly CommentForExport[]
}

/** Everything a writer needs: no database, no Yjs, and nothing the reader may not see. */
export interface ExportedStrategy {
  readonly title: string
  readonly language: Language
  /** Milliseconds since 1970. */
  readonly at: number
  readonly properties: readonly Property[]
  readonly chapters: Readonly<Record<TextRoot, readonly NodeJson[]>>
  /** In the order in which their words stand in the text; those without words last. */
  readonly threads: readonly ThreadForExport[]
  /** By file id. One the reader may not see is missing here, and shows as its words. */
  readonly pictures: ReadonlyMap<string, PictureForExport>
}

/** The threads whose words a text node is part of. */
export function threadsOn(node: NodeJson): string[] {
  return (node.marks ?? []).flatMap((mark) =>
    mark.type === 'comment' && typeof mark.attrs?.thread === 'string' ? [mark.attrs.thread] : [],
  )
}

/** Every node of the text, in reading order. Depth is limited by the schema's reader. */
export function* everyNode(chapters: Readonly<Record<TextRoot, readonly NodeJson[]>>): Generator<NodeJson> {
  for (const root of TEXT_ROOTS) yield* below(chapters[root])
}

function* below(nodes: readonly NodeJson[]): Generator<NodeJson> {
  for (const node of nodes) {
    yield node
    if (node.content) yield* below(node.content)
  }
}

/** Thread ids in the order in which their words begin. */
export function threadOrder(chapters: Readonly<Record<TextRoot, readonly NodeJson[]>>): string[] {
  const order = new Set<string>()
  for (const node of everyNode(chapters)) for (const thread of threadsOn(node)) order.add(thread)
  return [...order]
}

/** The text node on which each thread ends: where a reference to it is put. */
export function lastTextOf(
  chapters: Readonly<Record<TextRoot, readonly NodeJson[]>>,
): ReadonlyMap<string, NodeJson> {
  const last = new Map<string, NodeJson>()
  for (const node of everyNode(chapters)) for (const thread of threadsOn(node)) last.set(thread, node)
  return last
}

/** File ids of all pictures, each once, in order. */
export function pictureIds(chapters: Readonly<Record<TextRoot, readonly NodeJson[]>>): string[] {
  const ids = new Set<string>()
  for (const node of everyNode(chapters)) {
    if (node.type === 'image' && typeof node.attrs?.fileId === 'string') ids.add(node.attrs.fileId)
  }
  return [...ids]
}

/** The words of inline nodes, a line break as a line end. */
export function plainOfNodes(nodes: readonly NodeJson[]): string {
  return nodes
    .map((node) => node.text ?? (node.type === 'hardBreak' ? '\n' : plainOfNodes(node.content ?? [])))
    .join('')
}
