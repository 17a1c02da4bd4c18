import type { Context } from '@/lib/commands/context'
import { wholeSentence } from '@/lib/document/items/compose'
import type { NodeJson } from '@/lib/document/json'
import { bullets, heading, paragraph, paragraphs, quote, table, text } from '@/lib/document/report/nodes'
import type { Report, Section } from '@/lib/document/report/report'
import { betweenSentences, comma } from '@/lib/domain/comma'
import type { Cycle } from '@/lib/domain/cycle'
import type { Language } from '@/lib/domain/language'
import { Refusal } from '@/lib/domain/refusal'
import type { Finding } from '@/lib/domain/review'
import type { MeasureResult } from '@/lib/domain/review-result'
import type { ScopeWord } from '@/lib/domain/scope'
import { formatters } from '@/lib/i18n/formatters'
import { type Words, words } from '@/lib/i18n/words'
import type { FollowedDecision } from './decisions'
import { readContent } from './export'
import { type ReviewPage, reviewPage } from './reviews'

/**
 * A review as a report for somebody who was not there, in the four steps. Only what the reader may see: a limited review
 * is `not_found` to others, and while it is prepared nobody else's findings are in it.
 */
export async function reviewReport(context: Context, reviewId: string, zone: string): Promise<Report> {
  const page = await reviewPage(context, reviewId, zone)
  if (!page) throw new Refusal('not_found')
  // While everybody writes alone the notes of the meeting are empty or not to be shown around yet.
  const notes =
    page.review.state === 'preparing'
      ? []
      : readContent(await context.live.readDocument(page.review.documentId)).chapters.preface
  return reportOf(page, notes, { language: context.language, now: context.clock.now(), zone })
}

interface Telling {
  readonly language: Language
  readonly now: number
  readonly zone: string
}

/** The report of a page that was read. */
export function reportOf(page: ReviewPage, notes: readonly NodeJson[], telling: Telling): Report {
  const say = new Sayer(page, telling)
  const { t } = say
  const { review } = page
  const properties: (readonly [string, string])[] = [
    ...(review.state === 'closed' ? [] : [[t('report.state'), t(`report.state_${review.state}`)] as const]),
    ...(review.heldOn ? [[t('report.held_on'), say.day(review.heldOn)] as const] : []),
    ...(review.leadId ? [[t('report.lead'), say.person(review.leadId)] as const] : []),
    ...(review.participants.length > 0
      ? [
          [
            t('report.people'),
            review.participants.map((id) => say.person(id)).join(t('report.comma')),
          ] as const,
        ]
      : []),
    ...(page.planHash ? [[t('report.sealed'), `SHA-256 ${page.planHash}`] as const] : []),
    ...(review.closed ? [[t('report.result'), `SHA-256 ${review.closed.resultHash}`] as const] : []),
    ...(review.limited ? [[t('report.state'), t('report.limited')] as const] : []),
  ]
  const sections: Section[] = [
    { title: t('report.short'), blocks: inShort(page, say) },
    { title: t('report.plan'), blocks: planned(page, say) },
    { title: t('report.check'), blocks: checked(page, say) },
    { title: t('report.why'), blocks: why(page, say) },
    { title: t('report.act'), blocks: acted(page, say) },
    ...(isEmpty(notes) ? [] : [{ title: t('report.notes'), blocks: notes }]),
  ]
  return {
    title: t('report.title', {
      review: t('reviews.name', quarterOf(review.cycle)),
      of: say.department(review.departmentId),
    }),
    language: telling.language,
    properties,
    sections,
    made: t('report.made', { date: say.moment(new Date(telling.now)) }),
  }
}

const quarterOf = (cycle: Cycle) => ({ quarter: Number(cycle.slice(6)), year: cycle.slice(0, 4) })

function isEmpty(nodes: readonly NodeJson[]): boolean {
  return nodes.every((node) => (node.text ?? '') === '' && isEmpty(node.content ?? []))
}

function inShort({ measures, activities, findings, decisions }: ReviewPage, { t }: Sayer): NodeJson[] {
  const count = <T>(list: readonly T[], is: (one: T) => boolean) => list.filter(is).length
  return bullets([
    t('report.short_measures', {
      held: count(measures, ({ outcome }) => outcome === 'held'),
      of: measures.length,
    }),
    t('report.short_work', {
      of: activities.length,
      done: count(activities, ({ outcome }) => outcome === 'done'),
      stopped: count(activities, ({ outcome }) => outcome === 'stopped'),
      open: count(activities, ({ outcome }) => outcome === 'unfinished'),
    }),
    t('report.short_found', { findings: findings.length, decisions: decisions.length }),
  ])
}

