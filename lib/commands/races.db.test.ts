import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Activity } from '@/lib/domain/activity'
import { Refusal } from '@/lib/domain/refusal'
import { must } from '@/lib/kit/assert'
import { inOrder } from '@/lib/kit/order-key'
import { type House, house, staff } from '@/lib/testing/builders'
import { refusal } from '@/lib/testing/refusal'
import { answerRequest } from './answer-request'
import { archiveDepartment } from './archive-department'
import { changeColumn } from './change-column'
import { changeLabel } from './change-label'
import { changeMany } from './change-many'
import { changeMeasure } from './change-measure'
import { changeRecurring } from './change-recurring'
import type { Context } from './context'
import { createActivity } from './create-activity'
import { editActivity } from './edit-activity'
import { importBoards } from './import-boards'
import { moveActivity } from './move-activity'
import { offerHandOff } from './offer-hand-off'
import { raiseRecurring } from './raise-recurring'
import { relateActivities } from './relate-activities'
import { removeMember } from './remove-member'
import { sendRequest } from './send-request'
import { settleActivity } from './settle-activities'
import { stepTheHandOff } from './step-hand-off'
import { undoChange } from './undo-change'

// What several people do to the same boards in the same moment, and what one undoes after others went on.

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

async function company() {
  const owner = await home.workspace()
  const boards = await home.store.read.boards.list(owner.actor.workspaceId)
  const [product, marketing] = [must(boards[0], 'product'), must(boards[1], 'marketing')]
  const lead = async (departmentId: string) => {
    const member = await home.member(owner, 'member')
    await staff(home.store, departmentId, member.actor.memberId, true)
    return home.again(member)
  }
  const columns = await home.store.read.boards.columns([product.id])
  const theirs = await home.store.read.boards.columns([marketing.id])
  return {
    owner,
    product,
    marketing,
    columns,
    theirs,
    lead: await lead(product.departmentId),
    other: await lead(product.departmentId),
    neighbour: await lead(marketing.departmentId),
  }
}

const end = (column: { readonly id: string } | undefined) => ({
  columnId: must(column, 'a column').id,
  after: null,
  before: null,
})
const add = async (
  by: Context,
  boardId: string,
  column: { readonly id: string } | undefined,
  title = 'A card',
) => (await createActivity(by, { boardId, to: end(column), title })).value
const read = async (id: string): Promise<Activity> =>
  must(await home.store.read.activities.find(id), 'activities are never deleted')
const undo = (by: Context, done: { readonly undo: string | null }) =>
  undoChange(by, { changeId: must(done.undo, 'something changed') })

/** Every answer is a value or an expected no: nothing broke, nothing waited for ever. */
async function allExpected(work: readonly Promise<unknown>[]): Promise<string[]> {
  const ends = await Promise.allSettled(work)
  return ends.map((one) => {
    if (one.status === 'fulfilled') return 'done'
    if (one.reason instanceof Refusal) return one.reason.code
    throw one.reason
  })
}

/** Holds a board as a slow colleague would, and lets it go. */
async function holding<T>(boardId: string, while_: () => Promise<T>): Promise<T> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let held = () => {}
  const isHeld = new Promise<void>((resolve) => {
    held = resolve
  })
  const holder = home.store.transact(async (tx) => {
    await tx.boards.lock(boardId)
    held()
    await released
  })
  await isHeld
  try {
    return await while_()
  } finally {
    release()
    await holder
  }
}

