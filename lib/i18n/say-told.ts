import { columnKinds } from '@/lib/domain/column'
import { departmentKinds } from '@/lib/domain/department'
import type { Language } from '@/lib/domain/language'
import type { Notification } from '@/lib/domain/notification'
import type { ProposalState } from '@/lib/domain/proposal'
import type { Words } from './words'

interface Named {
  readonly kind: string | null
  readonly name: string | null
}

/** What a notification speaks of, as it is now. */
export interface ToldOf {
  readonly activity: { readonly title: string; readonly due: string | null; readonly column: Named } | null
  /** What is given or asked for. */
  readonly asked: string | null
  /** The review of a quarter; `department` null: of the company. */
  readonly review: {
    readonly cycle: string
    readonly department: Named | null
    readonly heldOn: string | null
  } | null
  readonly decision: { readonly title: string; readonly due: string | null } | null
  readonly proposal: {
    readonly state: ProposalState
    readonly accepted: number
    readonly rejected: number
  } | null
}

/** Of everything notifications speak of, what this one does. */
export function toldOf(
  { activityId, subjectId, reviewId }: Pick<Notification, 'activityId' | 'subjectId' | 'reviewId'>,
  about: {
    readonly activities: ReadonlyMap<string, NonNullable<ToldOf['activity']>>
    readonly asked: ReadonlyMap<string, { readonly title: string }>
    readonly reviews: ReadonlyMap<string, NonNullable<ToldOf['review']>>
    readonly decisions: ReadonlyMap<string, NonNullable<ToldOf['decision']>>
    readonly proposals: ReadonlyMap<string, NonNullable<ToldOf['proposal']>>
  },
): ToldOf {
  return {
    activity: about.activities.get(activityId ?? '') ?? null,
    asked: about.asked.get(subjectId ?? '')?.title ?? null,
    review: about.reviews.get(reviewId ?? '') ?? null,
    decision: about.decisions.get(subjectId ?? '') ?? null,
    proposal: about.proposals.get(subjectId ?? '') ?? null,
  }
}

/** What happened, in one sentence: on a board, or to a proposal. The inbox and the letter say the same. */
export function sayTold(
  { t, language }: { readonly t: Words; readonly language: Language },
  who: string,
  kind: Notification['kind'],
  of: ToldOf,
): string {
  const title = of.activity?.title ?? ''
  const what = of.asked ?? ''
  switch (kind) {
    case 'moved':
      return t('inbox.told_moved', {
        who,
        title,
        column: of.activity ? columnName(t, of.activity.column) : '',
      })
    case 'due': {
      const due = of.activity?.due ?? null
      return due === null
        ? t('inbox.told_due_none', { who, title })
        : t('inbox.told_due', { who, title, due: day(language, due) })
    }
    case 'mention':
    case 'comment':
    case 'assigned':
      return t(`inbox.told_${kind}`, { who, title })
    case 'hand_off_offered':
    case 'hand_off_accepted':
    case 'hand_off_declined':
    case 'hand_off_delivered':
      return t(`inbox.told_${kind}`, { who, title, what })
    case 'request_received':
    case 'request_accepted':
    case 'request_declined':
      return t(`inbox.told_${kind}`, { who, what })
    case 'proposal': {
      const { state, accepted, rejected } = of.proposal ?? { state: 'open', accepted: 0, rejected: 0 }
      // Of a withdrawn one its author knows; what was decided before still counts.
      const end = state === 'withdrawn' ? 'open' : state
      return t(`inbox.told_proposal_${end}`, { who, accepted, rejected })
    }
    case 'impact_asked':
      return t('inbox.told_impact_asked', { who, title })
    case 'impact_waiting':
      return t('inbox.told_impact_waiting', { title })
    case 'due_soon':
      return t('inbox.told_due_soon', { title, due: day(language, of.activity?.due ?? null) })
    case 'review_invited':
    case 'review_moved':
    case 'review_started':
    case 'review_closed':
    case 'review_soon':
    case 'review_unprepared': {
      const { heldOn } = of.review ?? { heldOn: null }
      const review = of.review ? reviewName(t, of.review) : ''
      return t(`inbox.told_${kind}`, { who, review, on: heldOn ? 'day' : 'none', day: day(language, heldOn) })
    }
    case 'decision_assigned':
    case 'decision_due': {
      const due = of.decision?.due ?? null
      const what = of.decision?.title ?? ''
      return t(`inbox.told_${kind}`, { who, what, on: due ? 'day' : 'none', day: day(language, due) })
    }
    case 'reply':
    case 'resolved':
    case 'reopened':
      return t(`inbox.${kind}`, { who })
  }
}

function day(language: Language, text: string | null): string {
  if (text === null) return ''
  const form = new Intl.DateTimeFormat(language === 'zh' ? 'zh-Hans' : 'en', {
    dateStyle: 'long',
    timeZone: 'UTC',
  })
  return form.format(new Date(`${text}T00:00:00Z`))
}

function columnName(t: Words, { kind, name }: Named): string {
  const usual = columnKinds.find((known) => known === kind)
  return name ?? (usual ? t(`boards.column_${usual}`) : '')
}

/** A board is called after its department. */
export function departmentName(t: Words, { kind, name }: Named): string {
  const usual = departmentKinds.find((known) => known === kind)
  return name ?? (usual ? t(`common.department_${usual}`) : '')
}

/** "the review of Q3 2026", "the review of Sales, Q3 2026". */
export function reviewName(
  t: Words,
  { cycle, department }: { readonly cycle: string; readonly department: Named | null },
): string {
  const given = { quarter: Number(cycle.slice(6)), year: cycle.slice(0, 4) }
  return department === null
    ? t('inbox.review_company', given)
    : t('inbox.review_department', { ...given, department: departmentName(t, department) })
}
