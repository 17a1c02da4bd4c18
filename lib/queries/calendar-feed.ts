import { createHash } from 'node:crypto'
import type { Services } from '@/lib/commands/context'
import type { Actor } from '@/lib/domain/actor'
import { type FeedEvent, writeCalendar } from '@/lib/domain/calendar-feed'
import type { Language } from '@/lib/domain/language'
import { can } from '@/lib/domain/permissions'
import { words } from '@/lib/i18n/words'

/**
 * The calendar behind a secret address: reviews one takes part in, days on which one's activities and decisions are due.
 * Null: no such address, or its owner is no member any more.
 */
export async function calendarFeed(
  { store, clock, appUrl }: Pick<Services, 'store' | 'clock' | 'appUrl'>,
  token: string,
): Promise<string | null> {
  const { read } = store
  // Also of nonsense: the hash of anything is looked up in the same time.
  const memberId = await read.feeds.byToken(createHash('sha256').update(token.slice(0, 200)).digest('hex'))
  const member = memberId && (await read.members.find(memberId))
  if (!member || member.removedAt !== null) return null
  const workspace = await read.workspaces.find(member.workspaceId)
  const user = await read.users.find(member.userId)
  if (!workspace || !user) return null
  const face = (await read.members.list(workspace.id)).find(({ id }) => id === member.id)
  const actor: Actor = {
    userId: member.userId,
    memberId: member.id,
    workspaceId: workspace.id,
    sessionId: 'ses_feed',
    role: member.role,
    revision: member.revision,
    leads: (face?.departments ?? []).flatMap(({ id, lead }) => (lead ? [id] : [])),
    departments: (face?.departments ?? []).map(({ id }) => id),
  }
  const language: Language = user.locale ?? workspace.language
  const t = words(language)
  const page = `${appUrl}/${workspace.slug}`
  const [reviews, decided, activities] = await Promise.all([
    read.reviews.list(workspace.id),
    read.reviews.decided(workspace.id),
    can(actor, 'board.read') ? read.activities.ofMember(workspace.id, member.id) : [],
  ])
  const events: FeedEvent[] = [
    ...reviews
      .filter(
        (review) =>
          review.heldOn !== null &&
          review.participants.includes(member.id) &&
          can(actor, 'review.read', { kind: 'review', review }),
      )
      .map((review) => ({
        id: review.id,
        on: review.heldOn ?? '',
        title: t('mail.feed_review', { cycle: review.cycle, workspace: workspace.name }),
        about: review.goals,
        link: `${page}/reviews/${review.id}`,
        revision: review.revision,
      })),
    ...activities
      .filter(({ due, ownerId, halt }) => due !== null && ownerId === member.id && halt !== 'stopped')
      .map((activity) => ({
        id: activity.id,
        on: activity.due ?? '',
        title: t('mail.feed_due', { title: activity.title }),
        about: '',
        link: `${page}/boards/${activity.boardId}?card=${activity.id}`,
        revision: activity.revision,
      })),
    ...decided
      .filter(({ due, ownerId, fate }) => due !== null && ownerId === member.id && fate !== 'ignored')
      .map((decision) => ({
        id: decision.id,
        on: decision.due ?? '',
        title: t('mail.feed_decision', { title: decision.title }),
        about: '',
        link: `${page}/reviews/${decision.reviewId}`,
        revision: decision.revision,
      })),
  ]
  return writeCalendar(
    { name: workspace.name, host: new URL(appUrl).host, now: new Date(clock.now()).toISOString() },
    events.sort((a, b) => (a.on < b.on ? -1 : 1)),
  )
}
