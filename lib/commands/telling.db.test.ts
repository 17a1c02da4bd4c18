import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { PREFACE } from '@/lib/document/roots'
import { mentionToken } from '@/lib/domain/mention'
import { sayTold } from '@/lib/i18n/say-told'
import { words } from '@/lib/i18n/words'
import { must } from '@/lib/kit/assert'
import { activityPanel } from '@/lib/queries/activity'
import { inbox, unreadCount } from '@/lib/queries/inbox'
import { type House, house, staff } from '@/lib/testing/builders'
import { answerRequest } from './answer-request'
import { changeMany } from './change-many'
import { changeRole } from './change-role'
import type { Context } from './context'
import { createActivity } from './create-activity'
import { editActivity } from './edit-activity'
import { mailNotifications } from './mail-notifications'
import { markRead } from './mark-read'
import { moveActivity } from './move-activity'
import { nameInDescription } from './name-in-description'
import { offerHandOff } from './offer-hand-off'
import { removeMember } from './remove-member'
import { sendRequest } from './send-request'
import { setPreferences } from './set-preferences'
import { settleActivity } from './settle-activities'
import { speakOfActivity } from './speak-of-activity'
import { stepTheHandOff } from './step-hand-off'
import { undoChange } from './undo-change'
import { watchActivity } from './watch-activity'

let home: House
beforeAll(async () => {
  home = await house({ delivers: true })
})
afterAll(() => home.close())

async function company() {
  const owner = await home.workspace()
  const boards = await home.store.read.boards.list(owner.actor.workspaceId)
  const [product, marketing] = [must(boards[0], 'product'), must(boards[1], 'marketing')]
  const [columns, theirs] = [
    await home.store.read.boards.columns([product.id]),
    await home.store.read.boards.columns([marketing.id]),
  ]
  const join = async (name: string, departmentId: string | null, lead = false) => {
    const member = await home.member(owner, 'member', name)
    if (departmentId) await staff(home.store, departmentId, member.actor.memberId, lead)
    return home.again(member)
  }
  const people = {
    ines: await join('Ines', product.departmentId),
    tomas: await join('Tomas', product.departmentId),
    priya: await join('Priya', product.departmentId, true),
    mark: await join('Mark', marketing.departmentId),
    mona: await join('Mona', marketing.departmentId, true),
  }
  const end = (column: { id: string } | undefined) => ({
    columnId: must(column, 'a column').id,
    after: null,
    before: null,
  })
  const { value: activity } = await createActivity(people.ines, {
    boardId: product.id,
    to: end(columns[0]),
    title: 'Ask ten customers',
    fields: { ownerId: people.ines.actor.memberId, watchers: [people.mark.actor.memberId] },
  })
  return { owner, ...people, product, marketing, activity, end, columns, theirs }
}

const t = words('en')
/** The sentences in somebody's inbox, the newest first. */
async function told(who: Context): Promise<string[]> {
  const { entries } = await inbox(who)
  return entries.map(({ by, kind, of }) => sayTold({ t, language: 'en' }, by?.name ?? '?', kind, of))
}
const say = (by: Context, activityId: string, text: string) =>
  speakOfActivity(by, { speech: { do: 'say', activityId, text } })
const tokenFor = (who: Context) => mentionToken({ id: who.actor.memberId, name: who.user.name })

beforeEach(() => home.pass(1_000))

describe('being named in a description', () => {
  /** Writes a link to somebody, as the list of people does. */
  const write = (by: Context, documentId: string, memberId: string) =>
    home.live.edit(documentId, { userId: by.user.id, sessionId: by.sessionId }, (doc) => {
      const words = new Y.XmlText()
      words.insert(0, '@Mona', { link: { href: `https://here.example/w/settings/members#${memberId}` } })
      const line = new Y.XmlElement('paragraph')
      line.insert(0, [words])
      doc.getXmlFragment(PREFACE).push([line])
    })

  test('is told once until it is read, leads to the activity, and repeats no words', async () => {
    const { tomas, mona, activity } = await company()
    const mem = mona.actor.memberId
    // Whose name is not there hears nothing, whoever says so.
    expect(await nameInDescription(tomas, { activityId: activity.id, memberId: mem })).toBe(false)
    expect(await told(mona)).toEqual([])
    await write(tomas, activity.documentId, mem)
    expect(await nameInDescription(tomas, { activityId: activity.id, memberId: mem })).toBe(true)
    expect(await told(mona)).toEqual(['Tomas named you on “Ask ten customers”'])
    expect((await inbox(mona)).entries[0]).toMatchObject({
      speech: false,
      words: null,
      where: { activityId: activity.id },
    })
    await nameInDescription(tomas, { activityId: activity.id, memberId: mem })
    expect(await told(mona)).toHaveLength(1)
    await markRead(mona, { kind: 'activity', activityId: activity.id })
    await nameInDescription(tomas, { activityId: activity.id, memberId: mem })
    expect(await told(mona)).toHaveLength(2)
  })

  test('tells nobody of oneself, of a board one may not read, or from outside the department', async () => {
    const { owner, tomas, mark, activity } = await company()
    await write(tomas, activity.documentId, tomas.actor.memberId)
    await nameInDescription(tomas, { activityId: activity.id, memberId: tomas.actor.memberId })
    expect(await told(tomas)).toEqual([])
    const adviser = await home.member(owner, 'adviser', 'Ada')
    await write(tomas, activity.documentId, adviser.actor.memberId)
    await nameInDescription(tomas, { activityId: activity.id, memberId: adviser.actor.memberId })
    expect(await told(adviser)).toEqual([])
    await expect(
      nameInDescription(mark, { activityId: activity.id, memberId: tomas.actor.memberId }),
    ).rejects.toMatchObject({ code: 'not_allowed' })
    expect(await told(tomas)).toEqual([])
  })
})