function planned({ review, plan, sealedAt, scope, measures }: ReviewPage, say: Sayer): NodeJson[] {
  const { t } = say
  const sentence = plan ? wholeSentence(plan.positioning, say.language) : ''
  const unit = new Map(measures.map((measure) => [measure.measureId, measure.unit]))
  const because = (what: string, word: ScopeWord | null) =>
    word === null
      ? what
      : word.reason === null
        ? t('report.by', { what, name: say.person(word.by) })
        : t('report.because', { what, name: say.person(word.by), reason: word.reason })
  const changes = scope
    ? [
        ...scope.added.map(({ title, word }) => because(t('report.added', { title }), word)),
        ...scope.dropped.map(({ title, word }) => because(t('report.dropped', { title }), word)),
        ...scope.retargeted.map(({ measureId, name, from, to, word }) =>
          because(
            t('report.retargeted', {
              title: name,
              from: from === null ? t('report.no_target') : say.figure(from, unit.get(measureId) ?? ''),
              to: to === null ? t('report.no_target') : say.figure(to, unit.get(measureId) ?? ''),
            }),
            word,
          ),
        ),
      ]
    : []
  return [
    ...(review.goals === '' ? [] : [heading(t('report.goals')), ...paragraphs(review.goals)]),
    ...(sentence === '' ? [] : [quote(sentence)]),
    plan && sealedAt
      ? paragraph(
          t('report.sealed_on', {
            date: say.moment(sealedAt),
            activities: plan.activities.length,
            targets: plan.targets.length,
          }),
        )
      : paragraph(t('report.no_plan')),
    ...(scope
      ? [
          heading(t('report.scope')),
          ...(changes.length > 0 ? bullets(changes) : [paragraph(t('report.scope_none'))]),
        ]
      : []),
  ]
}

function checked({ measures, activities, lastDecisions }: ReviewPage, say: Sayer): NodeJson[] {
  const { t } = say
  return [
    ...(lastDecisions.length > 0
      ? [heading(t('report.last')), ...decisionTable(lastDecisions, say, false)]
      : []),
    ...(measures.length > 0 ? [heading(t('report.measures'))] : []),
    ...table(
      [t('report.col_measure'), t('report.col_target'), t('report.col_actual'), t('report.col_outcome')],
      measures.map((measure) => [
        measure.name,
        say.target(measure),
        measure.actual === null ? '' : say.figure(measure.actual, measure.unit),
        t(`report.outcome_${measure.outcome}`),
      ]),
      [1, 2],
    ),
    ...(activities.length > 0 ? [heading(t('report.work'))] : []),
    ...table(
      [t('report.col_activity'), t('report.col_department'), t('report.col_fate')],
      activities.map(({ title, departmentId, outcome, carry, reason }) => [
        title,
        say.department(departmentId),
        [
          t(`report.work_${outcome}`),
          carry && outcome === 'unfinished' ? t(`report.carry_${carry}`) : '',
          reason ?? '',
        ]
          .filter((part) => part !== '')
          .join(comma(say.language)),
      ]),
    ),
  ]
}

function why({ findings, referred }: ReviewPage, say: Sayer): NodeJson[] {
  const { t } = say
  if (findings.length === 0) return [paragraph(t('report.no_findings'))]
  const named = (refs: readonly string[]) =>
    refs
      .flatMap((ref) => {
        const found = referred[ref]
        if (!found) return []
        const code = found.kind === 'item' && found.code ? `${found.code} ` : ''
        return found.title === '' ? [] : [`${code}${found.title}`]
      })
      .join(t('report.comma'))
  return findings.flatMap((finding): NodeJson[] => {
    const about = named(finding.about)
    const evidence = finding.evidence
      .map(({ kind, ref, note }) =>
        [kind === 'link' ? ref : named([ref]), note].filter((part) => part !== '').join(': '),
      )
      .filter((part) => part !== '')
      .join(t('report.comma'))
    return [
      paragraph(text(t(`report.verdict_${finding.verdict ?? 'none'}`), 'bold'), ...said(finding, say)),
      paragraph(
        [
          t('report.said_by', { name: say.person(finding.by) }),
          finding.agree.length > 0 ? t('report.agree', { n: finding.agree.length }) : '',
          about === '' ? '' : t('report.about', { names: about }),
          evidence === '' ? '' : t('report.evidence', { names: evidence }),
        ]
          .filter((part) => part !== '')
          .join(betweenSentences(say.language)),
      ),
      ...bullets([
        ...finding.causes.map((cause): readonly NodeJson[] => [
          paragraph(t('report.because_of', { text: cause.text })),
          ...whysBelow(cause.whys),
        ]),
        ...(finding.lesson === '' ? [] : [t('report.lesson', { text: finding.lesson })]),
      ]),
    ]
  })
}

