import type { PictureRow } from '@/db/repositories/files'
import { can } from '@/lib/domain/permissions'
import { newId } from '@/lib/kit/ids'
import type { Context } from './context'

/** Pictures a new strategy shows that belonged to others until now. */
export interface CopiedPictures {
  /** From the file that was shown to the one that will be. */
  readonly instead: ReadonlyMap<string, string>
  /** To be added together with the strategy; the bytes are kept once. */
  readonly rows: readonly PictureRow[]
}

/**
 * Rows of its own for every picture a copied text shows, so that whoever may read the copy sees them, without being
 * let near the strategy they came from. Only what the copier may see: naming a foreign id in a text gives nobody the
 * picture.
 */
export async function copyPictures(
  { actor, store }: Context,
  fileIds: readonly string[],
): Promise<CopiedPictures> {
  const shown = await store.read.files.among(actor.workspaceId, fileIds)
  const own = new Map<string, Promise<boolean>>()
  const mayRead = (strategyId: string): Promise<boolean> => {
    const known =
      own.get(strategyId) ??
      store.read.strategies
        .find(strategyId, actor.memberId)
        .then((strategy) => strategy !== null && can(actor, 'file.read', { kind: 'strategy', strategy }))
    own.set(strategyId, known)
    return known
  }
  const instead = new Map<string, string>()
  const rows: PictureRow[] = []
  for (const { strategyId, width, height, ...file } of shown) {
    if (!strategyId || width === null || height === null || !(await mayRead(strategyId))) continue
    const id = newId('fil')
    instead.set(file.id, id)
    const { workspaceId, name, type, size, sha256 } = file
    rows.push({ id, workspaceId, uploadedBy: actor.memberId, name, type, size, sha256, width, height })
  }
  return { instead, rows }
}
