import type { Writer } from '@/db/repositories'
import type { Store } from '@/db/store'
import { Refusal } from '@/lib/domain/refusal'
import type { FileStore } from './file-store'

const DAY = 86_400_000
/** So long what was taken off an activity can be put back. */
export const KEPT_REMOVED = 30 * DAY
/** Bytes are kept before their row is written; an upload takes minutes, never a day. */
const SETTLED = DAY
const AT_ONCE = 500

/**
 * Holds the bytes under a hash against the sweep until the transaction ends, and refuses with `unavailable` when it
 * has deleted them in the moment between keeping and here. Call it before a row names them, and before any other lock.
 */
export async function stillKept(
  tx: Pick<Writer, 'files'>,
  files: Pick<FileStore, 'keptAt'>,
  sha256: string,
): Promise<void> {
  await tx.files.holdHash(sha256)
  // What another row names is there, and is not asked for: the storage may be far away.
  if ((await tx.files.namedHashes([sha256])).has(sha256)) return
  if ((await files.keptAt(sha256)) === null) throw new Refusal('unavailable')
}

/**
 * Forgets what was taken off an activity long ago, and deletes bytes that no row names: of those, of deleted
 * workspaces, of uploads that a crash cut off. Any node may do it, while people upload.
 */
export async function sweepFiles(
  { store, files }: { readonly store: Store; readonly files: FileStore },
  now: number,
): Promise<{ readonly removed: number }> {
  await store.transact((tx) => tx.files.sweep(new Date(now - KEPT_REMOVED)))
  let removed = 0
  let batch: string[] = []
  for await (const { sha256, at } of files.list()) {
    if (at > now - SETTLED) continue
    batch.push(sha256)
    if (batch.length < AT_ONCE) continue
    removed += await removeUnnamed(batch)
    batch = []
  }
  return { removed: removed + (await removeUnnamed(batch)) }

  async function removeUnnamed(hashes: readonly string[]): Promise<number> {
    const named = await store.read.files.namedHashes(hashes)
    let count = 0
    for (const sha256 of hashes) if (!named.has(sha256) && (await removeOne(sha256))) count += 1
    return count
  }

  async function removeOne(sha256: string): Promise<boolean> {
    return store.transact(async (tx) => {
      await tx.files.holdHash(sha256)
      // Asked again while it is held: somebody may be uploading the very same bytes.
      if ((await tx.files.namedHashes([sha256])).has(sha256)) return false
      const at = await files.keptAt(sha256)
      if (at === null || at > now - SETTLED) return false
      await files.remove(sha256)
      return true
    })
  }
}
