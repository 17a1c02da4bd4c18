import type { Assumption } from './coherence/assumptions'
import type { TrackedGap } from './coherence/gap-tracker'
import type { MovedCard } from './coherence/impact'
import type { Matrix } from './coherence/matrix'
import type { ReviewStep } from './review'
import type { Decision } from './review-decision'
import type { ScopeChanges } from './scope'

export const agendaKinds = [
  'last_decisions',
  'sealed_plan',
  'done',
  'measures',
  'gap',
  'thread',
  'assumption',
  'uncovered',
  'conflict',
  'returned',
  'late',
  'unanswered',
  'decide',
] as const
export type AgendaKind = (typeof agendaKinds)[number]

/** One point of a meeting. Its words are the page's: what it is about stands in `about`, `code` and `title`. */
export interface AgendaPoint {
  /** Stable while its reason holds: a running meeting keeps its place when the agenda is read anew. */
  readonly key: string
  readonly kind: AgendaKind
  readonly step: ReviewStep
  readonly minutes: number
  /** Nobody put it there. */
  readonly auto: boolean
  readonly about: readonly string[]
  readonly code: string | null
  readonly title: string | null
  readonly count: number
}

/** A thread that was tried and watched, and whose day has come. */
export interface FallenDue {
  readonly id: string
  readonly quote: string
  readonly until: string
}

export interface AgendaFacts {
  readonly lastDecisions: readonly Pick<Decision, 'id'>[]
  readonly sealed: boolean
  readonly scope: ScopeChanges | null
  readonly gaps: readonly TrackedGap[]
  readonly matrix: Pick<Matrix, 'uncovered' | 'conflicts' | 'lateHandOffs' | 'returnedHandOffs'>
  readonly assumptions: readonly Assumption[]
  readonly threads: readonly FallenDue[]
  readonly moved: readonly MovedCard[]
  readonly measures: number
}

/**
 * The agenda of a review, built from data: what was decided last time, the sealed plan, what was done, the measures;
 * then whatever the data puts there by itself; at the end deciding.
 */
export function agendaOf(facts: AgendaFacts): readonly AgendaPoint[] {
  const { matrix, scope } = facts
  const moved = scope ? scope.added.length + scope.dropped.length + scope.retargeted.length : 0
  const points: (AgendaPoint | null)[] = [
    facts.lastDecisions.length > 0
      ? fixed(
          'last_decisions',
          'plan',
          10,
          facts.lastDecisions.length,
          facts.lastDecisions.map(({ id }) => id),
        )
      : null,
    facts.sealed ? fixed('sealed_plan', 'plan', 5, moved) : null,
    fixed('done', 'check', 10),
    facts.measures > 0 ? fixed('measures', 'check', 25, facts.measures) : null,
    ...facts.gaps
      .filter(({ state }) => state === 'amber')
      .map((gap) =>
        auto('gap', gap.itemId, 'why', 10, {
          about: [gap.itemId, ...(gap.measure ? [gap.measure.id] : [])],
          code: gap.code,
          title: gap.title,
        }),
      ),
    ...facts.threads.map(({ id, quote }) => auto('thread', id, 'why', 5, { about: [id], title: quote })),
    ...facts.assumptions
      .filter(({ state }) => state === 'expired')
      .map(({ itemId, code, title }) =>
        auto('assumption', itemId, 'why', 5, { about: [itemId], code, title }),
      ),
    ...matrix.uncovered.map(({ itemId, code, title }) =>
      auto('uncovered', itemId, 'why', 5, { about: [itemId], code, title }),
    ),
    ...matrix.conflicts.map(({ relationId, one, other, why }) =>
      auto('conflict', relationId, 'why', 5, {
        about: [one.activityId, other.activityId],
        title: why === '' ? `${one.title} / ${other.title}` : why,
      }),
    ),
    ...matrix.returnedHandOffs.map(({ handOffId, title }) =>
      auto('returned', handOffId, 'why', 5, { about: [handOffId], title }),
    ),
    matrix.lateHandOffs.length > 0
      ? auto('late', 'hand_offs', 'why', 5, {
          about: matrix.lateHandOffs.map(({ handOffId }) => handOffId),
          count: matrix.lateHandOffs.length,
        })
      : null,
    facts.moved.length > 0
      ? auto('unanswered', 'positioning', 'why', 5, {
          about: facts.moved.map(({ activityId }) => activityId),
          count: facts.moved.length,
        })
      : null,
    fixed('decide', 'act', 20),
  ]
  return points.filter((point) => point !== null)
}

function fixed(
  kind: AgendaKind,
  step: ReviewStep,
  minutes: number,
  count = 0,
  about: readonly string[] = [],
): AgendaPoint {
  return { key: kind, kind, step, minutes, auto: false, about, code: null, title: null, count }
}

function auto(
  kind: AgendaKind,
  key: string,
  step: ReviewStep,
  minutes: number,
  given: {
    readonly about: readonly string[]
    readonly code?: string | null
    readonly title?: string
    readonly count?: number
  },
): AgendaPoint {
  return {
    key: `${kind}:${key}`,
    kind,
    step,
    minutes,
    auto: true,
    about: given.about,
    code: given.code ?? null,
    title: given.title ?? null,
    count: given.count ?? given.about.length,
  }
}
