import { describe, expect, test } from 'vitest'
import { exampleWorld } from '@/lib/testing/example-world'
import { agendaOf } from './agenda'
import { sealOf } from './canonical'
import { assumptionsOf } from './coherence/assumptions'
import { trackGaps } from './coherence/gap-tracker'
import { matrixOf } from './coherence/matrix'
import { Refusal } from './refusal'
import {
  agreeWith,
  backToPreparing,
  closeReview,
  editFinding,
  type Finding,
  judge,
  type Review,
  type ReviewState,
  readableFindings,
  reviewStates,
  startReview,
} from './review'
import {
  type Decision,
  decisionFates,
  type Facts,
  fateOf,
  firstFate,
  followDecision,
} from './review-decision'
import { measureOutcome, type ReviewResult, readResult, sealResult } from './review-result'

const meeting = {
  step: 'plan',
  point: null,
  presenterId: null,
  since: '2026-10-01T08:00:00.000Z',
  minutes: 10,
} as const
const closing = {
  result: sealOf({}),
  versionId: null,
  closedAt: new Date(0),
  closedBy: 'mem_1' as const,
}
function reviewIn(state: ReviewState): Review {
  const base = {
    id: 'rev_1' as const,
    workspaceId: 'ws_1' as const,
    cycle: '2026-Q3',
    departmentId: null,
    heldOn: null,
    limited: false,
    leadId: null,
    participants: [],
    prepared: [],
    documentId: 'doc_1' as const,
    goals: '',
    lessons: '',
    meeting: null,
    createdBy: 'mem_1' as const,
    createdAt: new Date(0),
    revision: 1,
  }
  return state === 'closed' ? { ...base, ...closing, state } : { ...base, state }
}
const finding = (over: Partial<Finding> = {}): Finding => ({
  id: 'fnd_1',
  reviewId: 'rev_1',
  by: 'mem_1',
  step: 'check',
  text: 'Repeat visits stand at 24.1 %.',
  alone: true,
  about: [],
  causes: [],
  evidence: [],
  verdict: null,
  lesson: '',
  agree: [],
  removed: false,
  at: new Date(0),
  revision: 1,
  ...over,
})
const code = (work: () => unknown): string => {
  try {
    work()
    return 'yes'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

test('the whole machine', () => {
  const moves = {
    start: (review: Review) => startReview(review, { heldOn: '2026-10-01', meeting }).state,
    postpone: (review: Review) => backToPreparing(review).state,
    close: (review: Review) => closeReview(review, [], closing).state,
  }
  const outcome = (state: ReviewState, move: (review: Review) => string) => {
    try {
      return move(reviewIn(state))
    } catch (error) {
      if (error instanceof Refusal) return error.code
      throw error
    }
  }
  expect(
    Object.fromEntries(
      reviewStates.map((state) => [state, Object.values(moves).map((move) => outcome(state, move))]),
    ),
  ).toEqual({
    preparing: ['running', 'preparing', 'review_step'],
    running: ['running', 'preparing', 'closed'],
    closed: ['review_step', 'review_step', 'review_step'],
  })
})

describe('findings', () => {
  test('are read by nobody else before the meeting, and by all in it', () => {
    const all = [finding(), finding({ id: 'fnd_2', by: 'mem_2' }), finding({ id: 'fnd_3', removed: true })]
    const read = (state: ReviewState, member: string) =>
      readableFindings(reviewIn(state), all, member).map(({ id }) => id)
    expect(read('preparing', 'mem_1')).toEqual(['fnd_1'])
    expect(read('preparing', 'mem_9')).toEqual([])
    expect(read('running', 'mem_9')).toEqual(['fnd_1', 'fnd_2'])
    expect(read('closed', 'mem_9')).toEqual(['fnd_1', 'fnd_2'])
  })

  test('each carries a verdict before it closes; what was taken away needs none', () => {
    const running = reviewIn('running')
    expect(code(() => closeReview(running, [finding()], closing))).toBe('review_unassessed')
    expect(code(() => closeReview(running, [finding({ removed: true })], closing))).toBe('yes')
    expect(closeReview(running, [finding({ verdict: 'keep' })], closing).meeting).toBeNull()
    expect(judge(finding(), 'stop').verdict).toBe('stop')
    expect(judge(finding({ verdict: 'stop' }), null).verdict).toBeNull()
    expect(code(() => judge(finding(), 'perhaps'))).toBe('invalid_input')
  })

  test('five whys and no more, empty ones left out', () => {
    const cause = (whys: readonly string[]) =>
      editFinding(finding(), { causes: [{ text: 'Late', whys }] }).causes
    expect(cause(['a', ' ', 'b'])).toEqual([{ text: 'Late', whys: ['a', 'b'] }])
    expect(code(() => cause(['1', '2', '3', '4', '5', '6']))).toBe('too_many')
  })

  test.each([
    ['link', 'https://example.com/x', 'yes'],
    ['link', 'javascript:alert(1)', 'invalid_input'],
    ['link', 'file:///etc/passwd', 'invalid_input'],
    ['measure', 'mea_00000000000000000000000000', 'yes'],
    ['measure', 'act_00000000000000000000000000', 'invalid_input'],
    ['item', 'itm_00000000000000000000000000/whom', 'yes'],
    ['rumour', 'x', 'invalid_input'],
  ])('evidence %s %s: %s', (kind, ref, answer) => {
    expect(code(() => editFinding(finding(), { evidence: [{ kind, ref, note: '' }] }))).toBe(answer)
  })

  test('agreeing is said once, taken back once, and never with oneself', () => {
    const mine = finding()
    expect(agreeWith(mine, 'mem_1', true)).toBe(mine)
    const agreed = agreeWith(mine, 'mem_2', true)
    expect(agreed.agree).toEqual(['mem_2'])
    expect(agreeWith(agreed, 'mem_2', true)).toBe(agreed)
    expect(agreeWith(agreed, 'mem_2', false).agree).toEqual([])
  })
})

describe('the fate of a decision', () => {
  const card = (phase: 'plan' | 'act', over = {}): Facts => ({
    kind: 'activity',
    activity: { status: 'active', phase, halt: null, ...over },
  })
  test.each<[string, Facts, string]>([
    ['words open', { kind: 'wording', state: 'open' }, 'proposed'],
    ['words in the text', { kind: 'wording', state: 'landed' }, 'done'],
    ['words turned down', { kind: 'wording', state: 'gone' }, 'ignored'],
    ['a card on the board', card('plan'), 'accepted'],
    ['a card that is done', card('act'), 'done'],
    ['a card in the trash', card('plan', { status: 'trashed' }), 'ignored'],
    ['a card that was stopped', card('act', { halt: 'stopped' }), 'ignored'],
    ['no card', { kind: 'activity', activity: null }, 'ignored'],
    ['a target in force', { kind: 'target', inForce: true, reached: false }, 'accepted'],
    ['a target reached', { kind: 'target', inForce: true, reached: true }, 'done'],
    ['another target', { kind: 'target', inForce: false, reached: true }, 'ignored'],
  ])('%s', (_title, facts, fate) => {
    expect(fateOf({ fate: 'proposed', fateBy: null }, facts)).toBe(fate)
    // Said by hand it is what was said, but for what is done.
    for (const said of decisionFates)
      expect(fateOf({ fate: said, fateBy: 'mem_1' }, facts)).toBe(fate === 'done' ? 'done' : said)
  })

  test('begins as proposed or accepted, and leaving it aside wants a reason', () => {
    const effect = { kind: 'activity', activityId: 'act_1', boardId: 'brd_1' } as const
    expect(firstFate(effect)).toBe('accepted')
    const decision: Decision = {
      id: 'dcn_1',
      workspaceId: 'ws_1',
      reviewId: 'rev_1',
      findingId: null,
      title: 'x',
      ownerId: null,
      due: null,
      effect,
      fate: 'accepted',
      reason: null,
      fateBy: null,
      fateAt: null,
      by: 'mem_1',
      at: new Date(0),
      revision: 1,
    }
    const follow = (fate: string, reason = '') =>
      followDecision(decision, { fate, reason, by: 'mem_2', at: new Date(1) })
    expect(code(() => follow('ignored'))).toBe('required')
    expect(code(() => follow('later'))).toBe('invalid_input')
    expect(follow('ignored', 'Nobody has the time.')).toMatchObject({
      fate: 'ignored',
      fateBy: 'mem_2',
      revision: 2,
    })
  })
})

test.each([
  ['up', 20, 30, 31, 'held'],
  ['up', 20, 30, 25, 'short'],
  ['up', 20, 30, 24, 'missed'],
  ['down', 23, 14, 14, 'held'],
  ['down', 23, 14, 18, 'short'],
  ['down', 23, 14, 21.4, 'missed'],
  ['up', 30, 30, 29, 'missed'],
  ['up', null, 30, 29, 'missed'],
  ['up', 20, 30, null, 'unread'],
  ['up', 20, null, 29, 'unread'],
] as const)(
  'a measure going %s from %d, target %d, now %d: %s',
  (direction, from, target, actual, outcome) => {
    expect(measureOutcome({ direction, from, target, actual })).toBe(outcome)
  },
)

test('a result is read back as it was sealed', () => {
  const result: ReviewResult = {
    format: 1,
    cycle: '2026-Q3',
    departmentId: null,
    plan: null,
    goals: '',
    lessons: 'We count effort well and effect badly.',
    participants: [],
    measures: [],
    activities: [],
    scope: {
      added: [
        {
          activityId: 'act_1',
          title: 'x',
          departmentId: 'dep_1',
          effort: null,
          word: { changeId: 'chg_1', by: 'mem_1', at: new Date(5), reason: null },
        },
      ],
      dropped: [],
      retargeted: [],
    },
    findings: [],
    decisions: [],
  }
  expect(readResult(sealResult(result))).toEqual(result)
})

describe('the agenda of the example company', () => {
  const world = exampleWorld()
  const agenda = agendaOf({
    lastDecisions: [{ id: 'dcn_1' }, { id: 'dcn_2' }, { id: 'dcn_3' }],
    sealed: true,
    scope: null,
    gaps: trackGaps(world),
    matrix: matrixOf(world),
    assumptions: assumptionsOf(world, '2026-09-30'),
    threads: [{ id: 'thr_1', quote: 'any size', until: '2026-08-01' }],
    moved: [],
    measures: 14,
  })

  test('has by itself what the file says it should find', () => {
    const auto = agenda.filter((point) => point.auto)
    const found = (kind: string) =>
      auto.filter((point) => point.kind === kind).map(({ about }) => world.codes(about))
    expect(found('gap')).toEqual([['G2', 'mea_02']])
    expect(found('assumption')).toEqual([['F4']])
    expect(found('uncovered')).toEqual([['P6']])
    expect(found('conflict')).toEqual([['act_18', 'act_25']])
    expect(found('returned')).toEqual([['hof_12']])
    expect(found('late')).toEqual([['hof_11', 'hof_13']])
    expect(found('thread')).toEqual([['thr_1']])
  })

  test('begins with what was decided and ends with deciding; every key once', () => {
    expect(agenda.map(({ kind }) => kind).slice(0, 4)).toEqual([
      'last_decisions',
      'sealed_plan',
      'done',
      'measures',
    ])
    expect(agenda.at(-1)?.kind).toBe('decide')
    expect(new Set(agenda.map(({ key }) => key)).size).toBe(agenda.length)
  })
})
