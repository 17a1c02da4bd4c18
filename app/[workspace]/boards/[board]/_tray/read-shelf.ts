import { z } from 'zod'

const settled = z.object({
  cards: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      columnId: z.string(),
      ownerId: z.string().nullable(),
      /** The day it was put there. */
      day: z.string(),
    }),
  ),
})
export type Settled = z.infer<typeof settled>['cards'][number]

const sent = z.object({
  requests: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      day: z.string(),
      answer: z.discriminatedUnion('state', [
        z.object({ state: z.literal('open') }),
        z.object({ state: z.literal('accepted'), by: z.string(), activityId: z.string() }),
        z.object({ state: z.literal('declined'), by: z.string(), reason: z.string() }),
        z.object({ state: z.literal('withdrawn') }),
      ]),
    }),
  ),
})
export type Sent = z.infer<typeof sent>['requests'][number]

/** What lies in the archive or the trash of a board. Throws when nobody answers. */
export async function readShelf(
  slug: string,
  boardId: string,
  status: 'archived' | 'trashed',
  signal: AbortSignal,
): Promise<readonly Settled[]> {
  return settled.parse(await ask(slug, boardId, status, signal)).cards
}

/** What one asked of this board, the last first. */
export async function readSent(slug: string, boardId: string, signal: AbortSignal): Promise<readonly Sent[]> {
  return sent.parse(await ask(slug, boardId, 'sent', signal)).requests
}

async function ask(slug: string, boardId: string, what: string, signal: AbortSignal): Promise<unknown> {
  const answer = await fetch(`/api/workspaces/${slug}/boards/${boardId}/shelf?show=${what}`, { signal })
  if (!answer.ok) throw new Error(`the shelf answered ${answer.status}`)
  return answer.json()
}
