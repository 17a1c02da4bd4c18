import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Activity } from '@/lib/domain/activity'
import { must } from '@/lib/kit/assert'
import { type Id, newId } from '@/lib/kit/ids'
import { inOrder } from '@/lib/kit/order-key'
import { type House, house, staff } from '@/lib/testing/builders'
import { refusal } from '@/lib/testing/refusal'
import { answerRequest } from './answer-request'
import { changeColumn } from './change-column'
import { changeLabel } from './change-label'
import { changeMany } from './change-many'
import { changeMeasure } from './change-measure'
import { changeRecurring } from './change-recurring'
import { checkActivity } from './check-activity'
import type { Context } from './context'
import { createActivity } from './create-activity'
import { createDepartment } from './create-department'
import { duplicateActivity } from './duplicate-activity'
import { editActivity } from './edit-activity'
import { moveActivity } from './move-activity'
import { offerHandOff } from './offer-hand-off'
import { raiseRecurring } from './raise-recurring'
import { recordReadings, removeReadings } from './record-readings'
import { relateActivities } from './relate-activities'
import { sendRequest } from './send-request'
import { settleActivity } from './settle-activities'
import { speakOfActivity } from './speak-of-activity'
import { stepTheHandOff } from './step-hand-off'
import { undoChange } from './undo-change'
import { watchActivity } from './watch-activity'

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

/** A workspace, its first two boards with their columns, and a member of each department. */
async function company() {
  const owner = await home.workspace()
  const boards = await home.store.read.boards.list(owner.actor.workspaceId)
  const [product, marketing] = [must(boards[0], 'product'), must(boards[1], 'marketing')]
  const columns = await home.store.read.boards.columns([product.id])
  const theirs = await home.store.read.boards.columns([marketing.id])
  const works = async (departmentId: string, lead: boolean) => {
    const member = await home.member(owner, 'member')
    await staff(home.store, departmentId, member.actor.memberId, lead)
    return home.again(member)
  }
  return {
    owner,
    product,
    marketing,
    backlog: must(columns[0], 'backlog').id,
    doing: must(columns[2], 'doing').id,
    theirBacklog: must(theirs[0], 'backlog').id,
    insider: await works(product.departmentId, false),
    lead: await works(product.departmentId, true),
    outsider: await works(marketing.departmentId, false),
    viewer: await home.member(owner, 'viewer'),
    adviser: await home.member(owner, 'adviser'),
  }
}

const end = (columnId: string) => ({ columnId, after: null, before: null })
const add = async (
  by: Context,
  boardId: string,
  columnId: string,
  title = 'An activity',
): Promise<Activity> => (await createActivity(by, { boardId, to: end(columnId), title })).value
const read = async (id: string) => must(await home.store.read.activities.find(id), 'it is there')
const order = async (columnId: string) =>
  (await home.store.read.activities.inColumn(columnId))
    .filter(({ status }) => status === 'active')
    .sort(inOrder)
    .map(({ title }) => title)

describe('a department and its board', () => {
  test('are made together, with the five usual columns', async () => {
    const owner = await home.workspace()
    const department = await createDepartment(owner, { name: 'Operations' })
    const board = must(await home.store.read.boards.ofDepartment(department.id), 'made with it')
    const columns = await home.store.read.boards.columns([board.id])
    expect(columns.map(({ kind, phase }) => `${kind} ${phase}`)).toEqual([
      'backlog plan',
      'planned plan',
      'doing do',
      'checking check',
      'done act',
    ])
  })
})

