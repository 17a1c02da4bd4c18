import { expect, test } from 'vitest'
import type { Activity } from './activity'
import { answersFor, peopleOf, toldOfChange, toldOfSpeech } from './telling'

const base: Activity = {
  id: 'act_1',
  workspaceId: 'ws_1',
  boardId: 'brd_1',
  columnId: 'col_1',
  place: 'a0',
  title: 'Ask ten customers',
  documentId: 'doc_1',
  ownerId: 'mem_owner',
  helpers: ['mem_helper'],
  watchers: ['mem_watcher'],
  cycle: null,
  start: null,
  due: '2026-08-14',
  priority: null,
  effort: null,
  labels: [],
  serves: [],
  measures: [],
  checklist: [],
  halt: null,
  status: 'active',
  revision: 1,
  createdBy: 'mem_owner',
  createdAt: new Date(0),
  updatedAt: new Date(0),
}
const told = (changes: Partial<Activity>, by = 'mem_else', before: Activity | null = base) =>
  Object.fromEntries(toldOfChange(before, { ...base, ...changes }, by))

test('a move is told to the owner and to who watches, another day to the helpers too', () => {
  expect(told({ columnId: 'col_2' })).toEqual({ mem_owner: 'moved', mem_watcher: 'moved' })
  expect(told({ due: null })).toEqual({ mem_owner: 'due', mem_helper: 'due', mem_watcher: 'due' })
  expect(told({ place: 'a1', title: 'Other words', priority: 'high' })).toEqual({})
})

test('whose it is from now on hears that first, and once', () => {
  expect(told({ ownerId: 'mem_new', columnId: 'col_2' })).toEqual({
    mem_new: 'assigned',
    mem_watcher: 'moved',
  })
  expect(told({ helpers: ['mem_helper', 'mem_owner'] })).toEqual({})
  expect(told({}, 'mem_else', null)).toEqual({ mem_owner: 'assigned', mem_helper: 'assigned' })
})

test('nobody is told of their own act, nor of what comes and goes in the archive', () => {
  expect(told({ columnId: 'col_2' }, 'mem_owner')).toEqual({ mem_watcher: 'moved' })
  expect(told({ ownerId: 'mem_new' }, 'mem_new')).toEqual({})
  expect(told({ status: 'archived', columnId: 'col_2' })).toEqual({})
  expect(told({ columnId: 'col_2' }, 'mem_else', { ...base, status: 'trashed' })).toEqual({})
})

test('who is named is named; who only has to do with it hears of a comment', () => {
  const said = toldOfSpeech({
    by: 'mem_watcher',
    named: ['mem_helper', 'mem_watcher', 'mem_other'],
    people: [...peopleOf(base), 'mem_spoke'],
  })
  expect(Object.fromEntries(said)).toEqual({
    mem_helper: 'mention',
    mem_other: 'mention',
    mem_owner: 'comment',
    mem_spoke: 'comment',
  })
})

test('a department answers through its leads, else its people, else who runs the workspace', () => {
  const at = (memberId: `mem_${string}`, lead: boolean, departmentId = 'dep_1') => ({
    departmentId,
    memberId,
    lead,
  })
  const other = at('mem_x', true, 'dep_2')
  expect(answersFor('dep_1', [at('mem_a', false), at('mem_b', true), other], ['mem_o'])).toEqual(['mem_b'])
  expect(answersFor('dep_1', [at('mem_a', false), other], ['mem_o'])).toEqual(['mem_a'])
  expect(answersFor('dep_1', [other], ['mem_o'])).toEqual(['mem_o'])
})
