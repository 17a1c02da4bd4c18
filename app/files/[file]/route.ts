import { readKeptFile } from '@/app/_server/kept-file'
import { route } from '@/app/_server/route'

/** A picture or an attachment. With `?download` a picture is downloaded, too. */
export const GET = route('user', ({ context, request, params }) =>
  readKeptFile(context, String(params.file), request),
)
