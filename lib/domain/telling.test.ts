import { expect, test } from 'vitest'
import type { Activity } from './activity'
import {
  answersFor,
  askedAbout,
  peopleOf,
  type Remindable,
  remindersOn,
  toldOfChange,
  toldOfDecision,
  toldOfReview,
  toldOfSpeech,
} from './telling'

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

const review = {
  state: 'preparing',
  heldOn: '2026-09-29',
  leadId: 'mem_lead',
  participants: ['mem_a', 'mem_b'],
} as const

test('of a review hears who takes part: first that they do, then its day, its start and its end', () => {
  const say = (...given: Parameters<typeof toldOfReview>) => Object.fromEntries(toldOfReview(...given))
  expect(say(null, review, 'mem_lead')).toEqual({ mem_a: 'review_invited', mem_b: 'review_invited' })
  expect(say(review, { ...review, participants: ['mem_a', 'mem_c'] }, 'mem_lead')).toEqual({
    mem_c: 'review_invited',
  })
  expect(
    say(review, { ...review, heldOn: '2026-09-30', participants: ['mem_a', 'mem_b', 'mem_c'] }, 'mem_a'),
  ).toEqual({ mem_b: 'review_moved', mem_c: 'review_invited', mem_lead: 'review_moved' })
  expect(say(review, { ...review, heldOn: null }, 'mem_lead')).toEqual({})
  expect(say(review, { ...review, state: 'running' }, 'mem_b')).toEqual({
    mem_a: 'review_started',
    mem_lead: 'review_started',
  })
  expect(say({ ...review, state: 'running' }, review, 'mem_b')).toEqual({})
  expect(say({ ...review, state: 'running' }, { ...review, state: 'closed' }, 'mem_b')).toEqual({
    mem_a: 'review_closed',
    mem_lead: 'review_closed',
  })
})

test('a decision is told to its owner, moved words to who answers for what serves them', () => {
  expect([...toldOfDecision({ ownerId: 'mem_a' }, 'mem_b')]).toEqual([['mem_a', 'decision_assigned']])
  expect([...toldOfDecision({ ownerId: 'mem_a' }, 'mem_a')]).toEqual([])
  expect([...toldOfDecision({ ownerId: null }, 'mem_a')]).toEqual([])
  expect(askedAbout({ ownerId: 'mem_a' }, ['mem_b'])).toEqual(['mem_a'])
  expect(askedAbout({ ownerId: null }, ['mem_b', 'mem_c'])).toEqual(['mem_b', 'mem_c'])
})

const calendar: Remindable = {
  reviews: [{ ...review, id: 'rev_1', prepared: ['mem_a'] }],
  activities: [
    { id: 'act_1', boardId: 'brd_1', ownerId: 'mem_a', helpers: ['mem_b', 'mem_a'], due: '2026-09-20' },
  ],
  decisions: [{ id: 'dcn_1', reviewId: 'rev_0', ownerId: 'mem_c', due: '2026-10-10' }],
  impacts: [
    {
      impactId: 'imp_1',
      activityId: 'act_2',
      boardId: 'brd_1',
      asked: '2026-09-01',
      to: ['mem_d'],
    },
  ],
}

test.each([
  ['2026-09-03', []],
  ['2026-09-04', ['mem_d impact_waiting']],
  ['2026-09-19', ['mem_a due_soon', 'mem_b due_soon', 'mem_d impact_waiting']],
  ['2026-09-20', ['mem_a due_soon', 'mem_b due_soon', 'mem_d impact_waiting']],
  ['2026-09-21', ['mem_d impact_waiting']],
  ['2026-09-27', ['mem_b review_unprepared', 'mem_d impact_waiting']],
  [
    '2026-09-28',
    [
      'mem_a review_soon',
      'mem_b review_soon',
      'mem_b review_unprepared',
      'mem_d impact_waiting',
      'mem_lead review_soon',
    ],
  ],
  ['2026-09-29', ['mem_a review_soon', 'mem_b review_soon', 'mem_d impact_waiting', 'mem_lead review_soon']],
  ['2026-10-01', []],
  ['2026-10-09', ['mem_c decision_due']],
  ['2026-10-11', []],
])('on %s the calendar reminds: %j', (day, said) => {
  expect(
    remindersOn(day, calendar)
      .map(({ to, kind }) => `${to} ${kind}`)
      .sort(),
  ).toEqual(said)
})

test('the same reminder has the same key, another day another; a review that runs reminds nobody', () => {
  const keys = (day: string, given = calendar) => new Set(remindersOn(day, given).map(({ key }) => key))
  const both = [...keys('2026-09-28')].filter((key) => key.startsWith('review_soon'))
  expect(both).toEqual([...keys('2026-09-29')].filter((key) => key.startsWith('review_soon')))
  const moved = { ...calendar, reviews: calendar.reviews.map((one) => ({ ...one, heldOn: '2026-09-30' })) }
  expect([...keys('2026-09-29', moved)]).not.toContain(both[0])
  const running = {
    ...calendar,
    reviews: calendar.reviews.map((one) => ({ ...one, state: 'running' as const })),
  }
  expect([...keys('2026-09-28', running)]).toEqual(['impact_waiting imp_1 act_2'])
})