describe('comments on an activity', () => {
  test('are told to whose it is, who watches, who spoke before and who is named; never to who spoke', async () => {
    const { ines, tomas, priya, mark, mona, activity } = await company()
    await say(tomas, activity.id, `First. ${tokenFor(mona)}, can you?`)
    home.pass(1_000)
    await say(priya, activity.id, 'Second.')
    expect(await told(ines)).toEqual([
      'Priya commented on “Ask ten customers”',
      'Tomas commented on “Ask ten customers”',
    ])
    expect(await told(mark)).toHaveLength(2)
    expect(await told(mona)).toEqual(['Tomas named you on “Ask ten customers”'])
    expect(await told(tomas)).toEqual(['Priya commented on “Ask ten customers”'])
    expect(await told(priya)).toEqual([])
    expect((await inbox(mona)).entries[0]).toMatchObject({
      words: 'First. @Mona, can you?',
      where: { in: 'board', department: { kind: 'product' }, activityId: activity.id },
    })
    const bells = home.told.events.filter(({ event }) => event.type === 'inbox.changed')
    expect(JSON.stringify(bells)).not.toContain('First')
  })

  test('another wording tells only who is newly named; what is taken back loses its words', async () => {
    const { ines, tomas, mona, priya, activity } = await company()
    const { id } = await say(tomas, activity.id, `${tokenFor(mona)} look`)
    await speakOfActivity(tomas, {
      speech: { do: 'edit', commentId: id, text: `${tokenFor(mona)} ${tokenFor(priya)} look again` },
    })
    expect(await told(mona)).toHaveLength(1)
    expect(await told(priya)).toEqual(['Tomas named you on “Ask ten customers”'])
    expect(await told(ines)).toHaveLength(1)
    await speakOfActivity(tomas, { speech: { do: 'delete', commentId: id } })
    expect((await inbox(mona)).entries[0]?.words).toBeNull()
  })

  test('a department that is named hears of it, a stranger’s id names nobody', async () => {
    const { tomas, mark, mona, marketing, activity } = await company()
    const elsewhere = await home.workspace('Elsewhere')
    const department = mentionToken({ id: marketing.departmentId, name: 'Marketing' })
    await say(tomas, activity.id, `${department} and ${tokenFor(elsewhere)}`)
    for (const who of [mark, mona])
      expect(await told(who)).toEqual(['Tomas named you on “Ask ten customers”'])
    expect(await told(elsewhere)).toEqual([])
  })
})

