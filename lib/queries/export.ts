import * as Y from 'yjs'
import type { FileRow } from '@/db/repositories/files'
import type { Context, Services } from '@/lib/commands/context'
import {
  type ExportedStrategy,
  type PictureForExport,
  pictureIds,
  type ThreadForExport,
  threadOrder,
} from '@/lib/document/exported'
import { propertiesOf } from '@/lib/document/properties'
import { readNodes } from '@/lib/document/read-nodes'
import type { TextRoot } from '@/lib/document/roots'
import { can, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import type { Strategy } from '@/lib/domain/strategy'
import { threadsOfStrategy } from './export-threads'
import { readFileRow } from './file'

/** So much of pictures goes into one file; what is beyond shows as its words. */
const MAX_PICTURE_BYTES = 60_000_000

/** Everything of a strategy that this member may read, for any of the writers. */
export async function strategyForExport(
  context: Context,
  strategyId: string,
  options: { readonly comments: boolean },
): Promise<ExportedStrategy> {
  const { actor, store, live } = context
  const strategy = await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  permit(actor, 'strategy.read', { kind: 'strategy', strategy })
  const state = await live.readDocument(strategy.documentId)
  const content = readContent(state)
  return {
    ...frameOf(context, strategy),
    ...content,
    threads: options.comments
      ? await threadsInOrder(context, strategy.id, content.chapters, can(actor, 'measure.read'))
      : [],
    pictures: await picturesOf(context, content.chapters, (fileId) =>
      readFileRow(context, fileId).catch((error: unknown) => {
        if (error instanceof Refusal) return null
        throw error
      }),
    ),
  }
}

/** Whether the member may read it at all: for the page that offers the formats. */
export async function exportPage(context: Context, strategyId: string) {
  const strategy = await context.store.read.strategies.find(strategyId, context.actor.memberId)
  if (!strategy || !can(context.actor, 'strategy.read', { kind: 'strategy', strategy }))
    throw new Refusal('not_found')
  return { title: strategy.title, language: strategy.language }
}

export function frameOf(
  { clock }: Services,
  strategy: Pick<Strategy, 'title' | 'language'>,
): Pick<ExportedStrategy, 'title' | 'language' | 'at'> {
  return { title: strategy.title, language: strategy.language, at: clock.now() }
}

/** The text and properties of a document's state. */
export function readContent(state: Uint8Array): Pick<ExportedStrategy, 'chapters' | 'properties'> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const read = (root: TextRoot) => readNodes(doc.getXmlFragment(root))
  const content = {
    chapters: {
      preface: read('preface'),
      situation: read('situation'),
      difficulties: read('difficulties'),
      policy: read('policy'),
      activities: read('activities'),
    },
    properties: propertiesOf(doc),
  }
  doc.destroy()
  return content
}

/** The threads whose words stand in this text, as they stand; then those on items and on deleted text. */
export async function threadsInOrder(
  context: Services,
  strategyId: string,
  chapters: ExportedStrategy['chapters'],
  measures: boolean,
): Promise<ThreadForExport[]> {
  const threads = await threadsOfStrategy(context, strategyId, measures)
  const place = new Map(threadOrder(chapters).map((id, index) => [id, index]))
  return threads
    .map((thread) =>
      thread.anchor.kind === 'words' ? { ...thread, onDeletedText: !place.has(thread.id) } : thread,
    )
    .sort((a, b) => (place.get(a.id) ?? place.size) - (place.get(b.id) ?? place.size))
}

/** The pictures of a text with their bytes. `find` says which of them the reader may see. */
export async function picturesOf(
  { files }: Services,
  chapters: ExportedStrategy['chapters'],
  find: (fileId: string) => Promise<FileRow | null>,
): Promise<ReadonlyMap<string, PictureForExport>> {
  const pictures = new Map<string, PictureForExport>()
  let total = 0
  for (const fileId of pictureIds(chapters)) {
    const row = await find(fileId)
    if (!row || row.width === null || row.height === null || total + row.size > MAX_PICTURE_BYTES) continue
    const bytes = await files.whole(row.sha256)
    if (!bytes) continue
    total += row.size
    const { name, type, width, height } = row
    pictures.set(fileId, { fileId, name, type, width, height, bytes })
  }
  return pictures
}
