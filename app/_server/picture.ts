import 'server-only'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { UserContext } from '@/lib/commands/context'
import { filePath } from '@/lib/commands/upload-image'
import { Refusal } from '@/lib/domain/refusal'
import { readFileRow } from '@/lib/queries/file'

/** The bytes of an uploaded picture. A file's bytes never change, so a browser may keep them. */
export async function readPicture(context: UserContext, fileId: string): Promise<Response> {
  const file = await readFileRow(context, fileId)
  const path = filePath(context.dataDir, file.sha256)
  const found = await stat(path).catch(() => null)
  if (!found) throw new Refusal('not_found')
  return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream, {
    headers: {
      'content-type': file.type,
      'content-length': String(found.size),
      'cache-control': 'private, max-age=31536000, immutable',
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    },
  })
}
