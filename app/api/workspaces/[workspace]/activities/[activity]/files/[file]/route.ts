import { route } from '@/app/_server/route'
import { detachFile } from '@/lib/commands/attach-file'

/** Takes a file off its activity. Answers { value: Attachment, undo }. */
export const DELETE = route('activity.detach', async ({ context, params }) =>
  Response.json(await detachFile(context, { fileId: String(params.file) }), {
    headers: { 'cache-control': 'private, no-store' },
  }),
)