describe('who may', () => {
  test('its people, partners and owners change a board; the others read; advisers and strangers find nothing', async () => {
    const { owner, product, backlog, insider, outsider, viewer, adviser } = await company()
    const partner = await home.member(owner, 'partner')
    const stranger = await home.workspace('Elsewhere')
    const activity = await add(owner, product.id, backlog)
    const to = end(backlog)
    const acts: readonly ((by: Context) => Promise<unknown>)[] = [
      (by) => createActivity(by, { boardId: product.id, to, title: 'More' }),
      (by) => editActivity(by, { activityId: activity.id, fields: { priority: 'high' } }),
      (by) => moveActivity(by, { activityId: activity.id, to }),
      (by) =>
        checkActivity(by, { activityId: activity.id, change: { do: 'add', id: newId('chk'), title: 'x' } }),
      (by) => duplicateActivity(by, { activityId: activity.id }),
      (by) => changeMany(by, { activityIds: [activity.id], change: { do: 'move', columnId: backlog } }),
      (by) => settleActivity(by, { activityId: activity.id, status: 'active' }),
    ]
    for (const act of acts) {
      for (const by of [owner, partner, insider]) await act(by)
      for (const by of [outsider, viewer]) expect((await refusal(act(by))).code).toBe('not_allowed')
      for (const by of [adviser, stranger]) expect((await refusal(act(by))).code).toBe('not_found')
    }
  })

  test('nonsense as an id is not there', async () => {
    const { owner, product, backlog } = await company()
    const activity = await add(owner, product.id, backlog)
    for (const id of ['', 'x', '__proto__', 'act_\u0000', newId('act')]) {
      expect((await refusal(editActivity(owner, { activityId: id, fields: {} }))).code).toBe('not_found')
      expect((await refusal(moveActivity(owner, { activityId: activity.id, to: end(id) }))).code).toBe(
        'column_gone',
      )
      expect((await refusal(createActivity(owner, { boardId: id, to: end(backlog), title: 'x' }))).code).toBe(
        'not_found',
      )
    }
  })

  test('who left the department a moment ago changes nothing more', async () => {
    const { owner, product, backlog, insider } = await company()
    const activity = await add(owner, product.id, backlog)
    await home.store.transact((tx) =>
      tx.departments.setPosition(product.departmentId, insider.actor.memberId, null),
    )
    expect(
      (await refusal(editActivity(insider, { activityId: activity.id, fields: { halt: 'blocked' } }))).code,
    ).toBe('not_allowed')
  })
})

describe('bad input changes nothing', () => {
  const bad: readonly (readonly [string, Record<string, unknown>, string])[] = [
    ['a title of ten megabytes', { title: 'x'.repeat(10_000_000) }, 'too_long'],
    ['no title', { title: ' \u200b ' }, 'required'],
    ['a day in the year 99999', { due: '99999-01-01' }, 'invalid_date'],
    ['a 31st of February', { start: '2026-02-31' }, 'invalid_date'],
    ['due before its start', { start: '2026-08-14', due: '2026-08-13' }, 'dates_reversed'],
    ['an effort of minus one', { effort: -1 }, 'invalid_number'],
    ['an effort that is no number', { effort: Number.NaN }, 'invalid_number'],
    ['an owner of nowhere', { ownerId: newId('mem') }, 'not_found'],
    ['an owner that is none', { ownerId: '__proto__' }, 'invalid_input'],
    ['a label of nowhere', { labels: [newId('lbl')] }, 'not_found'],
    ['an item of nowhere', { serves: [newId('itm')] }, 'not_found'],
    ['a measure of nowhere', { measures: [newId('mea')] }, 'not_found'],
    ['a priority we do not know', { priority: 'constructor' }, 'invalid_input'],
    ['a quarter that is none', { cycle: '2026-Q5' }, 'invalid_date'],
  ]
  test.each(bad)('%s', async (_, fields, code) => {
    const { owner, product, backlog } = await company()
    const activity = await add(owner, product.id, backlog)
    expect((await refusal(editActivity(owner, { activityId: activity.id, fields }))).code).toBe(code)
    expect(await read(activity.id)).toEqual(activity)
  })

  test('NUL, half a pair and what turns the direction of writing are taken out', async () => {
    const { owner, product, backlog } = await company()
    expect((await add(owner, product.id, backlog, 'a\u0000b\ud800c\u202ed')).title).toBe('a b\ufffdc d')
  })

  test('a column called __proto__ is a column', async () => {
    const { lead, product } = await company()
    const done = await changeColumn(lead, {
      boardId: product.id,
      change: { do: 'add', name: '__proto__', phase: 'do' },
    })
    expect(done.value.map(({ name }) => name)).toContain('__proto__')
  })
})

