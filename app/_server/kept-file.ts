import 'server-only'
import type { FileRow } from '@/db/repositories/files'
import type { UserContext } from '@/lib/commands/context'
import { pictureTypes } from '@/lib/domain/attachment'
import { Refusal } from '@/lib/domain/refusal'
import { readFileRow } from '@/lib/queries/file'

/**
 * The bytes of a picture or an attachment. Only what was found to be a picture is shown by a browser; everything else is
 * downloaded as bytes of no kind, whatever it says it is. The server adds `nosniff` and a policy that lets a file of
 * ours run nothing (lib/server/request.ts).
 */
export async function readKeptFile(
  context: UserContext,
  fileId: string,
  request: Request,
): Promise<Response> {
  const file = await readFileRow(context, fileId)
  const headers = headersOf(file, new URL(request.url).searchParams.has('download'))
  if (request.headers.get('if-none-match') === headers.etag)
    return new Response(null, { status: 304, headers })
  const kept = await context.files.read(file.sha256)
  if (!kept) throw new Refusal('not_found')
  return new Response(kept.stream, { headers: { ...headers, 'content-length': String(kept.size) } })
}

function headersOf(file: FileRow, download: boolean) {
  const shown = file.width !== null && pictureTypes.has(file.type)
  const name = encodeURIComponent(file.name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  )
  return {
    'content-type': shown ? file.type : 'application/octet-stream',
    'content-disposition': `${shown && !download ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    // The bytes under an id never change, so a picture of a text may be kept. An attachment may be taken off: whoever
    // shows it again asks whether it is still theirs to see.
    'cache-control': file.activityId === null ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    etag: `"${file.sha256}"`,
  }
}
