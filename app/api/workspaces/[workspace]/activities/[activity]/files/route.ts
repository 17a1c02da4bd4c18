import { bodyOf, fileNameOf } from '@/app/_server/body'
import { route } from '@/app/_server/route'
import { attachFile } from '@/lib/commands/attach-file'

/**
 * One file as the body, its name (percent-encoded) in `x-file-name`. Answers { value: Attachment, undo }. It is read at
 * `/files/<id>`; the activity lists what it has.
 */
export const POST = route('activity.attach', async ({ context, request, params }) => {
  const declared = request.headers.get('content-length')
  const done = await attachFile(context, {
    activityId: String(params.activity),
    name: fileNameOf(request),
    body: bodyOf(request),
    declared: declared === null ? null : Number(declared),
  })
  return Response.json(done, { status: 201, headers: { 'cache-control': 'private, no-store' } })
})