describe('rights while somebody waits for a board', () => {
  test.each([
    ['removed from the workspace', 'not_found'],
    ['taken out of the department', 'not_allowed'],
  ] as const)('a member %s meanwhile changes nothing', async (how, code) => {
    const { owner, product, columns, lead } = await company()
    const card = await add(owner, product.id, columns[0])
    let work: Promise<string[]> = Promise.resolve([])
    await holding(product.id, async () => {
      work = allExpected([
        moveActivity(lead, { activityId: card.id, to: end(columns[2]) }),
        editActivity(lead, { activityId: card.id, fields: { title: 'Mine' } }),
        changeMany(lead, { activityIds: [card.id], change: { do: 'settle', status: 'trashed' } }),
        changeColumn(lead, { boardId: product.id, change: { do: 'add', name: 'Mine', phase: 'do' } }),
      ])
      if (how === 'removed from the workspace') await removeMember(owner, { memberId: lead.actor.memberId })
      else
        await home.store.transact((tx) =>
          tx.departments.setPosition(product.departmentId, lead.actor.memberId, null),
        )
    })
    expect(await work).toEqual([code, code, code, code])
    expect(await read(card.id)).toMatchObject({ revision: 1, title: 'A card', status: 'active' })
  })

  test('a department archived meanwhile takes no more cards', async () => {
    const { owner, product, columns, lead } = await company()
    const card = await add(owner, product.id, columns[0])
    let work: Promise<string[]> = Promise.resolve([])
    await holding(product.id, async () => {
      work = allExpected([
        moveActivity(lead, { activityId: card.id, to: end(columns[1]) }),
        moveActivity(owner, { activityId: card.id, to: end(columns[1]) }),
      ])
      await archiveDepartment(owner, { departmentId: product.departmentId, archived: true })
    })
    expect(await work).toEqual(['not_allowed', 'not_allowed'])
  })

  test('an import waits, and follows what it finds then: no card in a column that went', async () => {
    const { product, columns, lead, other } = await company()
    const doing = must(columns[2], 'doing')
    let work: Promise<unknown> = Promise.resolve()
    await holding(product.id, async () => {
      work = importBoards(lead, {
        format: 'csv',
        text: 'title,column\nFrom a table,Doing\n',
        boardId: product.id,
        dry: false,
      })
    })
    await Promise.all([
      work,
      changeColumn(other, {
        boardId: product.id,
        change: { do: 'remove', columnId: doing.id, to: columns[0]?.id ?? '' },
      }),
    ])
    const cards = await home.store.read.activities.onBoards([product.id])
    expect(cards).toHaveLength(1)
    expect(cards[0]?.columnId).not.toBe(doing.id)
  })
})

describe('two at once', () => {
  test('answers, undoings, templates and their raising never wait for each other for ever', async () => {
    const { product, columns, lead, other, neighbour } = await company()
    for (let round = 0; round < 6; round++) {
      const template = await changeRecurring(lead, {
        boardId: product.id,
        change: {
          do: 'add',
          columnId: must(columns[0], 'backlog').id,
          title: 'Weekly',
          rhythm: 'weekly',
          startsOn: '2026-08-01',
          days: 3,
        },
      })
      const recurringId = must(template.value.at(-1), 'a template').id
      const request = await sendRequest(neighbour, {
        boardId: product.id,
        title: `Ask ${round}`,
        text: '',
        due: null,
      })
      const answered = await answerRequest(lead, {
        requestId: request.id,
        answer: { do: 'decline', reason: 'No.' },
      })
      const ends = await allExpected([
        undo(lead, answered),
        answerRequest(other, { requestId: request.id, answer: { do: 'accept', to: end(columns[0]) } }),
        answerRequest(lead, { requestId: request.id, answer: { do: 'accept', to: end(columns[1]) } }),
        raiseRecurring(lead, `2026-08-${String(10 + round).padStart(2, '0')}`),
        changeRecurring(other, { boardId: product.id, change: { do: 'stop', recurringId } }),
        undo(lead, template),
      ])
      expect(
        ends.filter((one) => !['done', 'already_answered', 'conflict', 'not_found'].includes(one)),
      ).toEqual([])
      // However they came: at most one activity of one request.
      const made = (await home.store.read.activities.onBoards([product.id])).filter(
        ({ title }) => title === request.title,
      )
      expect(made.length).toBeLessThanOrEqual(1)
    }
  })

  test('relations drawn, removed and brought back at once make no circle', async () => {
    const { product, columns, lead, other } = await company()
    const [a, b] = [
      await add(lead, product.id, columns[0], 'a'),
      await add(lead, product.id, columns[0], 'b'),
    ]
    const relate = (by: Context, fromId: string, toId: string) =>
      relateActivities(by, { change: { do: 'add', kind: 'blocks', fromId, toId, why: '' } })
    const first = await relate(lead, a.id, b.id)
    const removed = await relateActivities(lead, { change: { do: 'remove', relationId: first.value.id } })
    const ends = await allExpected([undo(lead, removed), relate(other, b.id, a.id)])
    expect(ends.sort()).toEqual(['blocks_itself', 'done'])
    const present = await home.store.read.activities.relationsOf({ workspaceId: lead.actor.workspaceId })
    expect(present).toHaveLength(1)
  })

  test('cards that come back together lie in an order: each has a place of its own', async () => {
    const { product, columns, lead } = await company()
    const [backlog, planned] = [must(columns[0], 'backlog'), must(columns[1], 'planned')]
    await add(lead, product.id, backlog, 'stays')
    const cards: Activity[] = []
    for (const title of ['a', 'b', 'c']) cards.push(await add(lead, product.id, planned, title))
    const ids = cards.map(({ id }) => id)
    const settle = (status: 'active' | 'archived') =>
      changeMany(lead, { activityIds: ids, change: { do: 'settle', status } })
    await settle('archived')
    // Another card takes the place that became free; then the column goes.
    await add(lead, product.id, planned, 'new')
    await changeColumn(lead, {
      boardId: product.id,
      change: { do: 'remove', columnId: planned.id, to: backlog.id },
    })
    await settle('active')
    const list = (await home.store.read.activities.inColumn(backlog.id)).sort(inOrder)
    expect(list).toHaveLength(5)
    expect(new Set(list.map(({ place }) => place)).size).toBe(5)
  })
})

