import 'server-only'
import { type FileToImport, MAX_FILE_BYTES } from '@/lib/commands/import-file'
import { fileNameOf, readBody } from './body'

/** A file sent as the body, its name (percent-encoded) in `x-file-name`. `dry`: only to be looked at. */
export async function readFileBody(request: Request): Promise<FileToImport & { readonly dry: boolean }> {
  const bytes = await readBody(request, MAX_FILE_BYTES, '30 MB')
  const dry = new URL(request.url).searchParams.has('dry')
  return { name: fileNameOf(request).slice(0, 300), bytes, dry }
}
