import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Draft, HEAD_BYTES } from '@/lib/commands/file-store'
import { Refusal } from '@/lib/domain/refusal'

/** Empties the folder of drafts: what lies there at the start belongs to uploads a crash cut off. */
export async function clearDrafts(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}

/** A path nobody uses, in a folder that is there. Readable by the owner only, as everything the app keeps. */
export async function draftPath(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return join(folder, randomBytes(12).toString('hex'))
}

/**
 * Writes a stream to a file of its own while counting and hashing it. `keep` is given the path of the whole file and
 * may move it away.
 */
export async function writeDraft(
  folder: string,
  body: AsyncIterable<Uint8Array>,
  most: { readonly bytes: number; readonly words: string },
  keep: (draft: { readonly path: string; readonly sha256: string; readonly size: number }) => Promise<void>,
): Promise<Draft> {
  const path = await draftPath(folder)
  const hash = createHash('sha256')
  const heads: Uint8Array[] = []
  let size = 0
  let headed = 0
  const handle = await open(path, 'wx', 0o600)
  try {
    for await (const piece of body) {
      size += piece.byteLength
      if (size > most.bytes) throw new Refusal('too_large', { max: most.words })
      hash.update(piece)
      if (headed < HEAD_BYTES) {
        const part = piece.slice(0, HEAD_BYTES - headed)
        heads.push(part)
        headed += part.byteLength
      }
      await handle.writeFile(piece)
    }
    // A row must never name bytes that a power cut takes back.
    await handle.sync()
    await handle.close()
  } catch (error) {
    await handle.close().catch(() => undefined)
    await rm(path, { force: true })
    throw error
  }
  const sha256 = hash.digest('hex')
  return {
    sha256,
    size,
    head: new Uint8Array(Buffer.concat(heads)),
    keep: () => keep({ path, sha256, size }),
    discard: () => rm(path, { force: true }),
  }
}
