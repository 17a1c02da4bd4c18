import { describe, expect, test } from 'vitest'
import { newId } from '@/lib/kit/ids'
import { sentencesOf } from './history-words'
import type { Told } from './panel-data'
import { activityForTests, namesForTests, panelForTests, personForTests } from './panel-for-tests'

const mei = personForTests('Mei')
const tomas = personForTests('Tomás')
const column = (kind: 'planned' | 'doing', place: string) => ({
  id: newId('col'),
  boardId: newId('brd'),
  kind,
  name: null,
  phase: 'plan' as const,
  place,
  limit: null,
  removed: false,
  revision: 1,
})
const [planned, doing] = [column('planned', 'a0'), column('doing', 'a1')]
const item = {
  id: newId('itm'),
  kind: 'pain' as const,
  code: 'P1',
  title: 'Food cost is known too late',
  feltBy: [],
  focus: false,
  measure: null,
  removed: false,
  words: '',
  slots: {},
}
const handOff = {
  id: newId('hof'),
  workspaceId: newId('ws'),
  fromActivityId: newId('act'),
  toBoardId: newId('brd'),
  toActivityId: null,
  title: 'The verified formula',
  due: null,
  state: 'offered' as const,
  reason: null,
  revision: 1,
}
const data = panelForTests({
  activity: activityForTests(),
  people: [mei, tomas],
  columns: [planned, doing],
  items: [item],
  handOffs: [handOff],
})

function told(diff: Told['diff'], given: Partial<Told> = {}): Told {
  return {
    id: newId('chg'),
    workspaceId: data.activity.workspaceId,
    boardId: data.activity.boardId,
    activityId: data.activity.id,
    kind: 'activity',
    subjectId: data.activity.id,
    revision: 2,
    verb: 'edited',
    diff,
    by: mei.id,
    at: 0,
    ...given,
  }
}
const en = (diff: Told['diff'], given?: Partial<Told>) => sentencesOf(told(diff, given), namesForTests(data))
const zh = (diff: Told['diff'], given?: Partial<Told>) =>
  sentencesOf(told(diff, given), namesForTests(data, 'zh'))
const step = (id: string, given: object = {}) => ({
  id,
  title: 'Send the letters',
  done: false,
  ownerId: null,
  due: null,
  ...given,
})

describe('what history says', () => {
  test('a move names the columns, and not the place between two cards', () => {
    const diff = { columnId: [planned.id, doing.id], place: ['a0', 'a1'] } as const
    expect(en(diff, { verb: 'moved' })).toEqual(['Mei moved it from Planned to Doing'])
    expect(zh(diff, { verb: 'moved' })).toEqual(['Mei把它从“已计划”移到“进行中”'])
    expect(en({ place: ['a0', 'a1'] }, { verb: 'moved' })).toEqual(['Mei moved it within its column'])
  })

  test('each field in a sentence of its own', () => {
    expect(en({ ownerId: [null, tomas.id], due: ['2026-08-01', '2027-01-04'], effort: [null, 1] })).toEqual([
      'Mei gave it to Tomás',
      'Mei set the due day to 4 Jan 2027',
      'Mei estimated 1 person-day',
    ])
    expect(en({ ownerId: [tomas.id, null], due: ['2026-08-01', null] })).toEqual([
      'Mei left it without an owner',
      'Mei took the due day away',
    ])
  })

  test('lists say what came and what went; what is gone is called so', () => {
    const gone = newId('itm')
    expect(en({ serves: [[gone], [item.id, `${item.id}/whom`]] })).toEqual([
      'Mei connected it to P1 Food cost is known too late, For whom',
      'Mei took the link to something that left the strategy away',
    ])
  })

  test('steps: added, ticked, given away, removed, and nothing but put in order', () => {
    const [one, two] = [newId('chk'), newId('chk')]
    expect(en({ checklist: [[], [step(one)]] }, { verb: 'checked' })).toEqual([
      'Mei added the step “Send the letters”',
    ])
    expect(
      en({ checklist: [[step(one)], [step(one, { done: true, ownerId: tomas.id, due: '2026-09-25' })]] }),
    ).toEqual([
      'Mei ticked “Send the letters”',
      'Mei gave the step “Send the letters” to Tomás',
      'Mei set “Send the letters” due on 25 Sept',
    ])
    expect(
      en({
        checklist: [
          [step(one), step(two)],
          [step(two), step(one)],
        ],
      }),
    ).toEqual(['Mei put the steps in another order'])
    expect(en({ checklist: [[step(one)], []] })).toEqual(['Mei removed the step “Send the letters”'])
  })

  test('hand-offs by their name, with the sentence they were declined with', () => {
    const given = { kind: 'hand_off', subjectId: handOff.id, verb: 'answered' } as const
    expect(en({ state: ['offered', 'declined'], reason: [null, 'Too late for us'] }, given)).toEqual([
      'Mei declined “The verified formula”: Too late for us',
    ])
    expect(zh({ state: ['offered', 'accepted'] }, given)).toEqual(['Mei接受了交接“The verified formula”'])
  })

  test('an undoing says what it did; a change of which nothing is known still says who', () => {
    expect(en({ halt: ['blocked', null] }, { verb: 'undone' })).toEqual([
      'Mei took a change back:',
      'Mei set it going again',
    ])
    expect(en({}, { kind: 'label' })).toEqual(['Mei changed it'])
    expect(en({ halt: [null, 'stopped'] }, { by: newId('mem') })).toEqual(['a former member stopped it'])
  })
})
