import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import type { Writer } from '@/db/repositories'
import type { PictureRow } from '@/db/repositories/files'
import { documentFromMarkdown } from '@/lib/document/build'
import { anchorsOf } from '@/lib/document/comments/anchors'
import { countFile } from '@/lib/document/count-file'
import { pictureIds } from '@/lib/document/exported'
import type { FileCounts, FileFormat, FileNote, ReadFile } from '@/lib/document/read-file'
import { type Renewed, renewIds } from '@/lib/document/renew-ids'
import type { Language } from '@/lib/domain/language'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { MAX_TITLE, type Strategy } from '@/lib/domain/strategy'
import { MAX_COMMENT, MAX_QUOTE, MAX_REASON, type Thread } from '@/lib/domain/thread'
import { newId } from '@/lib/kit/ids'
import type { Context } from './context'
import { copyPictures } from './copy-pictures'
import { addStrategy } from './create-strategy'
import { limit, limitKey } from './rate-limit'
import { MAX_IMAGE_BYTES, MAX_WORKSPACE_BYTES, measurePicture } from './upload-image'

/** A Word document with photographs; unpacked it may hold 50 MB. */
export const MAX_FILE_BYTES = 30_000_000
/** Reading a file takes a thread for a second: enough for somebody who tries a folder of them. */
const READINGS = { max: 60, seconds: 600 }

