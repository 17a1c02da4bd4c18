import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import type { FileStore } from '@/lib/commands/file-store'
import { assert } from '@/lib/kit/assert'
import { draftPath, writeDraft } from './drafts'

const HASH = /^[0-9a-f]{64}$/

/** Files in a folder of this machine: `<folder>/ab/ab12…`. `drafts` lies on the same disk. */
export function diskFiles(folder: string, drafts: string): FileStore {
  const pathOf = (sha256: string) => {
    // Hashes come from rows; one that is none would be a path.
    assert(HASH.test(sha256), 'files are named by their hash')
    return join(folder, sha256.slice(0, 2), sha256)
  }
  return {
    receive: (body, most) =>
      writeDraft(drafts, body, most, async (draft) => {
        const path = pathOf(draft.sha256)
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        await rename(draft.path, path)
      }),
    async keep(sha256, bytes) {
      const path = pathOf(sha256)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const draft = await draftPath(drafts)
      try {
        const handle = await open(draft, 'wx', 0o600)
        try {
          await handle.writeFile(bytes)
          await handle.sync()
        } finally {
          await handle.close()
        }
        // Beside and then renamed, so that nobody ever reads half a file.
        await rename(draft, path)
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
    },
    async read(sha256) {
      const path = pathOf(sha256)
      const found = await stat(path).catch(absent)
      if (!found) return null
      const stream = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>
      return { size: found.size, stream }
    },
    async whole(sha256) {
      const bytes = await readFile(pathOf(sha256)).catch(absent)
      return bytes && new Uint8Array(bytes)
    },
    async keptAt(sha256) {
      const found = await stat(pathOf(sha256)).catch(absent)
      return found ? found.mtimeMs : null
    },
    async remove(sha256) {
      await rm(pathOf(sha256), { force: true })
    },
    async *list() {
      for (const part of (await readdir(folder).catch(absent)) ?? []) {
        if (!/^[0-9a-f]{2}$/.test(part)) continue
        for (const sha256 of (await readdir(join(folder, part)).catch(absent)) ?? []) {
          const found = HASH.test(sha256) && (await stat(pathOf(sha256)).catch(absent))
          if (found) yield { sha256, at: found.mtimeMs }
        }
      }
    },
  }
}

/** Nothing there is an answer; a disk that cannot be read is not. */
function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
  throw error
}