describe('moving', () => {
  test('two at once end in one place, and a stale revision is refused', async () => {
    const { owner, insider, product, backlog, doing } = await company()
    const card = await add(owner, product.id, backlog)
    const [a, b] = await Promise.all([
      moveActivity(owner, { activityId: card.id, to: end(doing) }),
      moveActivity(insider, { activityId: card.id, to: end(backlog) }),
    ])
    const now = await read(card.id)
    const last = [a.value, b.value].sort((x, y) => y.revision - x.revision)[0]
    expect([now.columnId, now.place, now.revision]).toEqual([last?.columnId, last?.place, last?.revision])
    expect(
      await refusal(moveActivity(owner, { activityId: card.id, to: end(doing), revision: now.revision - 1 })),
    ).toEqual({ code: 'conflict', detail: { revision: now.revision } })
  })

  test('twenty at once into one gap: each in a place of its own, none lost', async () => {
    const { owner, product, backlog, doing } = await company()
    const [top, bottom] = [
      await add(owner, product.id, doing, 'top'),
      await add(owner, product.id, doing, 'bottom'),
    ]
    const cards: Activity[] = []
    for (let n = 0; n < 20; n++) cards.push(await add(owner, product.id, backlog, `card ${n}`))
    await Promise.all(
      cards.map(({ id }) =>
        moveActivity(owner, { activityId: id, to: { columnId: doing, after: top.id, before: bottom.id } }),
      ),
    )
    const there = await home.store.read.activities.inColumn(doing)
    expect(there).toHaveLength(22)
    expect(new Set(there.map(({ place }) => place)).size).toBe(22)
    expect((await order(doing)).at(-1)).toBe('bottom')
    expect(await order(backlog)).toEqual([])
  })

  test('a gap that is filled again and again is numbered anew, and nobody sees a difference', async () => {
    const { owner, product, doing } = await company()
    const top = await add(owner, product.id, doing, 'top')
    let before = (await add(owner, product.id, doing, 'bottom')).id
    const mover = await add(owner, product.id, doing, 'n')
    // What 400 moves leave behind, in one step.
    const long = `a0${'0'.repeat(62)}V`
    await home.store.transact(async (tx) => {
      await tx.activities.save({ ...(await read(before)), place: long })
    })
    await moveActivity(owner, { activityId: mover.id, to: { columnId: doing, after: top.id, before } })
    before = mover.id
    expect(await order(doing)).toEqual(['top', 'n', 'bottom'])
    for (const { place } of await home.store.read.activities.places(doing))
      expect(place.length).toBeLessThan(8)
  })

  test('into a column that is removed meanwhile', async () => {
    const { owner, lead, product, backlog, doing } = await company()
    const card = await add(owner, product.id, backlog)
    const [move, remove] = await Promise.allSettled([
      moveActivity(owner, { activityId: card.id, to: end(doing) }),
      changeColumn(lead, { boardId: product.id, change: { do: 'remove', columnId: doing, to: null } }),
    ])
    // One of the two was first; either the column is gone and the card stayed, or the card is in and the column stays.
    const columns = (await home.store.read.boards.columns([product.id])).map(({ id }) => id)
    const now = await read(card.id)
    expect(columns).toContain(now.columnId)
    expect([move.status, remove.status].sort()).toEqual(['fulfilled', 'rejected'])
    const said = [move, remove].find((one) => one.status === 'rejected')
    expect(['column_gone', 'column_in_use']).toContain(String(said?.reason.message))
  })

  test('to another department by one who may change both boards, and by nobody else', async () => {
    const { owner, insider, product, marketing, backlog, theirBacklog } = await company()
    const card = await add(owner, product.id, backlog)
    expect((await refusal(moveActivity(insider, { activityId: card.id, to: end(theirBacklog) }))).code).toBe(
      'not_allowed',
    )
    home.told.events.length = 0
    await moveActivity(owner, { activityId: card.id, to: end(theirBacklog) })
    expect((await read(card.id)).boardId).toBe(marketing.id)
    const rooms = home.told.events
      .filter(({ event }) => event.type === 'cards.changed')
      .map(({ room }) => room)
    expect(rooms.sort()).toEqual([product.id, marketing.id].sort())
  })

  test('what is told to the whole workspace has no words', async () => {
    const { owner, product, backlog } = await company()
    home.told.events.length = 0
    await add(owner, product.id, backlog, 'CANARY')
    const loud = home.told.events.filter(({ event }) => JSON.stringify(event).includes('CANARY'))
    expect(loud.map(({ room }) => room)).toEqual([product.id])
    expect(home.told.events.map(({ room }) => room)).toContain(owner.actor.workspaceId)
  })
})

