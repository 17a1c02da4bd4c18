import { fileNameOf, readBody } from '@/app/_server/body'
import { route } from '@/app/_server/route'
import { MAX_IMAGE_BYTES, uploadImage } from '@/lib/commands/upload-image'

/** The picture's bytes as the body, its name (percent-encoded) in `x-file-name`. Answers { id, width, height }. */
export const POST = route('file.upload', async ({ context, request, params }) => {
  const bytes = await readBody(request, MAX_IMAGE_BYTES, '10 MB')
  const name = fileNameOf(request) || 'image'
  const uploaded = await uploadImage(context, { strategyId: String(params.strategy), name, bytes })
  return Response.json(uploaded, { status: 201, headers: { 'cache-control': 'no-store' } })
})