describe('undo after others went on', () => {
  test('of a card that lies on a board one may not change is refused, and changes nothing', async () => {
    const { owner, product, columns, theirs, lead } = await company()
    const card = await add(lead, product.id, columns[0])
    const edited = await editActivity(lead, { activityId: card.id, fields: { due: '2026-09-01' } })
    await moveActivity(owner, { activityId: card.id, to: end(theirs[0]) })
    expect((await refusal(undo(lead, edited))).code).toBe('not_allowed')
    expect((await read(card.id)).due).toBe('2026-09-01')
    await undo(owner, await moveActivity(owner, { activityId: card.id, to: end(columns[1]) }))
    expect((await read(card.id)).columnId).toBe(theirs[0]?.id)
  })

  test('never leaves a board without a column', async () => {
    const { product, columns, lead } = await company()
    const added = await changeColumn(lead, {
      boardId: product.id,
      change: { do: 'add', name: 'Only', phase: 'do' },
    })
    for (const { id } of columns)
      await changeColumn(lead, { boardId: product.id, change: { do: 'remove', columnId: id, to: null } })
    expect((await refusal(undo(lead, added))).code).toBe('last_column')
  })

  test('of everything there is: back, there again, and back once more', async () => {
    const { owner, product, marketing, columns, lead, other, neighbour } = await company()
    const [a, b] = [
      await add(lead, product.id, columns[0], 'a'),
      await add(lead, product.id, columns[0], 'b'),
    ]
    const offered = await offerHandOff(lead, {
      fromActivityId: a.id,
      toBoardId: marketing.id,
      toActivityId: null,
      title: 'A list',
      due: null,
    })
    const request = await sendRequest(neighbour, { boardId: product.id, title: 'Ask', text: '', due: null })
    const all: readonly (readonly [string, Context, { readonly undo: string | null }])[] = [
      ['activity', lead, await settleActivity(lead, { activityId: b.id, status: 'archived' })],
      [
        'hand-off',
        neighbour,
        await stepTheHandOff(neighbour, { handOffId: offered.value.id, move: 'accept' }),
      ],
      [
        'request',
        lead,
        await answerRequest(lead, { requestId: request.id, answer: { do: 'decline', reason: 'No.' } }),
      ],
      [
        'relation',
        lead,
        await relateActivities(lead, {
          change: { do: 'add', kind: 'pulls_apart', fromId: a.id, toId: b.id, why: 'Same week' },
        }),
      ],
      ['label', lead, await changeLabel(lead, { change: { do: 'add', name: 'Fair', tone: 'blue' } })],
      [
        'measure',
        owner,
        await changeMeasure(owner, { change: { do: 'add', fields: { name: 'Trials', unit: '' } } }),
      ],
      [
        'column',
        lead,
        await changeColumn(lead, { boardId: product.id, change: { do: 'add', name: 'More', phase: 'do' } }),
      ],
      [
        'recurring',
        other,
        await changeRecurring(other, {
          boardId: product.id,
          change: {
            do: 'add',
            columnId: must(columns[0], 'backlog').id,
            title: 'Weekly',
            rhythm: 'weekly',
            startsOn: '2027-01-01',
            days: 0,
          },
        }),
      ],
    ]
    for (const [what, by, done] of all) {
      const back = await undo(by, done)
      // The same click is not undone twice.
      expect((await refusal(undo(by, done))).code, what).toBe('conflict')
      const again = await undo(by, back)
      expect(again.undo, what).not.toBe(back.undo)
      await undo(by, again)
    }
    expect((await read(b.id)).status).toBe('active')
    const [handOff] = await home.store.read.activities.handOffsOfActivity(a.id)
    expect(handOff?.state).toBe('offered')
    expect(await home.store.read.boards.labels(owner.actor.workspaceId)).toEqual([])
  })

  test('of an import takes back all of it, and brings all of it back', async () => {
    const { owner } = await company()
    const { workspaceId } = owner.actor
    const text = JSON.stringify(aSet)
    const seen = async () => {
      const boards = await home.store.read.boards.list(workspaceId)
      const ids = boards.map(({ id }) => id)
      const [active, archived, handOffs, relations, labels, measures] = await Promise.all([
        home.store.read.activities.onBoards(ids),
        home.store.read.activities.onBoards(ids, 'archived'),
        home.store.read.activities.handOffsOf(ids),
        home.store.read.activities.relationsOf({ workspaceId }),
        home.store.read.boards.labels(workspaceId),
        home.store.read.measures.list(workspaceId),
      ])
      return {
        active: active.length,
        archived: archived.length,
        handOffs: handOffs.filter(({ state }) => state !== 'withdrawn').length,
        relations: relations.length,
        labels: labels.length,
        measures: measures.filter(({ status }) => status === 'active').length,
      }
    }
    const before = await seen()
    const done = await importBoards(owner, { format: 'set', text, boardId: null, dry: false })
    const after = await seen()
    expect(after).toEqual({ active: 2, archived: 1, handOffs: 1, relations: 1, labels: 1, measures: 1 })
    const back = await undo(owner, done)
    expect(await seen()).toEqual(before)
    await undo(owner, back)
    expect(await seen()).toEqual(after)
    const nothing = await importBoards(owner, {
      format: 'set',
      text: JSON.stringify({ activities: [] }),
      boardId: null,
      dry: false,
    })
    expect(nothing.undo).toBeNull()
  })
})

const activityOf = (id: string, department: string, more: object = {}) => ({
  id,
  title: id,
  department,
  column: 'doing',
  order: 1,
  status: 'doing',
  labels: ['Fair'],
  ...more,
})

/** Our own JSON, as small as it holds one of everything. */
const aSet = {
  columns: [{ id: 'doing', title: 'Doing' }],
  activities: [
    activityOf('act_a', 'dep_product'),
    activityOf('act_b', 'dep_marketing'),
    activityOf('act_c', 'dep_product', { status: 'archived' }),
  ],
  handoffs: [{ from: 'act_a', to: 'act_b', title: 'A list', state: 'open' }],
  conflicts: [{ activities: ['act_a', 'act_b'], why: 'Same week', resolved: false }],
  measures: [{ title: 'Trials', unit: '', direction: 'up', readings: [{ date: '2026-08-01', value: 3 }] }],
}