describe('checklists, labels, many at once', () => {
  test('two who tick two items at once both have their tick', async () => {
    const { owner, insider, product, backlog } = await company()
    const made = await createActivity(owner, {
      boardId: product.id,
      to: end(backlog),
      title: 'x',
      checklist: ['one', 'two'],
    })
    const [one, two] = made.value.checklist
    await Promise.all([
      checkActivity(owner, {
        activityId: made.value.id,
        change: { do: 'set', id: one?.id ?? '', done: true },
      }),
      checkActivity(insider, {
        activityId: made.value.id,
        change: { do: 'set', id: two?.id ?? '', done: true },
      }),
    ])
    expect((await read(made.value.id)).checklist.map(({ done }) => done)).toEqual([true, true])
  })

  test('a retry under the same id finds the activity and adds no second', async () => {
    const { owner, insider, product, backlog } = await company()
    const id = newId('act')
    const input = { boardId: product.id, to: end(backlog), title: 'x', id }
    await createActivity(owner, input)
    expect((await createActivity(owner, input)).undo).toBeNull()
    expect((await refusal(createActivity(insider, input))).code).toBe('conflict')
    expect(await order(backlog)).toEqual(['x'])
  })

  test('all or none, and one undo for all', async () => {
    const { owner, insider, product, marketing, backlog, doing, theirBacklog } = await company()
    const mine = [await add(owner, product.id, backlog, 'a'), await add(owner, product.id, backlog, 'b')]
    const other = await add(owner, marketing.id, theirBacklog)
    const ids = mine.map(({ id }) => id)
    const change = { do: 'move', columnId: doing } as const
    expect((await refusal(changeMany(insider, { activityIds: [...ids, other.id], change }))).code).toBe(
      'not_allowed',
    )
    const done = await changeMany(insider, { activityIds: ids, change })
    expect(await order(doing)).toEqual(['a', 'b'])
    await undoChange(insider, { changeId: must(done.undo, 'changed') })
    expect([await order(doing), await order(backlog)]).toEqual([[], ['a', 'b']])
  })

  test('labels: a name once, and undo brings a removed one back', async () => {
    const { insider, viewer } = await company()
    const made = await changeLabel(insider, { change: { do: 'add', name: 'Urgent', tone: 'red' } })
    expect(
      (await refusal(changeLabel(insider, { change: { do: 'add', name: 'urgent', tone: 'red' } }))).code,
    ).toBe('conflict')
    expect(
      (await refusal(changeLabel(viewer, { change: { do: 'add', name: 'Mine', tone: 'red' } }))).code,
    ).toBe('not_allowed')
    const labelId = must(made.value[0], 'added').id
    const gone = await changeLabel(insider, { change: { do: 'remove', labelId } })
    expect(gone.value).toEqual([])
    await undoChange(insider, { changeId: must(gone.undo, 'removed') })
    expect(await home.store.read.boards.labels(insider.actor.workspaceId)).toMatchObject([{ id: labelId }])
  })
})

