import { z } from 'zod'
import { readJson } from '@/app/_server/body'
import { route } from '@/app/_server/route'
import { askTicket } from '@/app/_server/ticket'

const asked = z.strictObject({ room: z.string() })

/**
 * Whether the room may be joined, in words: a browser learns nothing about an upgrade that was refused (it sees 1006
 * and no more). Opens nothing by itself; the door judges again. Body { room }, answers { mode }.
 */
export const POST = route('user', async ({ context, request }) => {
  const { room } = await readJson(request, asked)
  const mode = await askTicket(context, room)
  return Response.json({ mode }, { headers: { 'cache-control': 'private, no-store' } })
})
