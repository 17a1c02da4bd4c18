import type { Writer } from '@/db/repositories'
import type { ActivityComment } from '@/db/repositories/activities'
import type { Activity } from '@/lib/domain/activity'
import type { BoardRequest } from '@/lib/domain/board-request'
import type { HandOff, HandOffMove } from '@/lib/domain/hand-off'
import { mentionsOf } from '@/lib/domain/mention'
import type { BoardKind, Notification } from '@/lib/domain/notification'
import { answersFor, askedAbout, peopleOf, type Told, toldOfChange, toldOfSpeech } from '@/lib/domain/telling'
import { type Id, newId } from '@/lib/kit/ids'
import type { Click } from './keep-change'

/** A comment that names a hundred people is an announcement; a thousand rows of it would only slow it down. */
const MOST_TOLD = 200

/** What tells of a board needs of a click: whose it is, when, and a list of those whose bell is to ring. */
export type Teller = Pick<Click, 'by' | 'at' | 'told' | 'workspaceId'>

type Place = Pick<Notification, 'boardId' | 'activityId' | 'saidId' | 'subjectId'>

/** What a later word of the same kind takes the place of: a card that is dragged through five columns is one line. */
const newest: readonly BoardKind[] = ['assigned', 'moved', 'due']

/** Writes who is told of changed activities, and takes back what nobody has heard yet when a change is undone. */
export async function tellOfChanges(
  tx: Writer,
  click: Click,
  pairs: readonly { readonly before: Activity | null; readonly after: Activity }[],
): Promise<void> {
  const undone = click.verb === 'undone'
  const news = undone
    ? []
    : pairs.flatMap(({ before, after }) => {
        const told = toldOfChange(before, after, click.by)
        return told.size > 0 ? [{ after, told }] : []
      })
  const about = (undone ? pairs : news).map(({ after }) => after.id)
  if (about.length === 0) return
  const back = await tx.notifications.takeBack({ about: { activityIds: about }, by: click.by, kinds: newest })
  for (const id of back) click.told.add(id)
  if (news.length === 0) return
  // Who is given it again wants to know of it again.
  for (const { after, told } of news)
    for (const [id, kind] of told) if (kind === 'assigned') await tx.activities.mute(after.id, id, false)
  const hear = await hearers(tx, click.workspaceId, about)
  await write(
    tx,
    click,
    news.map(({ after, told }) => ({ ...onBoard(after), told: hear(after.id, told) })),
  )
}

/** Writes who is told of a comment. `before`: an earlier wording, whose mentions have been told. */
export async function tellOfSpeech(
  tx: Writer,
  teller: Teller,
  given: { readonly activity: Activity; readonly comment: ActivityComment; readonly before?: string },
): Promise<void> {
  const { activity, comment, before } = given
  const named = await whoIsNamed(tx, teller.workspaceId, comment.text)
  const already = before === undefined ? [] : await whoIsNamed(tx, teller.workspaceId, before)
  const said = before === undefined ? await tx.activities.comments(activity.id) : []
  const told = toldOfSpeech({
    by: teller.by,
    named: named.filter((id) => !already.includes(id)),
    people: before === undefined ? [...peopleOf(activity), ...said.map(({ memberId }) => memberId)] : [],
  })
  const hear = await hearers(tx, teller.workspaceId, [activity.id])
  await write(tx, teller, [{ ...onBoard(activity), saidId: comment.id, told: hear(activity.id, told) }])
}

/** Writes that somebody is named in a description; once, until they have read it. */
export async function tellOfNaming(
  tx: Writer,
  teller: Teller,
  { activity, named }: { readonly activity: Activity; readonly named: Id<'mem'> },
): Promise<void> {
  // A comment's mention has the comment as what was said: only the description's is about the document itself.
  const place = { ...onBoard(activity), subjectId: activity.documentId }
  if (await tx.notifications.waitsAbout(named, activity.documentId)) return
  const hear = await hearers(tx, teller.workspaceId, [activity.id])
  await write(tx, teller, [{ ...place, told: hear(activity.id, onlyOthers([named], 'mention', teller.by)) }])
}

/**
 * Writes who is told of a step of a hand-off: the other side. Of an offer and of what is delivered that is who works on
 * the activity that needs it, or who answers for its department; of an answer, whose activity gives it.
 */
export async function tellOfHandOff(
  tx: Writer,
  teller: Teller,
  given: {
    readonly handOff: HandOff
    readonly move: HandOffMove
    readonly giving: Activity
    readonly departments: { readonly giver: string; readonly receiver: string }
  },
): Promise<void> {
  const { handOff, move, giving, departments } = given
  const back = await tx.notifications.takeBack({
    about: { subjectId: handOff.id },
    by: null,
    kinds: ['hand_off_offered', 'hand_off_accepted', 'hand_off_declined', 'hand_off_delivered'],
  })
  for (const id of back) teller.told.add(id)
  if (move === 'withdraw') return
  const kinds = {
    offer: 'hand_off_offered',
    accept: 'hand_off_accepted',
    decline: 'hand_off_declined',
    deliver: 'hand_off_delivered',
  } as const
  const forward = move === 'offer' || move === 'deliver'
  const needing = handOff.toActivityId === null ? null : await tx.activities.find(handOff.toActivityId)
  const of = forward ? needing : giving
  const people = of ? peopleOf(of) : []
  const to =
    people.length > 0
      ? people
      : await answering(tx, teller.workspaceId, forward ? departments.receiver : departments.giver)
  const told = onlyOthers(to, kinds[move], teller.by)
  const hear = await hearers(tx, teller.workspaceId, of ? [of.id] : [])
  const place = { ...onBoard(giving), subjectId: handOff.id }
  await write(tx, teller, [{ ...place, told: of ? hear(of.id, told) : hear(null, told) }])
}