describe('undo', () => {
  test('takes back one edit, and undoing the undoing does it again', async () => {
    const { owner, product, backlog } = await company()
    const card = await add(owner, product.id, backlog, 'before')
    const edit = await editActivity(owner, { activityId: card.id, fields: { title: 'after', effort: 3 } })
    const undo = await undoChange(owner, { changeId: must(edit.undo, 'changed') })
    expect(await read(card.id)).toMatchObject({ title: 'before', effort: null, revision: 3 })
    await undoChange(owner, { changeId: must(undo.undo, 'undone') })
    expect(await read(card.id)).toMatchObject({ title: 'after', effort: 3 })
  })

  test('not over the newer word of a colleague, but beside it', async () => {
    const { owner, insider, product, backlog } = await company()
    const card = await add(owner, product.id, backlog)
    const edit = await editActivity(owner, { activityId: card.id, fields: { title: 'mine' } })
    await editActivity(insider, { activityId: card.id, fields: { effort: 5 } })
    await undoChange(owner, { changeId: must(edit.undo, 'changed') })
    expect(await read(card.id)).toMatchObject({ title: card.title, effort: 5 })
    const again = await editActivity(owner, { activityId: card.id, fields: { title: 'mine' } })
    await editActivity(insider, { activityId: card.id, fields: { title: 'theirs' } })
    expect((await refusal(undoChange(owner, { changeId: must(again.undo, 'changed') }))).code).toBe(
      'conflict',
    )
  })

  test('is one\u2019s own, and within one\u2019s rights of now', async () => {
    const { owner, insider, product, backlog } = await company()
    const card = await add(owner, product.id, backlog)
    const edit = await editActivity(insider, { activityId: card.id, fields: { title: 'x' } })
    const changeId = must(edit.undo, 'changed')
    for (const by of [owner, await home.workspace('Elsewhere')])
      expect((await refusal(undoChange(by, { changeId }))).code).toBe('not_found')
    await home.store.transact((tx) =>
      tx.departments.setPosition(product.departmentId, insider.actor.memberId, null),
    )
    expect((await refusal(undoChange(insider, { changeId }))).code).toBe('not_allowed')
  })

  test('a new activity goes to the trash, a removed column comes back with its cards', async () => {
    const { owner, product, backlog, doing } = await company()
    const made = await createActivity(owner, { boardId: product.id, to: end(doing), title: 'x' })
    const removed = await changeColumn(owner, {
      boardId: product.id,
      change: { do: 'remove', columnId: doing, to: backlog },
    })
    expect((await read(made.value.id)).columnId).toBe(backlog)
    await undoChange(owner, { changeId: must(removed.undo, 'removed') })
    expect((await read(made.value.id)).columnId).toBe(doing)
    expect((await home.store.read.boards.columns([product.id])).map(({ id }) => id)).toContain(doing)
    // Its column was touched since, the activity's own state was not.
    await undoChange(owner, { changeId: must(made.undo, 'made') })
    expect((await read(made.value.id)).status).toBe('trashed')
  })

  test('what comes back from the archive does not share a place', async () => {
    const { owner, product, backlog } = await company()
    const a = await add(owner, product.id, backlog, 'a')
    await settleActivity(owner, { activityId: a.id, status: 'archived' })
    expect((await refusal(editActivity(owner, { activityId: a.id, fields: { title: 'x' } }))).code).toBe(
      'activity_not_active',
    )
    const b = await add(owner, product.id, backlog, 'b')
    expect(b.place).toBe(a.place)
    await settleActivity(owner, { activityId: a.id, status: 'active' })
    expect(new Set((await home.store.read.activities.places(backlog)).map(({ place }) => place)).size).toBe(2)
  })
})

