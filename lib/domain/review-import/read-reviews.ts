import { z } from 'zod'
import { parseJson } from '../board-import/read-trello'
import { type Cycle, isCycle } from '../cycle'
import { isDay } from '../day-text'
import { Refusal } from '../refusal'
import { verdicts } from '../review'
import type { Verdict } from '../trace'

const words = z.union([z.string(), z.object({ en: z.string(), zh: z.string() })])
type Words = z.infer<typeof words>

const effect = z.union([
  z.object({ item: z.string(), field: z.string(), from: words, to: words }),
  z.object({ activity: z.string() }),
  z.object({ measure: z.string(), cycle: z.string(), from: z.number().nullish(), to: z.number() }),
])

const shape = z.object({
  members: z.array(z.object({ id: z.string(), name: words })).default([]),
  cycles: z.array(z.object({ id: z.string(), sealedAt: z.string().nullish() })).default([]),
  activities: z.array(z.object({ id: z.string(), title: words })).default([]),
  measures: z.array(z.object({ id: z.string().optional(), title: words })).default([]),
  handoffs: z.array(z.object({ id: z.string().optional(), title: words })).default([]),
  reviews: z
    .array(
      z.object({
        id: z.string(),
        cycle: z.string(),
        status: z.enum(['preparing', 'open', 'closed']),
        heldOn: z.string().nullish(),
        closedBy: z.string().nullish(),
        participants: z.array(z.string()).default([]),
        goals: words.nullish(),
        lessons: words.nullish(),
        findings: z
          .array(
            z.object({
              id: z.string(),
              about: z.array(z.string()).default([]),
              finding: words,
              causes: z.array(words).default([]),
              verdict: z.enum(verdicts).nullish(),
              decisions: z.array(z.string()).default([]),
              lesson: words.nullish(),
            }),
          )
          .default([]),
        decisions: z
          .array(
            z.object({
              id: z.string(),
              title: words,
              owner: z.string().nullish(),
              due: z.string().nullish(),
              landedAt: z.string().nullish(),
              effect,
            }),
          )
          .default([]),
      }),
    )
    .default([]),
})

/** A thing a file names: what it calls it, or the words under which it can be found. */
export type Ref =
  | { readonly kind: 'activity' | 'measure' | 'hand_off'; readonly title: string }
  /** Code of an item, or a slot of the positioning. */
  | { readonly kind: 'item'; readonly code: string }

export interface ReadDecision {
  readonly ref: string
  readonly title: string
  readonly owner: string | null
  readonly due: string | null
  readonly landedOn: string | null
  readonly effect:
    | {
        readonly kind: 'wording'
        readonly code: string
        readonly field: string
        readonly from: string
        readonly to: string
      }
    | { readonly kind: 'activity'; readonly activity: Ref | null }
    | {
        readonly kind: 'target'
        readonly measure: Ref | null
        readonly cycle: Cycle | null
        readonly from: number | null
        readonly to: number
      }
}

export interface ReadFinding {
  readonly text: string
  readonly about: readonly Ref[]
  readonly causes: readonly string[]
  readonly verdict: Verdict | null
  readonly lesson: string
  /** What the file calls the decisions that follow from it. */
  readonly decisions: readonly string[]
}

export interface ReadReview {
  readonly cycle: Cycle
  readonly closed: boolean
  readonly heldOn: string | null
  readonly closedBy: string | null
  readonly participants: readonly string[]
  readonly goals: string
  readonly lessons: string
  readonly findings: readonly ReadFinding[]
  readonly decisions: readonly ReadDecision[]
}

export interface ReadReviews {
  /** Ascending; those without a moment were not sealed. */
  readonly cycles: readonly { readonly cycle: Cycle; readonly sealedAt: string | null }[]
  readonly reviews: readonly ReadReview[]
}

/** The quarters and reviews of a file in the set format. Refuses `import_unreadable`, `too_large`. */
export function readReviews(json: string, language: 'en' | 'zh'): ReadReviews {
  const read = shape.safeParse(parseJson(json))
  if (!read.success) throw new Refusal('import_unreadable')
  const { members, cycles, activities, measures, handoffs, reviews } = read.data
  const say = (text: Words | null | undefined) =>
    text === null || text === undefined ? '' : typeof text === 'string' ? text : text[language]
  const titles = new Map<string, Ref>([
    ...activities.map(({ id, title }) => [id, { kind: 'activity' as const, title: say(title) }] as const),
    ...measures.flatMap(({ id, title }) =>
      id ? [[id, { kind: 'measure' as const, title: say(title) }] as const] : [],
    ),
    ...handoffs.flatMap(({ id, title }) =>
      id ? [[id, { kind: 'hand_off' as const, title: say(title) }] as const] : [],
    ),
  ])
  const refOf = (id: string): Ref | null =>
    titles.get(id) ?? (/^([A-Z][1-9]\d*|whom|problem|solution)$/.test(id) ? { kind: 'item', code: id } : null)
  const nameOf = (id: string | null | undefined) => {
    const found = members.find((one) => one.id === id)
    return found ? say(found.name) : null
  }
  const day = (text: string | null | undefined) => (isDay(text) ? text : null)
  return {
    cycles: cycles
      .flatMap(({ id, sealedAt }) => {
        const cycle = cycleIn(id)
        const moment = sealedAt && !Number.isNaN(Date.parse(sealedAt)) ? sealedAt : null
        return cycle ? [{ cycle, sealedAt: moment }] : []
      })
      .sort((a, b) => (a.cycle < b.cycle ? -1 : 1)),
    reviews: reviews
      .flatMap((review): ReadReview[] => {
        const cycle = cycleIn(review.cycle)
        if (cycle === null) return []
        return [
          {
            cycle,
            closed: review.status === 'closed',
            heldOn: day(review.heldOn),
            closedBy: nameOf(review.closedBy),
            participants: review.participants.flatMap((id) => nameOf(id) ?? []),
            goals: say(review.goals),
            lessons: say(review.lessons),
            findings: review.findings.map((finding) => ({
              text: say(finding.finding),
              about: finding.about.flatMap((id) => refOf(id) ?? []),
              causes: finding.causes.map(say),
              verdict: finding.verdict ?? null,
              lesson: say(finding.lesson),
              decisions: finding.decisions,
            })),
            decisions: review.decisions.map((decision) => ({
              ref: decision.id,
              title: say(decision.title),
              owner: nameOf(decision.owner),
              due: day(decision.due),
              landedOn: day(decision.landedAt),
              effect: effectOf(decision.effect),
            })),
          },
        ]
      })
      .sort((a, b) => (a.cycle < b.cycle ? -1 : 1)),
  }

  function effectOf(given: z.infer<typeof effect>): ReadDecision['effect'] {
    if ('item' in given)
      return {
        kind: 'wording',
        code: given.item,
        field: given.field,
        from: say(given.from),
        to: say(given.to),
      }
    if ('activity' in given) return { kind: 'activity', activity: refOf(given.activity) }
    return {
      kind: 'target',
      measure: refOf(given.measure),
      cycle: cycleIn(given.cycle),
      from: given.from ?? null,
      to: given.to,
    }
  }
}

function cycleIn(id: string): Cycle | null {
  const match = /(\d{4})[-_ ]?[qQ]([1-4])/.exec(id)
  const cycle = match ? `${match[1]}-Q${match[2]}` : null
  return isCycle(cycle) ? cycle : null
}
