import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Role, roles } from '@/lib/domain/role'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { type House, house, staff } from '@/lib/testing/builders'
import { archiveDepartment } from './archive-department'
import type { Context } from './context'
import { createDepartment } from './create-department'
import { moveDepartment } from './move-department'
import { renameDepartment } from './rename-department'
import { staffDepartment } from './staff-department'

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

const chain = (of: Context) => home.store.read.departments.chain(of.actor.workspaceId)
const names = async (of: Context) => (await chain(of)).map((department) => department.name ?? department.kind)
const at = async (of: Context, place: number) =>
  must((await chain(of))[place], 'a department stands there').id

async function told(work: Promise<unknown>) {
  home.told.events.length = 0
  home.told.revoked.length = 0
  await work
  return { events: home.told.events.map(({ event }) => event.type), revoked: [...home.told.revoked] }
}

const acts: Record<string, (by: Context, departmentId: string) => Promise<unknown>> = {
  rename: (by, departmentId) => renameDepartment(by, { departmentId, name: 'R & D' }),
  move: (by, departmentId) => moveDepartment(by, { departmentId, after: null }),
  archive: (by, departmentId) => archiveDepartment(by, { departmentId, archived: true }),
  staff: (by, departmentId) => staffDepartment(by, { departmentId, memberId: by.actor.memberId, as: null }),
}

describe('who may', () => {
  test.each(Object.keys({ ...acts, create: 0 }).flatMap((act) => roles.map((role) => [act, role] as const)))(
    '%s: %s',
    async (act, role) => {
      const owner = await home.workspace()
      const by = role === 'owner' ? owner : await home.member(owner, role)
      const id = await at(owner, 2)
      const done =
        act === 'create' ? createDepartment(by, { name: 'Operations' }) : must(acts[act], 'an act')(by, id)
      if (role === 'owner' || role === 'partner') await done
      else await expect(done).rejects.toThrow('not_allowed')
    },
  )

  test('a lead staffs their own department, and does nothing else to it', async () => {
    const owner = await home.workspace()
    const other = await home.member(owner, 'member')
    const [mine, notMine] = [await at(owner, 0), await at(owner, 1)]
    const plain = await home.member(owner, 'manager')
    await staff(home.store, mine, plain.actor.memberId, true)
    const lead = await home.again(plain)
    await staffDepartment(lead, { departmentId: mine, memberId: other.actor.memberId, as: 'member' })
    await expect(
      staffDepartment(lead, { departmentId: notMine, memberId: other.actor.memberId, as: 'member' }),
    ).rejects.toThrow('not_allowed')
    await expect(renameDepartment(lead, { departmentId: mine, name: 'Ours' })).rejects.toThrow('not_allowed')
    await expect(archiveDepartment(lead, { departmentId: mine, archived: true })).rejects.toThrow(
      'not_allowed',
    )
  })

  test.each(Object.entries(acts))('%s: of another workspace, or nonsense, is not there', async (_, act) => {
    const owner = await home.workspace()
    const other = await home.workspace('Other')
    const theirs = await chain(other)
    for (const id of [must(theirs[0], '').id, newId('dep'), 'x', 'dep_\u0000']) {
      await expect(act(owner, id)).rejects.toThrow('not_found')
    }
    expect(await chain(other)).toEqual(theirs)
  })
})

test('a new one stands at the end, and the others are told', async () => {
  const owner = await home.workspace()
  expect(await told(createDepartment(owner, { name: ' 运营 ' }))).toEqual({
    events: ['departments.changed'],
    revoked: [],
  })
  expect(await names(owner)).toEqual(['product', 'marketing', 'sales', 'success', 'organization', '运营'])
  await expect(createDepartment(owner, { name: ' ' })).rejects.toThrow('required')
  await expect(createDepartment(owner, { name: 'x'.repeat(41) })).rejects.toThrow('too_long')
})

test('40 are enough', async () => {
  const owner = await home.workspace()
  for (let n = 6; n <= 40; n++) await createDepartment(owner, { name: `Department ${n}` })
  await expect(createDepartment(owner, { name: 'One more' })).rejects.toThrow('quota')
})

test('a name of its own, and the usual one back', async () => {
  const owner = await home.workspace()
  const departmentId = await at(owner, 0)
  await renameDepartment(owner, { departmentId, name: '产品研发' })
  expect((await names(owner))[0]).toBe('产品研发')
  await renameDepartment(owner, { departmentId, name: '' })
  expect((await chain(owner))[0]).toMatchObject({ kind: 'product', name: null })
  const added = await createDepartment(owner, { name: 'Operations' })
  await expect(renameDepartment(owner, { departmentId: added.id, name: '' })).rejects.toThrow('required')
})