describe('requests', () => {
  test('another department asks, one of two answers, and it is one activity', async () => {
    const { lead, insider, outsider, product, backlog } = await company()
    const ask = { boardId: product.id, title: 'A figure', text: 'for the campaign', due: null }
    const request = await sendRequest(outsider, ask)
    const answer = { do: 'accept', to: end(backlog) } as const
    expect((await refusal(answerRequest(outsider, { requestId: request.id, answer }))).code).toBe(
      'not_allowed',
    )
    const both = await Promise.allSettled([
      answerRequest(lead, { requestId: request.id, answer }),
      answerRequest(insider, { requestId: request.id, answer }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await order(backlog)).toEqual(['A figure'])
    const [activity] = await home.store.read.activities.inColumn(backlog)
    expect(activity?.watchers).toEqual([outsider.actor.memberId])
  })

  test('declined with a sentence, never without; withdrawn by the sender alone; undo opens it again', async () => {
    const { lead, outsider, viewer, adviser, product, backlog } = await company()
    const ask = { boardId: product.id, title: 'A figure', text: '', due: null }
    expect((await refusal(sendRequest(viewer, ask))).code).toBe('not_allowed')
    expect((await refusal(sendRequest(adviser, ask))).code).toBe('not_found')
    const request = await sendRequest(outsider, ask)
    const answer = (reason: string) => ({ requestId: request.id, answer: { do: 'decline' as const, reason } })
    expect((await refusal(answerRequest(lead, answer(' ')))).code).toBe('required')
    await answerRequest(lead, answer('Next quarter.'))
    const mine = await sendRequest(outsider, ask)
    const withdraw = { requestId: mine.id, answer: { do: 'withdraw' as const } }
    expect((await refusal(answerRequest(lead, withdraw))).code).toBe('not_allowed')
    await answerRequest(outsider, withdraw)
    const third = await sendRequest(outsider, ask)
    const done = await answerRequest(lead, {
      requestId: third.id,
      answer: { do: 'accept', to: end(backlog) },
    })
    await undoChange(lead, { changeId: must(done.undo, 'answered') })
    expect(await order(backlog)).toEqual([])
    expect((await home.store.read.boards.requests({ boardIds: [product.id] })).map(({ id }) => id)).toEqual([
      third.id,
    ])
  })
})

describe('hand-offs and relations', () => {
  test('offered by the giver, accepted by the receiver, delivered by the giver', async () => {
    const { insider, outsider, product, marketing, backlog } = await company()
    const from = await add(insider, product.id, backlog)
    const offered = await offerHandOff(insider, {
      fromActivityId: from.id,
      toBoardId: marketing.id,
      toActivityId: null,
      title: 'Leak figures',
      due: '2026-09-01',
    })
    const step = (by: Context, move: 'accept' | 'deliver' | 'decline', reason?: string) =>
      stepTheHandOff(by, { handOffId: offered.value.id, move, reason })
    expect((await refusal(step(insider, 'accept'))).code).toBe('not_allowed')
    const answers = await Promise.allSettled([step(outsider, 'accept'), step(outsider, 'accept')])
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await refusal(step(outsider, 'deliver'))).code).toBe('not_allowed')
    expect((await step(insider, 'deliver')).value.state).toBe('delivered')
    expect((await refusal(step(outsider, 'decline'))).code).toBe('required')
    const declined = await step(outsider, 'decline', 'Two stores are missing.')
    expect(declined.value).toMatchObject({ state: 'declined', reason: 'Two stores are missing.' })
    await undoChange(outsider, { changeId: must(declined.undo, 'declined') })
    expect((await home.store.read.activities.handOffsOfActivity(from.id))[0]?.state).toBe('delivered')
  })

  test('no circle, also when its halves are drawn at once', async () => {
    const { owner, outsider, product, backlog } = await company()
    const [a, b] = [await add(owner, product.id, backlog), await add(owner, product.id, backlog)]
    const blocks = (fromId: string, toId: string, by = owner) =>
      relateActivities(by, { change: { do: 'add', kind: 'blocks', fromId, toId, why: '' } })
    expect((await refusal(blocks(a.id, b.id, outsider))).code).toBe('not_allowed')
    const both = await Promise.allSettled([blocks(a.id, b.id), blocks(b.id, a.id)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const apart = (fromId: string, toId: string) =>
      relateActivities(owner, { change: { do: 'add', kind: 'pulls_apart', fromId, toId, why: 'x' } })
    const first = await apart(a.id, b.id)
    expect((await apart(b.id, a.id)).value.id).toBe(first.value.id)
  })

  test('comments: one\u2019s own, and nobody\u2019s without the right to speak', async () => {
    const { owner, outsider, insider, viewer, product, backlog } = await company()
    const { id } = await add(owner, product.id, backlog)
    const said = await speakOfActivity(outsider, {
      speech: { do: 'say', activityId: id, text: 'Why so late?' },
    })
    const edit = { do: 'edit', commentId: said.id, text: 'Why?' } as const
    expect((await refusal(speakOfActivity(insider, { speech: edit }))).code).toBe('not_allowed')
    expect(
      (await refusal(speakOfActivity(viewer, { speech: { do: 'say', activityId: id, text: 'x' } }))).code,
    ).toBe('not_allowed')
    await speakOfActivity(outsider, { speech: edit })
    expect((await home.store.read.activities.comments(id)).map(({ text }) => text)).toEqual(['Why?'])
    await speakOfActivity(owner, { speech: { do: 'delete', commentId: said.id } })
    expect(await home.store.read.activities.comments(id)).toEqual([])
    await watchActivity(outsider, { activityId: id, watch: true })
    expect((await read(id)).watchers).toEqual([outsider.actor.memberId])
  })
})

test('recurring work: written once, whatever the number of nodes; the newest after a long sleep', async () => {
  const { lead, product, backlog } = await company()
  await changeRecurring(lead, {
    boardId: product.id,
    change: {
      do: 'add',
      columnId: backlog,
      title: 'Weekly figures',
      rhythm: 'weekly',
      startsOn: '2026-08-03',
      days: 4,
      checklist: ['Ask'],
    },
  })
  const services = { store: home.store, live: home.live, clock: { now: () => home.now() } }
  const mine = async (today: string) =>
    (await Promise.all([raiseRecurring(services, today), raiseRecurring(services, today)]))
      .flat()
      .filter(({ boardId }) => boardId === product.id)
      .map(({ start, due }) => [start, due])
  expect(await mine('2026-08-02')).toEqual([])
  expect(await mine('2026-08-03')).toEqual([['2026-08-03', '2026-08-07']])
  expect(await mine('2026-08-03')).toEqual([])
  expect(await mine('2026-09-01')).toEqual([['2026-08-31', '2026-09-04']])
})

test('recurring work changed: it counts on, or anew from another day; undo brings back what it was', async () => {
  const { lead, outsider, product, backlog, doing } = await company()
  const fields = { columnId: backlog, title: 'Figures', rhythm: 'monthly' as const, days: 4 }
  const made = await changeRecurring(lead, {
    boardId: product.id,
    change: { do: 'add', ...fields, startsOn: '2026-01-31' },
  })
  const recurringId = must(made.value[0], 'made').id
  const services = { store: home.store, live: home.live, clock: { now: () => home.now() } }
  await raiseRecurring(services, '2026-01-31')
  const set = (by: Context, change: Partial<typeof fields> & { startsOn: string; rhythm?: 'monthly' }) =>
    changeRecurring(by, { boardId: product.id, change: { do: 'set', recurringId, ...fields, ...change } })
  const now = async () =>
    must(
      (await home.store.read.boards.recurring(product.id)).find(({ id }) => id === recurringId),
      'it goes on',
    )
  expect((await refusal(set(outsider, { startsOn: '2026-02-28' }))).code).toBe('not_allowed')
  expect((await refusal(set(lead, { startsOn: '2026-02-30' }))).code).toBe('invalid_date')
  // The next day is the one it would have been: the 31st stays the 31st.
  await set(lead, { title: 'All figures', columnId: doing, startsOn: '2026-02-28' })
  expect(await now()).toMatchObject({
    title: 'All figures',
    columnId: doing,
    startsOn: '2026-01-31',
    raised: 1,
  })
  const moved = await set(lead, { startsOn: '2026-03-05' })
  expect(await now()).toMatchObject({ startsOn: '2026-03-05', raised: 0 })
  await undoChange(lead, { changeId: must(moved.undo, 'it changed something') })
  expect(await now()).toMatchObject({ title: 'All figures', startsOn: '2026-01-31', raised: 1 })
  const same = await set(lead, { title: 'All figures', columnId: doing, startsOn: '2026-02-28' })
  expect(same.undo).toBeNull()
})

describe('measures', () => {
  test('made by managers and departments, read from by their owner, corrected by day', async () => {
    const { owner, insider, outsider, product } = await company()
    const made = await changeMeasure(insider, {
      change: { do: 'add', fields: { name: 'Repeat visits', unit: '%', departmentId: product.departmentId } },
    })
    const measureId = made.value.id
    const set = (by: Context, fields: { ownerId: Id<'mem'> }) =>
      changeMeasure(by, { change: { do: 'set', measureId, fields } })
    expect((await refusal(set(outsider, { ownerId: outsider.actor.memberId }))).code).toBe('not_allowed')
    const record = (by: Context, value: number) =>
      recordReadings(by, { measureId, readings: [{ on: '2026-08-10', value }] })
    expect((await refusal(record(outsider, 1))).code).toBe('not_allowed')
    await set(owner, { ownerId: outsider.actor.memberId })
    await record(outsider, 23)
    const second = await record(outsider, 24.1)
    expect(second.before.map(({ value }) => value)).toEqual([23])
    expect((await home.store.read.measures.readings(measureId)).map(({ value }) => value)).toEqual([24.1])
    await removeReadings(outsider, { measureId, days: ['2026-08-10'] })
    expect(await home.store.read.measures.readings(measureId)).toEqual([])
    expect((await refusal(record(owner, Number.POSITIVE_INFINITY))).code).toBe('invalid_number')
    const stranger = await home.workspace('Elsewhere')
    expect((await refusal(record(stranger, 1))).code).toBe('not_found')
  })
})

test('a move is one transaction', async () => {
  const { owner, product, backlog, doing } = await company()
  const card = await add(owner, product.id, backlog)
  const asked = vi.spyOn(home.store.sql, 'begin')
  await moveActivity(owner, { activityId: card.id, to: end(doing) })
  expect(asked).toHaveBeenCalledTimes(1)
  asked.mockRestore()
})