describe('changes of an activity', () => {
  test('a card dragged through columns is one line, and undo takes it back', async () => {
    const { ines, tomas, mark, activity, end, columns } = await company()
    const move = (i: number) => moveActivity(tomas, { activityId: activity.id, to: end(columns[i]) })
    await move(1)
    const { undo } = await move(2)
    for (const who of [ines, mark])
      expect(await told(who)).toEqual(['Tomas moved “Ask ten customers”. It lies in Doing now'])
    await undoChange(tomas, { changeId: must(undo, 'moved') })
    expect(await told(ines)).toEqual([])
    expect(await unreadCount(mark)).toBe(0)
  })

  test('what was read stays said, and the next move is news again', async () => {
    const { ines, tomas, activity, end, columns } = await company()
    await moveActivity(tomas, { activityId: activity.id, to: end(columns[1]) })
    const waiting = async () => must(await activityPanel(ines, activity.id, 'UTC'), 'readable').waiting
    expect(await waiting()).toBe(1)
    await markRead(ines, { kind: 'activity', activityId: activity.id })
    expect(await waiting()).toBe(0)
    expect(await unreadCount(ines)).toBe(0)
    home.pass(1_000)
    await moveActivity(tomas, { activityId: activity.id, to: end(columns[2]) })
    expect(await told(ines)).toHaveLength(2)
    expect(await unreadCount(ines)).toBe(1)
  })

  test('another day, another owner, many at once', async () => {
    const { ines, tomas, priya, activity } = await company()
    await editActivity(tomas, { activityId: activity.id, fields: { due: '2026-09-01' } })
    expect(await told(ines)).toEqual([
      'Tomas changed the day of “Ask ten customers”. It is due on September 1, 2026 now',
    ])
    await changeMany(tomas, {
      activityIds: [activity.id],
      change: { do: 'edit', fields: { ownerId: priya.actor.memberId } },
    })
    expect(await told(priya)).toEqual(['Tomas put you down for “Ask ten customers”'])
    await settleActivity(tomas, { activityId: activity.id, status: 'archived' })
    expect(await told(priya)).toHaveLength(1)
  })

  test('watching can be switched off, by an owner too; who is named or given it again hears of it', async () => {
    const { ines, tomas, mark, activity, end, columns } = await company()
    const hears = async (who: Context) => must(await activityPanel(who, activity.id, 'UTC'), 'readable').hears
    expect([await hears(ines), await hears(mark), await hears(tomas)]).toEqual([true, true, false])
    for (const who of [ines, mark]) await watchActivity(who, { activityId: activity.id, watch: false })
    expect([await hears(ines), await hears(mark)]).toEqual([false, false])
    await moveActivity(tomas, { activityId: activity.id, to: end(columns[1]) })
    await say(tomas, activity.id, 'Anybody?')
    expect([...(await told(ines)), ...(await told(mark))]).toEqual([])
    await say(tomas, activity.id, `${tokenFor(ines)}?`)
    expect(await told(ines)).toEqual(['Tomas named you on “Ask ten customers”'])
    await editActivity(tomas, { activityId: activity.id, fields: { ownerId: null } })
    await editActivity(tomas, { activityId: activity.id, fields: { ownerId: ines.actor.memberId } })
    expect(await hears(ines)).toBe(true)
    await watchActivity(mark, { activityId: activity.id, watch: true })
    await moveActivity(tomas, { activityId: activity.id, to: end(columns[2]) })
    expect(await told(mark)).toHaveLength(1)
  })
})

describe('hand-offs and requests', () => {
  test('an offer goes to who answers for the department, its answers to whose activity gives it', async () => {
    const { ines, tomas, mark, mona, marketing, activity } = await company()
    const { value } = await offerHandOff(tomas, {
      fromActivityId: activity.id,
      toBoardId: marketing.id,
      toActivityId: null,
      title: 'A list of quotes',
      due: null,
    })
    expect(await told(mona)).toEqual([
      'Tomas offers you “A list of quotes”, which comes from “Ask ten customers”',
    ])
    expect(await told(mark)).toEqual([])
    await stepTheHandOff(mona, { handOffId: value.id, move: 'decline', reason: 'Not this quarter.' })
    expect(await told(mona)).toEqual([])
    expect(await told(ines)).toEqual(['Mona declined “A list of quotes”, which “Ask ten customers” gives'])
    expect((await inbox(ines)).entries[0]?.words).toBe('Not this quarter.')
    home.pass(1_000)
    await stepTheHandOff(tomas, { handOffId: value.id, move: 'offer' })
    await stepTheHandOff(mona, { handOffId: value.id, move: 'accept' })
    expect((await told(ines))[0]).toBe('Mona accepted “A list of quotes”, which “Ask ten customers” gives')
    await stepTheHandOff(tomas, { handOffId: value.id, move: 'deliver' })
    expect(await told(mona)).toEqual([
      'Tomas delivered “A list of quotes”, which comes from “Ask ten customers”',
    ])
  })

  test('a withdrawn or undone offer leaves no line nobody can act on', async () => {
    const { tomas, mona, marketing, activity } = await company()
    const offer = () =>
      offerHandOff(tomas, {
        fromActivityId: activity.id,
        toBoardId: marketing.id,
        toActivityId: null,
        title: 'Quotes',
        due: null,
      })
    await stepTheHandOff(tomas, { handOffId: (await offer()).value.id, move: 'withdraw' })
    await undoChange(tomas, { changeId: must((await offer()).undo, 'offered') })
    expect(await told(mona)).toEqual([])
  })

  test('a request is told to the leads, its answer to who sent it', async () => {
    const { ines, mark, mona, marketing, end, theirs } = await company()
    const ask = (title: string) =>
      sendRequest(ines, { boardId: marketing.id, title, text: 'For the fair.', due: null })
    const first = await ask('A flyer')
    expect(await told(mona)).toEqual(['Ines asks your department for “A flyer”'])
    expect((await inbox(mona)).entries[0]).toMatchObject({
      words: 'For the fair.',
      where: { activityId: null },
    })
    expect(await told(mark)).toEqual([])
    const { value } = await answerRequest(mark, {
      requestId: first.id,
      answer: { do: 'accept', to: end(theirs[0]) },
    })
    expect(await told(mona)).toEqual([])
    expect(await told(ines)).toEqual(['Mark accepted your request “A flyer”'])
    expect((await inbox(ines)).entries[0]?.where).toMatchObject({ activityId: value.activity?.id })
    const second = await ask('A film')
    const declined = await answerRequest(mona, {
      requestId: second.id,
      answer: { do: 'decline', reason: 'Too late.' },
    })
    expect(await told(ines)).toContain('Mona declined your request “A film”')
    await undoChange(mona, { changeId: must(declined.undo, 'answered') })
    expect(await told(ines)).toHaveLength(1)
  })
})

