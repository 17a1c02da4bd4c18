import { sentWords } from '@/app/_i18n/words'
import { route } from '@/app/_server/route'
import { movedWork } from '@/lib/queries/moved'

/** The cards whose words have moved and that nobody has answered for, and the words to ask with. */
export const GET = route('workspace.read', async ({ context }) => {
  const moved = await movedWork(context)
  const words = moved.length === 0 ? {} : await sentWords(['coherence.impact_*'])
  return Response.json({ moved, words }, { headers: { 'cache-control': 'private, no-store' } })
})