/** The words of a finding behind its verdict. */
function said({ text: finding }: Finding, { language }: Sayer): string[] {
  return [language === 'zh' ? '：' : ': ', finding.replace(/\s*\n+\s*/g, ' ')]
}

/** Each why stands below the one it asks about. */
function whysBelow(whys: readonly string[]): NodeJson[] {
  const [first, ...rest] = whys
  return first === undefined ? [] : bullets([[paragraph(first), ...whysBelow(rest)]])
}

function acted({ review, decisions }: ReviewPage, say: Sayer): NodeJson[] {
  const { t } = say
  return [
    ...(review.lessons === '' ? [] : [heading(t('report.lessons')), ...paragraphs(review.lessons)]),
    heading(t('report.decisions')),
    ...(decisions.length > 0 ? decisionTable(decisions, say, true) : [paragraph(t('report.no_decisions'))]),
  ]
}

function decisionTable(decisions: readonly FollowedDecision[], say: Sayer, full: boolean): NodeJson[] {
  const { t } = say
  return table(
    [
      t('report.col_decision'),
      ...(full ? [t('report.col_kind')] : []),
      t('report.col_owner'),
      t('report.col_due'),
      t('report.col_fate'),
    ],
    decisions.map((decision) => [
      decision.title,
      ...(full ? [say.effect(decision)] : []),
      decision.ownerId ? say.person(decision.ownerId) : t('report.nobody'),
      decision.due ? say.day(decision.due) : '',
      [t(`report.fate_${decision.fate}`), decision.reason ?? '']
        .filter((part) => part !== '')
        .join(say.language === 'zh' ? '：' : ': '),
    ]),
  )
}

/** Names, days and figures in the reader's words. */
class Sayer {
  readonly t: Words
  readonly language: Language
  private readonly people: ReadonlyMap<string, string>

  constructor(
    private readonly page: ReviewPage,
    private readonly telling: Telling,
  ) {
    this.language = telling.language
    this.t = words(telling.language)
    this.people = new Map(page.people.map(({ id, name }) => [id, name]))
  }

  person(id: string): string {
    return this.people.get(id) ?? this.t('report.somebody')
  }

  department(id: string | null): string {
    const board = this.page.boards.find(({ departmentId }) => departmentId === id)
    if (!board) return id === null ? this.t('report.company') : this.t('report.somebody')
    return board.name ?? (board.kind ? this.t(`common.department_${board.kind}`) : '')
  }

  day(day: string): string {
    return this.write(Date.parse(`${day}T12:00:00Z`), 'UTC')
  }

  moment(at: Date): string {
    return this.write(at.getTime(), this.telling.zone)
  }

  private write(at: number, timeZone: string): string {
    return formatters
      .getDateTimeFormat(this.language === 'zh' ? 'zh-Hans' : 'en-GB', {
        timeZone,
        day: 'numeric',
        month: 'long',
        year: 'numeric',
      })
      .format(at)
  }

  /** The number as people write it, its unit close where it is a sign. */
  figure(value: number, unit: string): string {
    const number = formatters
      .getNumberFormat(this.language === 'zh' ? 'zh-Hans' : 'en', { maximumFractionDigits: 4 })
      .format(value)
    if (unit === '') return number
    if (/^[¥$€£]/u.test(unit)) return `${unit.charAt(0)}${number} ${unit.slice(1).trim()}`.trim()
    return /^[%‰°]/u.test(unit) ? `${number}${unit}` : `${number} ${unit}`
  }

  target({ sealedTarget, target, unit }: MeasureResult): string {
    const value = sealedTarget ?? target
    return value === null ? '' : this.figure(value, unit)
  }

  effect({ effect }: FollowedDecision): string {
    const kind = this.t(`report.kind_${effect.kind}`)
    const more =
      effect.kind === 'wording'
        ? this.t('report.wording', { from: effect.from, to: effect.to })
        : effect.kind === 'target'
          ? this.t('report.target', {
              from: effect.from === null ? this.t('report.no_target') : this.figure(effect.from, ''),
              to: this.figure(effect.to, ''),
              cycle: this.t('quarters.short', quarterOf(effect.cycle)),
            })
          : ''
    return [kind, more].filter((part) => part !== '').join(this.language === 'zh' ? '：' : ': ')
  }
}
