import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import type { FileStore } from '@/lib/commands/file-store'
import type { Config } from '../config'
import { diskFiles } from './disk'
import { clearDrafts } from './drafts'
import { s3Files } from './s3'

/**
 * The file store the configuration asks for. With a bucket, what was kept in a folder before is still read: nothing has
 * to be moved on the day it is set.
 */
export async function openFiles(
  config: Pick<Config, 's3' | 'filesDir'>,
  dataDir: string,
): Promise<FileStore> {
  const folder = config.filesDir === undefined ? join(dataDir, 'files') : resolve(config.filesDir)
  const drafts =
    config.filesDir === undefined ? join(dataDir, 'incoming') : join(folder, 'incoming', whose(dataDir))
  await clearDrafts(drafts)
  const disk = diskFiles(folder, drafts)
  return config.s3 ? over(s3Files(config.s3, drafts), disk) : disk
}

/**
 * Drafts lie on the disk of the files, to be moved into place in one step. In a shared folder each node has its own, the
 * same after a restart: it empties them at the start, and only them.
 */
function whose(dataDir: string): string {
  return createHash('sha256').update(`${hostname()} ${dataDir}`).digest('hex').slice(0, 16)
}

/** New files go to the first; what it does not have is looked for in the second. */
export function over(first: FileStore, second: FileStore): FileStore {
  return {
    receive: first.receive,
    keep: first.keep,
    read: async (sha256) => (await first.read(sha256)) ?? second.read(sha256),
    whole: async (sha256) => (await first.whole(sha256)) ?? second.whole(sha256),
    keptAt: async (sha256) => (await first.keptAt(sha256)) ?? second.keptAt(sha256),
    async remove(sha256) {
      await first.remove(sha256)
      await second.remove(sha256)
    },
    async *list() {
      yield* first.list()
      yield* second.list()
    },
  }
}
