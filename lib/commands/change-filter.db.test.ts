import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { boardPage } from '@/lib/queries/board'
import { type House, house } from '@/lib/testing/builders'
import { refusal } from '@/lib/testing/refusal'
import { changeFilter } from './change-filter'
import type { Context } from './context'
import { undoChange } from './undo-change'

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

const save = (by: Context, name: string, shared = false, query = 'phase=do') =>
  changeFilter(by, { change: { do: 'save', name, query, shared } })
const names = async (by: Context) => {
  const [board] = await home.store.read.boards.list(by.actor.workspaceId)
  const page = await boardPage(by, must(board, 'a board').id, 'UTC')
  return must(page, 'readable').filters.map(({ name }) => name)
}

describe('saved filters', () => {
  test('are their member’s alone until they are shared, and undo takes each step back', async () => {
    const owner = await home.workspace()
    const member = await home.member(owner, 'member')
    const { value } = await save(member, 'Mine')
    const id = must(value[0], 'saved').id
    expect(await names(member)).toEqual(['Mine'])
    expect(await names(owner)).toEqual([])
    const shared = await changeFilter(member, { change: { do: 'set', filterId: id, shared: true } })
    expect(await names(owner)).toEqual(['Mine'])
    expect(home.told.events.at(-1)?.event).toEqual({ type: 'filters.changed' })
    await undoChange(member, { changeId: must(shared.undo, 'changed') })
    expect(await names(owner)).toEqual([])
    const gone = await changeFilter(member, { change: { do: 'remove', filterId: id } })
    expect(await names(member)).toEqual([])
    await undoChange(member, { changeId: must(gone.undo, 'removed') })
    expect(await names(member)).toEqual(['Mine'])
  })

  test('who may: viewers save their own, share none; a colleague’s shared one is changed by partners only', async () => {
    const owner = await home.workspace()
    const [member, viewer, partner, adviser, other] = [
      await home.member(owner, 'member'),
      await home.member(owner, 'viewer'),
      await home.member(owner, 'partner'),
      await home.member(owner, 'adviser'),
      await home.workspace('Elsewhere'),
    ]
    expect((await save(viewer, 'Only mine')).value).toHaveLength(1)
    expect((await refusal(save(viewer, 'For all', true))).code).toBe('not_allowed')
    expect((await refusal(save(adviser, 'x'))).code).toBe('not_allowed')
    const mine = must((await save(member, 'Hidden')).value[0], 'saved')
    const shared = must(
      (await save(member, 'Shown', true)).value.find((one) => one.shared),
      'saved',
    )
    const rename = (by: Context, filterId: string) =>
      changeFilter(by, { change: { do: 'set', filterId, name: 'Renamed' } })
    expect((await refusal(rename(partner, mine.id))).code).toBe('not_found')
    expect((await refusal(rename(viewer, shared.id))).code).toBe('not_allowed')
    expect((await refusal(rename(other, shared.id))).code).toBe('not_found')
    for (const id of ['', 'sfl_\u0000', newId('sfl')])
      expect((await refusal(rename(partner, id))).code).toBe('not_found')
    expect((await rename(partner, shared.id)).value.map(({ name }) => name)).toContain('Renamed')
    expect(
      (await refusal(changeFilter(partner, { change: { do: 'set', filterId: shared.id, shared: false } })))
        .code,
    ).toBe('not_allowed')
  })

  test('at most fifty, also by two tabs at once and by undo', async () => {
    const owner = await home.workspace()
    for (let i = 0; i < 48; i++) await save(owner, `Filter ${i}`)
    const first = must((await save(owner, 'The 49th')).value[0], 'saved')
    const both = await Promise.allSettled([save(owner, 'a'), save(owner, 'b')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const { undo } = await changeFilter(owner, { change: { do: 'remove', filterId: first.id } })
    await save(owner, 'Instead')
    expect((await refusal(undoChange(owner, { changeId: must(undo, 'removed') }))).code).toBe('too_many')
  })
})
