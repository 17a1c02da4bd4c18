import { z } from 'zod'
import { readZone } from '@/app/_server/appearance'
import { route } from '@/app/_server/route'
import { Refusal } from '@/lib/domain/refusal'
import { dayOf, sentTo, settledCards } from '@/lib/queries/board'

const asked = z.object({ board: z.string().max(40), show: z.enum(['archived', 'trashed', 'sent']) })

/** What is no longer on the board: its archive, its trash, or what the reader asked of it. */
export const GET = route('board.read', async ({ context, request, params }) => {
  const where = asked.safeParse({ ...params, show: new URL(request.url).searchParams.get('show') })
  if (!where.success) throw new Refusal('not_found')
  const { board, show } = where.data
  const headers = { 'cache-control': 'private, no-store' }
  const zone = await readZone()
  if (show === 'sent') {
    const requests = await sentTo(context, board)
    if (!requests) throw new Refusal('not_found')
    return Response.json(
      {
        requests: requests.map(({ id, title, at, answer }) => ({ id, title, day: dayOf(zone, at), answer })),
      },
      { headers },
    )
  }
  const cards = await settledCards(context, board, show)
  if (!cards) throw new Refusal('not_found')
  return Response.json(
    {
      cards: cards.map(({ id, title, columnId, ownerId, changedAt }) => ({
        id,
        title,
        columnId,
        ownerId,
        day: dayOf(zone, changedAt),
      })),
    },
    { headers },
  )
})
