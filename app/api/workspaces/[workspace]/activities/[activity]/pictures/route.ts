import { bodyOf, fileNameOf } from '@/app/_server/body'
import { route } from '@/app/_server/route'
import { attachFile, detachFile } from '@/lib/commands/attach-file'
import { Refusal } from '@/lib/domain/refusal'

/**
 * A picture for the description: an attachment that the text shows as well. As the strategy's pictures: the bytes as the
 * body, the name (percent-encoded) in `x-file-name`; answers { id, width, height }. What is no picture is taken off again.
 */
export const POST = route('activity.attach', async ({ context, request, params }) => {
  const declared = request.headers.get('content-length')
  const { value } = await attachFile(context, {
    activityId: String(params.activity),
    name: fileNameOf(request),
    body: bodyOf(request),
    declared: declared === null ? null : Number(declared),
  })
  if (value.picture === null) {
    await detachFile(context, { fileId: value.id })
    throw new Refusal('wrong_type')
  }
  return Response.json(
    { id: value.id, ...value.picture },
    { status: 201, headers: { 'cache-control': 'private, no-store' } },
  )
})
