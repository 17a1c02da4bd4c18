import type { Store } from '@/db/store'
import { addDays } from '@/lib/domain/day-text'
import type { Notification } from '@/lib/domain/notification'
import { answersFor, askedAbout, type Reminder, remindersOn } from '@/lib/domain/telling'
import { type Id, newId } from '@/lib/kit/ids'
import type { Services } from './context'
import { tellInboxes } from './notify'

/** As far back as a question about moved words is asked for again, days. */
const ASKED = 31

/**
 * Writes what the calendar reminds of today: reviews that are near, work and decisions that are due, questions nobody
 * has answered. Each at most once, whichever node looks and however often; letters follow from the inbox, to whoever wants
 * them. The day is that of UTC: it says which day something is due, not that it is tomorrow. Answers how many were
 * reminded.
 */
export async function remind({
  store,
  live,
  clock,
}: Pick<Services, 'store' | 'live' | 'clock'>): Promise<number> {
  const now = clock.now()
  const today = new Date(now).toISOString().slice(0, 10)
  const window = { from: today, to: addDays(today, 2) }
  const asked = { from: new Date(now - ASKED * 86_400_000), to: new Date(now) }
  const { reminders } = store.read
  const [reviews, activities, decisions, questions] = await Promise.all([
    reminders.reviews(window),
    reminders.activities(window),
    reminders.decisions(window),
    reminders.questions(asked),
  ])
  const workspaces = new Set(
    [reviews, activities, decisions, questions].flatMap((list) => list.map(({ workspaceId }) => workspaceId)),
  )
  let reminded = 0
  for (const workspaceId of workspaces) {
    const here = <T extends { readonly workspaceId: string }>(list: readonly T[]) =>
      list.filter((one) => one.workspaceId === workspaceId)
    const answering = await answeringIn(store, workspaceId)
    const wanted = remindersOn(today, {
      reviews: here(reviews),
      activities: here(activities),
      decisions: here(decisions),
      impacts: here(questions).map((question) => ({
        ...question,
        asked: question.at.toISOString().slice(0, 10),
        to: askedAbout(question, question.ownerId === null ? answering(question.departmentId) : []),
      })),
    })
    const told = await tell(store, workspaceId, wanted, new Date(now))
    tellInboxes(live, workspaceId, told)
    reminded += told.length
  }
  return reminded
}

/** In one transaction: who was marked as reminded has it in the inbox. */
async function tell(
  store: Store,
  workspaceId: Id<'ws'>,
  wanted: readonly Reminder[],
  at: Date,
): Promise<Id<'mem'>[]> {
  if (wanted.length === 0) return []
  return store.transact(async (tx) => {
    const [present, readers, muted] = await Promise.all([
      tx.members.present(workspaceId),
      tx.members.boardReaders(workspaceId),
      tx.activities.mutes([...new Set(wanted.flatMap(({ activityId }) => activityId ?? []))]),
    ])
    const members = new Set<string>(present)
    const heard = wanted.filter(
      ({ to, boardId, activityId, kind }) =>
        members.has(to) &&
        (boardId === null || readers.has(to)) &&
        // Who does not want to hear of an activity still owes the answer they were asked for.
        (kind === 'impact_waiting' || !muted.has(`${activityId} ${to}`)),
    )
    const taken = await tx.reminders.take(heard, at)
    await tx.notifications.add(
      taken.map(
        ({ to, kind, reviewId, boardId, activityId, subjectId }): Notification => ({
          id: newId('ntf'),
          workspaceId,
          memberId: to,
          kind,
          reviewId,
          boardId,
          activityId,
          subjectId,
          strategyId: null,
          saidId: null,
          threadId: null,
          commentId: null,
          by: null,
          createdAt: at,
          readAt: null,
        }),
      ),
    )
    return taken.map(({ to }) => to)
  })
}

async function answeringIn(
  { read }: Store,
  workspaceId: Id<'ws'>,
): Promise<(departmentId: string) => readonly Id<'mem'>[]> {
  const [staff, members] = await Promise.all([
    read.departments.staff(workspaceId),
    read.members.list(workspaceId),
  ])
  const owners = members.filter(({ role }) => role === 'owner' || role === 'partner').map(({ id }) => id)
  return (departmentId) => answersFor(departmentId, staff, owners)
}