describe('who may not read boards any more', () => {
  test('is told nothing new, sees nothing old, and gets no letter', async () => {
    const { owner, tomas, mark, ines, activity, end, columns } = await company()
    await mailNotifications(owner, 0)
    home.told.letters.splice(0)
    await moveActivity(tomas, { activityId: activity.id, to: end(columns[1]) })
    expect(await unreadCount(mark)).toBe(1)
    await changeRole(owner, { memberId: mark.actor.memberId, role: 'adviser' })
    const adviser = await home.again(mark)
    expect(await told(adviser)).toEqual([])
    expect(await unreadCount(adviser)).toBe(0)
    await say(tomas, activity.id, `${tokenFor(mark)} and all`)
    await removeMember(owner, { memberId: ines.actor.memberId })
    await say(tomas, activity.id, 'More')
    home.pass(3_600_000)
    await mailNotifications(owner)
    expect(home.told.letters.map(({ to }) => to)).toEqual([])
  })
})

describe('letters', () => {
  test('one for all boards, in the reader’s language, with the way to each activity', async () => {
    const { owner, ines, tomas, activity, end, columns, product } = await company()
    await mailNotifications(owner, 0)
    home.told.letters.splice(0)
    await setPreferences(ines, { language: 'zh' })
    const { value: other } = await createActivity(tomas, {
      boardId: product.id,
      to: end(columns[0]),
      title: '价格调研',
      fields: { ownerId: ines.actor.memberId },
    })
    await say(tomas, activity.id, 'A word\nand another')
    await moveActivity(tomas, { activityId: activity.id, to: end(columns[3]) })
    home.pass(60_000)
    expect(await mailNotifications(owner)).toBe(0)
    home.pass(300_000)
    await mailNotifications(owner)
    const letters = home.told.letters.filter(({ to }) => to === ines.user.email)
    expect(letters).toHaveLength(1)
    expect(letters[0]?.subject).toBe('Ladleworks的看板：3 条与您有关的消息')
    const link = `http://localhost:3000/ladleworks-${owner.actor.workspaceId.slice(-6)}/boards/${product.id}?card=`
    expect(letters[0]?.text).toContain(`Tomas请您参与“价格调研”。\n${link}${other.id}\n`)
    expect(letters[0]?.text).toContain(
      `Tomas评论了“Ask ten customers”：\n  A word\n  and another\n${link}${activity.id}\n`,
    )
    expect(letters[0]?.text).toContain('Tomas移动了“Ask ten customers”，现在在“检查中”')
  })

  test('none of what was read, taken back, or for who switched them off', async () => {
    const { owner, ines, tomas, mark, activity } = await company()
    await mailNotifications(owner, 0)
    home.told.letters.splice(0)
    const { id } = await say(tomas, activity.id, 'A slip')
    await speakOfActivity(tomas, { speech: { do: 'delete', commentId: id } })
    home.pass(3_600_000)
    await mailNotifications(owner)
    expect(home.told.letters).toEqual([])
    await setPreferences(mark, { mails: false })
    await say(tomas, activity.id, 'Meant')
    await markRead(ines, { kind: 'all' })
    home.pass(3_600_000)
    await mailNotifications(owner)
    expect(home.told.letters).toEqual([])
  })
})