describe('moving', () => {
  test('to the front, behind another, to the end', async () => {
    const owner = await home.workspace()
    await moveDepartment(owner, { departmentId: await at(owner, 4), after: null })
    expect(await names(owner)).toEqual(['organization', 'product', 'marketing', 'sales', 'success'])
    await moveDepartment(owner, { departmentId: await at(owner, 0), after: await at(owner, 4) })
    expect(await names(owner)).toEqual(['product', 'marketing', 'sales', 'success', 'organization'])
    await moveDepartment(owner, { departmentId: await at(owner, 0), after: await at(owner, 1) })
    expect(await names(owner)).toEqual(['marketing', 'product', 'sales', 'success', 'organization'])
  })

  test('behind one of another workspace, or behind an archived one, is refused', async () => {
    const owner = await home.workspace()
    const other = await home.workspace('Other')
    const departmentId = await at(owner, 0)
    const archived = await at(owner, 3)
    await archiveDepartment(owner, { departmentId: archived, archived: true })
    for (const after of [await at(other, 1), archived, 'dep_\u0000']) {
      await expect(moveDepartment(owner, { departmentId, after })).rejects.toThrow('not_found')
    }
    await expect(moveDepartment(owner, { departmentId: archived, after: null })).rejects.toThrow('not_found')
  })

  test('twenty at once leave five, each in a place of its own', async () => {
    const owner = await home.workspace()
    const ids = (await chain(owner)).map((department) => department.id)
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        moveDepartment(owner, {
          departmentId: must(ids[n % 5], ''),
          after: must(ids[(n + 2) % 5], ''),
        }),
      ),
    )
    const places = (await chain(owner)).map((department) => department.place)
    expect(new Set(places).size).toBe(5)
  })
})

describe('archiving', () => {
  test('takes it out, brings it back to its place, with its people', async () => {
    const owner = await home.workspace()
    const lead = await home.member(owner, 'manager')
    const departmentId = await at(owner, 1)
    await staff(home.store, departmentId, lead.actor.memberId, true)
    const { memberId } = lead.actor
    expect(await told(archiveDepartment(owner, { departmentId, archived: true }))).toEqual({
      events: ['departments.changed'],
      revoked: [{ memberId }],
    })
    expect(await names(owner)).toEqual(['product', 'sales', 'success', 'organization'])
    const without = await home.again(lead)
    expect(without.actor.leads).toEqual([])
    expect(without.actor.revision).toBe(lead.actor.revision + 1)
    await archiveDepartment(owner, { departmentId, archived: false })
    expect(await names(owner)).toEqual(['product', 'marketing', 'sales', 'success', 'organization'])
    expect((await home.again(lead)).actor.leads).toEqual([departmentId])
    // Once more changes nothing, and throws nobody out.
    expect((await told(archiveDepartment(owner, { departmentId, archived: false }))).revoked).toEqual([])
  })

  test('the last one stays, also when two go at once', async () => {
    const owner = await home.workspace()
    for (let n = 0; n < 3; n++) {
      await archiveDepartment(owner, { departmentId: await at(owner, 0), archived: true })
    }
    const [one, two] = await chain(owner)
    const answers = await Promise.allSettled(
      [one, two].map((department) =>
        archiveDepartment(owner, { departmentId: must(department, '').id, archived: true }),
      ),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await chain(owner)).toHaveLength(1)
  })
})

describe('staff', () => {
  test('leads and members, and what each change tells', async () => {
    const owner = await home.workspace()
    const member = await home.member(owner, 'member', 'Priya')
    const { memberId, workspaceId } = member.actor
    const departmentId = await at(owner, 0)
    const as = (position: 'lead' | 'member' | null) =>
      told(staffDepartment(owner, { departmentId, memberId, as: position }))
    const position = async () =>
      (await home.store.read.departments.staff(workspaceId)).map(({ name, lead }) => ({ name, lead }))

    // Working somewhere is a right, and so is leading: both are judged anew wherever they are connected.
    expect((await as('member')).revoked).toEqual([{ memberId }])
    expect(await position()).toEqual([{ name: 'Priya', lead: false }])
    expect((await as('lead')).revoked).toEqual([{ memberId }])
    expect(await position()).toEqual([{ name: 'Priya', lead: true }])
    expect((await as('lead')).revoked).toEqual([])
    expect((await as(null)).revoked).toEqual([{ memberId }])
    expect(await position()).toEqual([])
    expect((await home.again(member)).actor.revision).toBe(member.actor.revision + 3)
  })

  test.each<Role>(['adviser', 'viewer'])('no %s', async (role) => {
    const owner = await home.workspace()
    const { memberId } = (await home.member(owner, role)).actor
    const departmentId = await at(owner, 0)
    await expect(staffDepartment(owner, { departmentId, memberId, as: 'member' })).rejects.toThrow(
      'role_too_low',
    )
  })

  test('nobody of another workspace, and nobody in an archived department', async () => {
    const owner = await home.workspace()
    const stranger = await home.workspace('Other')
    const departmentId = await at(owner, 0)
    for (const memberId of [stranger.actor.memberId, 'mem_\u0000', 'x']) {
      await expect(staffDepartment(owner, { departmentId, memberId, as: 'lead' })).rejects.toThrow(
        'not_found',
      )
    }
    await archiveDepartment(owner, { departmentId, archived: true })
    const { memberId } = owner.actor
    await expect(staffDepartment(owner, { departmentId, memberId, as: 'lead' })).rejects.toThrow('not_found')
  })
})