export interface FileToImport {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What an import would create, and what of the file it would not. */
export interface DryRun {
  readonly format: FileFormat
  readonly title: string
  readonly language: Language | null
  readonly counts: FileCounts
  readonly notes: readonly FileNote[]
}

/** Reads a file and says what an import would make of it. Creates nothing. */
export async function tryImport(context: Context, file: FileToImport): Promise<DryRun> {
  permit(context.actor, 'strategy.create')
  const { read } = await readWhole(context, file)
  return {
    format: read.format,
    title: read.title,
    language: read.language,
    counts: countFile(read),
    notes: read.notes,
  }
}

/** The same file as a new strategy: words, items, pictures and comments in one transaction, or nothing at all. */
export async function importFile(
  context: Context,
  file: FileToImport,
  input: { readonly language: Language },
): Promise<Strategy> {
  const { actor, store, clock, files } = context
  permit(actor, 'strategy.create')
  const { read, pictures } = await readWhole(context, file)
  const size = pictures.reduce((sum, { row }) => sum + row.size, 0)
  if (size > 0 && (await store.read.files.kept(actor.workspaceId)).shown + size > MAX_WORKSPACE_BYTES)
    throw new Refusal('quota')
  // Bytes without a row harm nobody; a row without its bytes must not be seen.
  for (const { row, bytes } of pictures) if (bytes) await files.keep(row.sha256, bytes)
  const renewed = renewIds(read, new Map(pictures.map(({ key, row }) => [key, row.id])))
  const update = documentFromMarkdown({ chapters: renewed.chapters, properties: read.properties })
  const title = read.title.trim() || file.name.replace(/\.[a-z0-9]+$/i, '') || '?'
  return addStrategy(context, {
    title: [...title].slice(0, MAX_TITLE).join(''),
    language: read.language ?? input.language,
    update,
    pictures: pictures.map(({ row }) => row),
    also: (tx, strategy) => addThreads(tx, context, strategy, { renewed, update, now: clock.now() }),
  })
}

interface Picture {
  readonly key: string
  /** Null: they are kept already, for another strategy of this workspace. */
  readonly bytes: Uint8Array | null
  readonly row: PictureRow
}

/** The file read, and its pictures judged like any that are uploaded. One that is none is its words. */
export async function readWhole(
  context: Context,
  file: FileToImport,
): Promise<{ read: ReadFile; pictures: readonly Picture[] }> {
  const { actor, store, exchange, clock } = context
  if (file.bytes.byteLength > MAX_FILE_BYTES) throw new Refusal('too_large', { max: '30 MB' })
  await limit(store, limitKey('import', actor.memberId), READINGS, clock.now())
  const read = await exchange.read(file)
  const pictures: Picture[] = []
  const notes = [...read.notes]
  for (const { key, name, bytes } of read.pictures) {
    try {
      if (bytes.byteLength > MAX_IMAGE_BYTES) throw new Refusal('too_large')
      const { type, width, height } = measurePicture(bytes)
      const row = {
        id: newId('fil'),
        workspaceId: actor.workspaceId,
        uploadedBy: actor.memberId,
        name: name.replace(/[\p{Cc}/\\]/gu, '').slice(0, 200) || 'image',
        type,
        size: bytes.byteLength,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        width,
        height,
      }
      pictures.push({ key, bytes, row })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      notes.push({ code: 'picture_lost', line: 0, text: name })
    }
  }
  // A file taken out of this workspace names its pictures by their ids here.
  const brought = new Set(read.pictures.map(({ key }) => key))
  const named = pictureIds(read.chapters).filter((id) => !brought.has(id))
  const copied = await copyPictures(context, named)
  const rows = new Map(copied.rows.map((row) => [row.id, row]))
  for (const key of named) {
    const row = rows.get(copied.instead.get(key) as PictureRow['id'])
    if (row) pictures.push({ key, bytes: null, row })
    else notes.push({ code: 'picture_lost', line: 0, text: '' })
  }
  return { read: { ...read, notes }, pictures }
}

/** Threads as rows. Their comments belong to whoever imports them, under the names the file gives. */
async function addThreads(
  tx: Writer,
  { actor, user }: Context,
  strategy: Strategy,
  given: { readonly renewed: Renewed; readonly update: Uint8Array; readonly now: number },
): Promise<void> {
  const { renewed, now } = given
  if (renewed.threads.length === 0) return
  const doc = new Y.Doc()
  Y.applyUpdate(doc, given.update)
  const anchors = anchorsOf(doc)
  doc.destroy()
  const measures = renewed.threads.some(({ measure }) => measure)
    ? await tx.measures.list(strategy.workspaceId)
    : []
  for (const thread of renewed.threads) {
    const comments = thread.comments.filter(({ text }) => text.trim() !== '')
    if (comments.length === 0) continue
    const at = new Date(timeOf(comments[0]?.at ?? now, now))
    const { anchor } = thread
    const found = anchor.kind === 'item' ? anchors.items.get(anchor.item) : anchors.threads.get(thread.id)
    const row: Thread = {
      id: thread.id,
      workspaceId: strategy.workspaceId,
      strategyId: strategy.id,
      anchor:
        anchor.kind === 'item'
          ? { kind: 'item', root: 'preface', quote: '', itemId: anchor.item, part: anchor.part }
          : {
              kind: 'words',
              root: anchor.root,
              quote: anchor.quote.slice(0, MAX_QUOTE),
              itemId: null,
              part: null,
            },
      positioning: false,
      onDeletedText: !found,
      standing: { state: 'open' },
      revision: 1,
      createdBy: actor.memberId,
      createdAt: at,
    }
    await tx.threads.add(row)
    if (found) {
      const part = anchor.kind === 'item' ? anchor.part : found.part
      await tx.threads.found({ ...found, id: thread.id, part })
    }
    for (const { author, at: said, text, editedAt, reactions } of comments) {
      await tx.threads.addComment({
        id: newId('com'),
        threadId: thread.id,
        memberId: actor.memberId,
        text: withoutMentions(text).slice(0, MAX_COMMENT),
        importedAuthor: author === user.name ? null : author.slice(0, 200) || '?',
        createdAt: new Date(timeOf(said, now)),
        editedAt: editedAt === null ? null : new Date(timeOf(editedAt, now)),
        importedReactions: reactions && reactions.length > 0 ? reactions : null,
        deletedAt: null,
      })
    }
    if (thread.resolved) {
      const measure = thread.measure ? measures.find(({ name }) => name === thread.measure) : undefined
      // A measure nobody has here is at least named.
      const on = thread.measure && !measure ? ` (${thread.measure})` : ''
      const reason = `${thread.reason ?? ''}${on}`.trim().slice(0, MAX_REASON)
      const outcome =
        thread.outcome === null
          ? null
          : thread.outcome === 'adopted'
            ? { kind: 'adopted' as const, reason: reason || null }
            : thread.outcome === 'rejected'
              ? { kind: 'rejected' as const, reason }
              : {
                  kind: 'watch' as const,
                  reason,
                  until: thread.until ?? '',
                  measureId: measure?.id ?? null,
                }
      await tx.threads.save(
        { ...row, standing: { state: 'resolved', by: actor.memberId, at: new Date(now), outcome } },
        new Date(now),
      )
    }
  }
}

/** A file may say any time; nobody has said anything tomorrow. */
function timeOf(at: number, now: number): number {
  return at > 0 && at <= now ? at : now
}

/** A file names nobody here: what looks like a mention of ours becomes plain words. */
function withoutMentions(text: string): string {
  return text.replace(/@\[([^\][\n]{1,160})\]\((?:mem|dep)_[0-9a-z]{26}\)/g, '@$1')
}
