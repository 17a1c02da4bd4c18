import { afterAll, beforeAll, expect, it } from 'vitest'
import { createStrategy } from '@/lib/commands/create-strategy'
import { must } from '@/lib/kit/assert'
import { type House, house, staff } from '@/lib/testing/builders'
import { home } from './home'
import { places, shell } from './shell'

let ladle: House
beforeAll(async () => {
  ladle = await house()
})
afterAll(() => ladle.close())

it('teaches in an empty workspace: nothing written, the chain in its order, oneself', async () => {
  const owner = await ladle.workspace()
  const it = await home(owner)
  expect(it).toMatchObject({ current: null, changes: [], mayCreate: true, mayInvite: true })
  expect(it.departments.map((department) => department.kind)).toEqual([
    'product',
    'marketing',
    'sales',
    'success',
    'organization',
  ])
  expect(it.people).toEqual([expect.objectContaining({ memberId: owner.actor.memberId, me: true })])
})

it('opens with the positioning of the current strategy and says who wrote last', async () => {
  const owner = await ladle.workspace('Opening')
  const partner = await ladle.member(owner, 'partner', 'Priya Nair')
  const first = await createStrategy(owner, { title: 'First', language: 'en', template: 'restaurant-saas' })
  ladle.pass(60_000)
  await createStrategy(partner, { title: 'Second', language: 'zh', template: 'blank' })
  const it = await home(partner)
  expect(it.current).toMatchObject({ strategyId: first.id, title: 'First', mayEdit: true })
  const opening = it.current?.opening
  expect(opening?.kind === 'sentence' && opening.pieces.filter((piece) => piece.slot)).toHaveLength(3)
  expect(it.changes.map((change) => change.title).sort()).toEqual(['First', 'Second'])
  expect(it.changes.find((change) => change.title === 'Second')?.by?.name).toBe('Priya Nair')
})

it('shows nobody what they may not read', async () => {
  const owner = await ladle.workspace('Closed')
  const adviser = await ladle.member(owner, 'adviser')
  await createStrategy(owner, { title: 'Not for advisers', language: 'en', template: 'restaurant-saas' })
  const it = await home(adviser)
  expect(it).toMatchObject({
    current: null,
    changes: [],
    mayCreate: false,
    mayInvite: false,
    mayStaff: false,
  })
  expect((await places(adviser)).strategies).toEqual([])
  expect((await places(owner)).strategies).toEqual([expect.objectContaining({ title: 'Not for advisers' })])
})

it('names leads apart from the others, by their user', async () => {
  const owner = await ladle.workspace('Chain')
  const lead = await ladle.member(owner, 'manager', 'Hanna Vogel')
  const [first] = await ladle.store.read.departments.chain(owner.actor.workspaceId)
  const product = must(first, 'there is a first department')
  await staff(ladle.store, product.id, lead.actor.memberId, true)
  await staff(ladle.store, product.id, owner.actor.memberId)
  const it = await home(owner)
  expect(it.departments[0]).toMatchObject({
    leads: [{ id: lead.user.id, name: 'Hanna Vogel' }],
    others: [{ id: owner.user.id }],
  })
})

it('frames the workspace with all of mine', async () => {
  const owner = await ladle.workspace('Frame')
  const viewer = await ladle.member(owner, 'viewer')
  expect(await shell(owner)).toMatchObject({ name: 'Frame', mayInvite: true, mayCreate: true })
  expect(await shell(viewer)).toMatchObject({
    mayInvite: false,
    mayCreate: false,
    me: { id: viewer.user.id },
  })
  expect((await shell(viewer)).workspaces).toHaveLength(1)
})
