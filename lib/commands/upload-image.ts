import { createHash } from 'node:crypto'
import { imageSize } from 'image-size'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { newId } from '@/lib/kit/ids'
import type { Context } from './context'
import { stillKept } from './sweep-files'

/** A photograph of a whiteboard from a phone fits; a video does not. */
export const MAX_IMAGE_BYTES = 10_000_000
/** Decoded, 40 megapixels are 160 MB in a reader's browser (reliability.md, S8). */
export const MAX_IMAGE_PIXELS = 40_000_000
/** A thousand large pictures; says no before the disk does. */
export const MAX_WORKSPACE_BYTES = 2_000_000_000

const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
}

export interface Uploaded {
  readonly id: string
  /** Pixels. */
  readonly width: number
  readonly height: number
}

/** Keeps a picture for a strategy. What it is, is read from its bytes; name and declared type are not believed. */
export async function uploadImage(
  { actor, store, files }: Context,
  input: { readonly strategyId: string; readonly name: string; readonly bytes: Uint8Array },
): Promise<Uploaded> {
  const strategy = await store.read.strategies.find(input.strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  permit(actor, 'file.upload', { kind: 'strategy', strategy })
  if (input.bytes.byteLength > MAX_IMAGE_BYTES) throw new Refusal('too_large', { max: '10 MB' })
  const { type, width, height } = measurePicture(input.bytes)
  const sha256 = createHash('sha256').update(input.bytes).digest('hex')
  const id = newId('fil')
  // Bytes without a row harm nobody; a row without its bytes must not be seen.
  await files.keep(sha256, input.bytes)
  await store.transact(async (tx) => {
    await stillKept(tx, files, sha256)
    await tx.workspaces.lock(actor.workspaceId)
    const kept = await tx.files.kept(actor.workspaceId)
    if (kept.shown + input.bytes.byteLength > MAX_WORKSPACE_BYTES) throw new Refusal('quota')
    await tx.files.add({
      id,
      workspaceId: actor.workspaceId,
      strategyId: strategy.id,
      uploadedBy: actor.memberId,
      name: input.name.replace(/[\p{Cc}/\\]/gu, '').slice(0, 200) || 'image',
      type,
      size: input.bytes.byteLength,
      sha256,
      width,
      height,
    })
  })
  return { id, width, height }
}

/** What a picture is, read from its bytes alone. Refuses with `wrong_type` or `too_large`. */
export function measurePicture(bytes: Uint8Array): { type: string; width: number; height: number } {
  let found: ReturnType<typeof imageSize>
  try {
    found = imageSize(bytes)
  } catch {
    throw new Refusal('wrong_type')
  }
  const type = types[found.type ?? '']
  if (!type || !(found.width > 0) || !(found.height > 0)) throw new Refusal('wrong_type')
  if (found.width * found.height > MAX_IMAGE_PIXELS) throw new Refusal('too_large', { max: '40 MP' })
  // A photograph lying on its side is shown upright: orientations 5 to 8 swap its sides.
  const turned = (found.orientation ?? 1) >= 5
  return { type, width: turned ? found.height : found.width, height: turned ? found.width : found.height }
}