/** Writes who is told of a request: who answers for the department; of its answer, who sent it. */
export async function tellOfRequest(
  tx: Writer,
  teller: Teller,
  given: {
    readonly request: BoardRequest
    readonly departmentId: string
    readonly activityId: Id<'act'> | null
  },
): Promise<void> {
  const { request, departmentId, activityId } = given
  const { state } = request.answer
  if (state !== 'open') {
    const back = await tx.notifications.takeBack({
      about: { subjectId: request.id },
      by: null,
      kinds: ['request_received'],
    })
    for (const id of back) teller.told.add(id)
  }
  if (state === 'withdrawn') return
  const told =
    state === 'open'
      ? onlyOthers(await answering(tx, teller.workspaceId, departmentId), 'request_received', teller.by)
      : onlyOthers([request.from], state === 'accepted' ? 'request_accepted' : 'request_declined', teller.by)
  const hear = await hearers(tx, teller.workspaceId, [])
  const place = { boardId: request.boardId, activityId, saidId: null, subjectId: request.id }
  await write(tx, teller, [{ ...place, told: hear(null, told) }])
}

/**
 * Writes who is asked whether their work is still right now that its words have moved, and takes back an older question
 * about the same words that nobody has heard of yet.
 */
export async function tellOfImpact(
  tx: Writer,
  teller: Teller,
  given: {
    readonly impactId: string
    readonly activityIds: readonly Id<'act'>[]
    readonly older: readonly string[]
  },
): Promise<void> {
  for (const subjectId of given.older) {
    const kinds = ['impact_asked', 'impact_waiting'] as const
    for (const id of await tx.notifications.takeBack({ about: { subjectId }, by: null, kinds }))
      teller.told.add(id)
  }
  const [activities, boards, staff, members] = await Promise.all([
    tx.activities.byIds(given.activityIds),
    tx.boards.list(teller.workspaceId),
    tx.departments.staff(teller.workspaceId),
    tx.members.list(teller.workspaceId),
  ])
  const owners = members.filter(({ role }) => role === 'owner' || role === 'partner').map(({ id }) => id)
  const department = new Map(boards.map(({ id, departmentId }) => [id, departmentId]))
  const hear = await hearers(tx, teller.workspaceId, [])
  const news = activities.map((activity) => {
    const answering = answersFor(department.get(activity.boardId) ?? '', staff, owners)
    const told = onlyOthers(askedAbout(activity, answering), 'impact_asked', teller.by)
    return { ...onBoard(activity), subjectId: given.impactId, told: hear(null, told) }
  })
  await write(tx, teller, news)
}

/** It is answered: who has not heard of the question yet need not. */
export async function forgetImpact(tx: Writer, teller: Teller, activityId: Id<'act'>): Promise<void> {
  const kinds = ['impact_asked', 'impact_waiting'] as const
  const back = await tx.notifications.takeBack({ about: { activityIds: [activityId] }, by: null, kinds })
  for (const id of back) teller.told.add(id)
}

function onlyOthers(to: Iterable<Id<'mem'>>, kind: BoardKind, by: string): Told {
  return new Map([...to].filter((id) => id !== by).map((id) => [id, kind]))
}

function onBoard({ id, boardId }: Activity): Place {
  return { boardId, activityId: id, saidId: null, subjectId: null }
}

/**
 * Leaves out who may not read boards now, and who does not want to hear of this activity; who is named is always told,
 * and so is who is given something.
 */
async function hearers(
  tx: Writer,
  workspaceId: string,
  activityIds: readonly string[],
): Promise<(activityId: string | null, told: Told) => Told> {
  const [readers, muted] = await Promise.all([
    tx.members.boardReaders(workspaceId),
    tx.activities.mutes(activityIds),
  ])
  return (activityId, told) =>
    new Map(
      [...told].filter(
        ([id, kind]) =>
          readers.has(id) && (kind === 'mention' || kind === 'assigned' || !muted.has(`${activityId} ${id}`)),
      ),
    )
}

async function answering(
  tx: Writer,
  workspaceId: string,
  departmentId: string,
): Promise<readonly Id<'mem'>[]> {
  const [staff, members] = [await tx.departments.staff(workspaceId), await tx.members.list(workspaceId)]
  const owners = members.filter(({ role }) => role === 'owner' || role === 'partner')
  return answersFor(
    departmentId,
    staff,
    owners.map(({ id }) => id),
  )
}

async function whoIsNamed(tx: Writer, workspaceId: string, text: string): Promise<Id<'mem'>[]> {
  const { members, departments } = mentionsOf(text)
  const staff = departments.length === 0 ? [] : await tx.departments.staff(workspaceId)
  const inThem = staff.filter(({ departmentId }) => departments.some((id) => id === departmentId))
  return [...new Set([...members, ...inThem.map(({ memberId }) => memberId)])]
}

async function write(
  tx: Writer,
  { workspaceId, by, at, told: ring }: Teller,
  news: readonly (Place & { readonly told: Told })[],
): Promise<void> {
  const rows = news.flatMap(({ told, ...place }) =>
    [...told].slice(0, MOST_TOLD).map(
      ([memberId, kind]): Notification => ({
        ...place,
        id: newId('ntf'),
        workspaceId,
        memberId,
        strategyId: null,
        reviewId: null,
        threadId: null,
        commentId: null,
        kind,
        by,
        createdAt: at,
        readAt: null,
      }),
    ),
  )
  await tx.notifications.add(rows)
  for (const { memberId } of rows) ring.add(memberId)
}
