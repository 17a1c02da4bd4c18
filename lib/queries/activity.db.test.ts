import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createActivity } from '@/lib/commands/create-activity'
import { createStrategy } from '@/lib/commands/create-strategy'
import { PREFACE } from '@/lib/document/roots'
import { must } from '@/lib/kit/assert'
import { type House, house, staff } from '@/lib/testing/builders'
import { activityPanel, describeActivity, listActivities } from './activity'

const ZONE = 'Asia/Shanghai'
let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

async function company() {
  const owner = await home.workspace()
  const [product, marketing] = await home.store.read.boards.list(owner.actor.workspaceId)
  const board = must(product, 'product')
  const [backlog] = await home.store.read.boards.columns([board.id])
  const to = { columnId: must(backlog, 'backlog').id, after: null, before: null }
  const { value } = await createActivity(owner, { boardId: board.id, to, title: 'Loss map' })
  return { owner, board, other: must(marketing, 'marketing'), activity: value }
}

describe('the panel of an activity', () => {
  test('says who may do what: the department, another one, a viewer', async () => {
    const { owner, board, other, activity } = await company()
    const people = {
      insider: await home.member(owner, 'member'),
      neighbour: await home.member(owner, 'member'),
      viewer: await home.member(owner, 'viewer'),
      adviser: await home.member(owner, 'adviser'),
    }
    await staff(home.store, board.departmentId, people.insider.actor.memberId)
    await staff(home.store, other.departmentId, people.neighbour.actor.memberId)
    const may = async (who: keyof typeof people) =>
      (await activityPanel(await home.again(people[who]), activity.id, ZONE))?.may
    expect(await may('insider')).toMatchObject({
      edit: true,
      comment: true,
      attach: true,
      measure: true,
      moderate: false,
      offers: [board.id],
      answers: [board.id],
    })
    expect(await may('neighbour')).toMatchObject({
      edit: false,
      comment: true,
      request: true,
      attach: false,
      measure: false,
      offers: [other.id],
      answers: [other.id],
    })
    expect(await may('viewer')).toMatchObject({
      edit: false,
      comment: false,
      request: false,
      offers: [],
      answers: [],
    })
    expect(await may('adviser')).toBeUndefined()
    const adviser = await home.again(people.adviser)
    expect([await listActivities(adviser), (await listActivities(owner)).map(({ title }) => title)]).toEqual([
      [],
      ['Loss map'],
    ])
  })

  test('quotes the strategy: an item in its words, each slot of the positioning in its own', async () => {
    const { owner, activity } = await company()
    const { id } = await createStrategy(owner, {
      title: 'Ladleworks',
      language: 'en',
      template: 'restaurant-saas',
    })
    await expect
      .poll(async () => (await activityPanel(owner, activity.id, ZONE))?.items.length ?? 0)
      .toBeGreaterThan(10)
    const panel = must(await activityPanel(owner, activity.id, ZONE), 'mine to see')
    expect(panel.strategy).toEqual({ id, language: 'en' })
    const positioning = must(
      panel.items.find(({ kind }) => kind === 'positioning'),
      'the template has one',
    )
    expect(Object.keys(positioning.slots).sort()).toEqual(['problem', 'solution', 'whom'])
    expect(positioning.slots.problem).not.toBe(positioning.words)
    const pain = must(
      panel.items.find(({ code }) => code === 'P1'),
      'the template has one',
    )
    expect(pain.words).not.toBe('')
    expect(pain.slots).toEqual({})
  })

  test('the description as it is committed, with nothing in it that could run', async () => {
    const { owner, activity } = await company()
    expect(await describeActivity(owner, activity)).toMatchObject({ empty: true })
    const author = { userId: owner.user.id, sessionId: owner.sessionId }
    await owner.live.edit(activity.documentId, author, (doc) => {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText('Three stores <script>alert(1)</script>')])
      doc.getXmlFragment(PREFACE).insert(0, [paragraph])
    })
    const { html, empty } = await describeActivity(owner, activity)
    expect(empty).toBe(false)
    expect(html).toContain('Three stores &lt;script&gt;')
    expect(html).not.toContain('<script')
  })
})
