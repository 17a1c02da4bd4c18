import { onlyActive } from '@/lib/domain/activity'
import {
  type Attachment,
  attachmentOf,
  cleanFileName,
  MAX_ATTACHMENT_BYTES,
  MAX_ATTACHMENTS,
  typeOfBytes,
} from '@/lib/domain/attachment'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { newId } from '@/lib/kit/ids'
import { holdActivity } from './board-access'
import { clickOf, type Done } from './change-activities'
import type { Context, Live } from './context'
import type { Draft } from './file-store'
import { changeOf } from './keep-change'
import { limit, limitKey } from './rate-limit'
import { stillKept } from './sweep-files'
import { MAX_WORKSPACE_BYTES, measurePicture } from './upload-image'

/** A folder dropped onto a card, and another one. A script would fill the disk with what it removes again. */
const UPLOADS = { max: 200, seconds: 3600 }
const IN_WORDS = '25 MB'

/**
 * Attaches a file to an activity. Who sends it is asked before a byte is taken, how large it is while they come, what it
 * is of the bytes alone. Refuses `too_large`, `wrong_type` (a program, or a name that makes one), `required` (nothing
 * in it), `too_many`, `quota`, `rate_limited`, `activity_not_active`.
 */
export async function attachFile(
  context: Context,
  input: {
    readonly activityId: string
    readonly name: string
    readonly body: AsyncIterable<Uint8Array>
    /** Bytes the sender promises; null: unknown. */
    readonly declared: number | null
  },
): Promise<Done<Attachment>> {
  const { store, live, clock, files, actor: asked } = context
  const name = cleanFileName(input.name)
  const seen = await store.read.activities.find(input.activityId)
  const board = seen && (await store.read.boards.find(seen.boardId))
  if (!board) throw new Refusal('not_found')
  permit(asked, 'activity.attach', { kind: 'board', board })
  onlyActive(seen)
  if ((input.declared ?? 0) > MAX_ATTACHMENT_BYTES) throw new Refusal('too_large', { max: IN_WORDS })
  await limit(store, limitKey('attach', asked.memberId), UPLOADS, clock.now())
  const draft = await files.receive(input.body, { bytes: MAX_ATTACHMENT_BYTES, words: IN_WORDS })
  try {
    if (draft.size === 0) throw new Refusal('required', { field: 'file' })
    const looks = lookAt(draft)
    // Far away it may take seconds: before anything is held.
    await draft.keep()
    const click = clickOf(context, 'created')
    const attachment = await store.transact(async (tx) => {
      await stillKept(tx, files, draft.sha256)
      // For the quota. The workspace before its boards, here and everywhere.
      await tx.workspaces.lock(asked.workspaceId)
      const { actor, board, activity } = await holdActivity(tx, context, seen.id, 'activity.attach')
      onlyActive(activity)
      if ((await tx.files.ofActivity(activity.id)).length >= MAX_ATTACHMENTS)
        throw new Refusal('too_many', { field: 'files', max: MAX_ATTACHMENTS })
      const kept = await tx.files.kept(actor.workspaceId)
      // What was taken off frees room at once, though it stays for a month: once over, not without end.
      if (kept.shown + draft.size > MAX_WORKSPACE_BYTES || kept.all + draft.size > 2 * MAX_WORKSPACE_BYTES)
        throw new Refusal('quota')
      const row = {
        id: newId('fil'),
        workspaceId: actor.workspaceId,
        strategyId: null,
        activityId: activity.id,
        uploadedBy: actor.memberId,
        name,
        ...looks,
        size: draft.size,
        sha256: draft.sha256,
        revision: 1,
        removedAt: null,
        createdAt: click.at,
      }
      await tx.files.attach([row])
      const told = { boardId: board.id, activityId: activity.id }
      await tx.activities.addChanges([changeOf(click, 'file', { file: null }, row, told)])
      return { row, boardId: board.id }
    })
    tellFiles(live, attachment.boardId, seen.id)
    return { value: attachmentOf(attachment.row), undo: click.id }
  } finally {
    await draft.discard()
  }
}

/** Takes a file off its activity. For a month undo puts it back. */
export async function detachFile(
  context: Context,
  input: { readonly fileId: string },
): Promise<Done<Attachment>> {
  const click = clickOf(context, 'removed')
  const seen = await context.store.read.files.find(input.fileId)
  const activityId = seen?.activityId
  if (!activityId) throw new Refusal('not_found')
  const done = await context.store.transact(async (tx) => {
    const { board, activity } = await holdActivity(tx, context, activityId, 'activity.detach')
    const before = await tx.files.lock(input.fileId)
    if (!before) throw new Refusal('not_found')
    // A second click finds what the first one did, in the archive too.
    if (before.removedAt !== null) return { row: before, boardId: board.id, changed: false }
    onlyActive(activity)
    const row = { ...before, removedAt: click.at, revision: before.revision + 1 }
    await tx.files.save(row)
    await tx.activities.addChanges([
      changeOf(click, 'file', before, row, { boardId: board.id, activityId: activity.id }),
    ])
    return { row, boardId: board.id, changed: true }
  })
  if (!done.changed) return { value: attachmentOf(done.row), undo: null }
  tellFiles(context.live, done.boardId, activityId)
  return { value: attachmentOf(done.row), undo: click.id }
}

function tellFiles(live: Live, boardId: string, activityId: string): void {
  live.publish(boardId, { type: 'beside.changed', boardId, what: 'files', activityId })
}

/** What a file is. One that begins like a picture and is none, or a huge one, is only ever downloaded. */
function lookAt({ head }: Draft): { type: string; width: number | null; height: number | null } {
  const type = typeOfBytes(head)
  const none = { type, width: null, height: null }
  // Text is never a picture: of an SVG the size could be measured, and it would run.
  if (type !== 'application/octet-stream') return none
  try {
    return measurePicture(head)
  } catch (error) {
    if (error instanceof Refusal) return none
    throw error
  }
}
