'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { markRead } from '@/lib/commands/mark-read'

const workspace = z.string().max(80)

export const markEntries = action(
  'inbox.read',
  z.strictObject({ workspace, ids: z.array(z.string().max(40)).max(200), read: z.boolean() }),
  async (context, { ids, read }) => {
    await markRead(context, { kind: 'entries', ids, read })
  },
)

/** Whoever opens a review has read what it told them. */
export const markReview = action(
  'inbox.read',
  z.strictObject({ workspace, reviewId: z.string().max(40) }),
  async (context, { reviewId }) => {
    await markRead(context, { kind: 'review', reviewId })
  },
)

export const markAll = action('inbox.read', z.strictObject({ workspace }), async (context) => {
  await markRead(context, { kind: 'all' })
})
