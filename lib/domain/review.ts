import { type Id, isId } from '@/lib/kit/ids'
import type { Seal } from './canonical'
import type { Cycle } from './cycle'
import type { DayText } from './day-text'
import { cleanLine, cleanLineOrEmpty, cleanText } from './plain-text'
import { Refusal } from './refusal'
import { readServe } from './serves'
import type { Verdict } from './trace'

export const reviewStates = ['preparing', 'running', 'closed'] as const
export type ReviewState = (typeof reviewStates)[number]

/** The four steps: what we wanted, what came of it, why, and what we make of it. */
export const reviewSteps = ['plan', 'check', 'why', 'act'] as const
export type ReviewStep = (typeof reviewSteps)[number]

export const verdicts = ['keep', 'adjust', 'stop'] as const

/** Where a meeting stands, for everybody who follows it. */
export interface Meeting {
  readonly step: ReviewStep
  /** Key of the point of the agenda. */
  readonly point: string | null
  readonly presenterId: Id<'mem'> | null
  /** When the time of this point began, ISO. */
  readonly since: string
  readonly minutes: number
}

interface AnyReview {
  readonly id: Id<'rev'>
  readonly workspaceId: Id<'ws'>
  readonly cycle: Cycle
  /** Null: of the company. */
  readonly departmentId: Id<'dep'> | null
  readonly heldOn: DayText | null
  /** Only its participants and owners read it. */
  readonly limited: boolean
  readonly leadId: Id<'mem'> | null
  readonly participants: readonly Id<'mem'>[]
  /** Those who said that they have written what they had to say. */
  readonly prepared: readonly Id<'mem'>[]
  /** The live notes: a document of its own. */
  readonly documentId: Id<'doc'>
  /** What the quarter was for, in a sentence or two. */
  readonly goals: string
  /** What we make of it. */
  readonly lessons: string
  readonly meeting: Meeting | null
  readonly createdBy: Id<'mem'>
  readonly createdAt: Date
  readonly revision: number
}

/** Everybody writes alone: nobody reads another's findings yet. */
export interface PreparingReview extends AnyReview {
  readonly state: 'preparing'
}
export interface RunningReview extends AnyReview {
  readonly state: 'running'
}
/** Never changes again. */
export interface ClosedReview extends AnyReview {
  readonly state: 'closed'
  readonly result: Seal
  readonly versionId: Id<'ver'> | null
  readonly closedAt: Date
  readonly closedBy: Id<'mem'>
}

export type Review = PreparingReview | RunningReview | ClosedReview

/** A review without the bytes it was closed with, which are hundreds of kilobytes of a busy quarter. */
export type ListedReview =
  | PreparingReview
  | RunningReview
  | (Omit<ClosedReview, 'result'> & { readonly resultHash: string })

/** Why, and why that: at most five deep. */
export interface Cause {
  readonly text: string
  readonly whys: readonly string[]
}

/** What a finding rests on: a thing of the workspace by its id, or an address. */
export interface Evidence {
  readonly kind: 'measure' | 'activity' | 'item' | 'hand_off' | 'thread' | 'link'
  readonly ref: string
  readonly note: string
}

export interface Finding {
  readonly id: Id<'fnd'>
  readonly reviewId: Id<'rev'>
  readonly by: Id<'mem'>
  readonly step: ReviewStep
  readonly text: string
  /** Written while nobody else could read it. */
  readonly alone: boolean
  /** Activities, measures, hand-offs, items and slots it is about. */
  readonly about: readonly string[]
  readonly causes: readonly Cause[]
  readonly evidence: readonly Evidence[]
  readonly verdict: Verdict | null
  readonly lesson: string
  readonly agree: readonly Id<'mem'>[]
  readonly removed: boolean
  readonly at: Date
  readonly revision: number
}

export const MAX_PARTICIPANTS = 100
export const MAX_FINDINGS = 500
export const MAX_FINDING = 1_000
export const MAX_GOALS = 1_000
export const MAX_LESSON = 500
export const MAX_CAUSES = 10
/** After five answers to "why?" one stands before what can be changed. */
export const MAX_WHYS = 5
export const MAX_CAUSE = 300
export const MAX_EVIDENCE = 20
export const MAX_ABOUT = 20
export const MAX_DECISIONS = 200
export const MAX_POINT_MINUTES = 240

/** preparing > running. Begun twice is begun once; a closed one stays closed (`review_step`). */
export function startReview(
  review: Review,
  given: { readonly heldOn: DayText; readonly meeting: Meeting },
): RunningReview {
  if (review.state === 'running') return review
  if (review.state !== 'preparing') throw stepRefused(review)
  return {
    ...review,
    state: 'running',
    heldOn: review.heldOn ?? given.heldOn,
    meeting: given.meeting,
    revision: review.revision + 1,
  }
}

/** running > preparing: begun too early. What has been read stays read, but writing alone goes on. */
export function backToPreparing(review: Review): PreparingReview {
  if (review.state === 'preparing') return review
  if (review.state !== 'running') throw stepRefused(review)
  return { ...review, state: 'preparing', meeting: null, revision: review.revision + 1 }
}

/** A closed review never changes again. Every finding carries a verdict by then: `review_unassessed` with how many do not. */
export function closeReview(
  review: Review,
  findings: readonly Finding[],
  given: Pick<ClosedReview, 'result' | 'versionId' | 'closedAt' | 'closedBy'>,
): ClosedReview {
  if (review.state !== 'running') throw stepRefused(review)
  const open = unassessed(findings)
  if (open.length > 0) throw new Refusal('review_unassessed', { count: open.length })
  return { ...review, ...given, state: 'closed', meeting: null, revision: review.revision + 1 }
}

export function unassessed(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ verdict, removed }) => verdict === null && !removed)
}

/** What one of them may read now: while it is prepared, their own findings and nobody else's. */
export function readableFindings(
  review: Pick<Review, 'state'>,
  findings: readonly Finding[],
  memberId: string,
): readonly Finding[] {
  const there = findings.filter(({ removed }) => !removed)
  return review.state === 'preparing' ? there.filter(({ by }) => by === memberId) : there
}

export function onlyOpen(review: Review): PreparingReview | RunningReview {
  if (review.state === 'closed') throw stepRefused(review)
  return review
}

export function onlyRunning(review: Review): RunningReview {
  if (review.state !== 'running') throw stepRefused(review)
  return review
}

function stepRefused({ state }: Review): Refusal {
  return new Refusal('review_step', { state })
}

export type FindingEdit = {
  readonly step?: string | undefined
  readonly text?: string | undefined
  readonly about?: readonly string[] | undefined
  readonly causes?: readonly { readonly text: string; readonly whys: readonly string[] }[] | undefined
  readonly evidence?:
    | readonly { readonly kind: string; readonly ref: string; readonly note: string }[]
    | undefined
  readonly lesson?: string | undefined
}

/** The finding with other words. Whether what it names exists is for the command to ask. */
export function editFinding(finding: Finding, edit: FindingEdit): Finding {
  const { step, text, about, causes, evidence, lesson } = edit
  return {
    ...finding,
    ...(step === undefined ? {} : { step: oneOf(reviewSteps, step, 'step') }),
    ...(text === undefined ? {} : { text: wordsOf(text, 'text', MAX_FINDING) }),
    ...(about === undefined ? {} : { about: cleanAbout(about) }),
    ...(causes === undefined ? {} : { causes: cleanCauses(causes) }),
    ...(evidence === undefined ? {} : { evidence: cleanEvidence(evidence) }),
    ...(lesson === undefined ? {} : { lesson: cleanText(lesson, { field: 'lesson', max: MAX_LESSON }) }),
  }
}

export function judge(finding: Finding, verdict: string | null): Finding {
  return { ...finding, verdict: verdict === null ? null : oneOf(verdicts, verdict, 'verdict') }
}

/** Agreeing a second time takes it back. Nobody agrees with themselves. */
export function agreeWith(finding: Finding, memberId: Id<'mem'>, yes: boolean): Finding {
  if (finding.by === memberId || finding.agree.includes(memberId) === yes) return finding
  return {
    ...finding,
    agree: yes ? [...finding.agree, memberId] : finding.agree.filter((id) => id !== memberId),
  }
}

/** Things a finding can be about. */
export function cleanAbout(about: readonly string[]): string[] {
  const clean = [...new Set(about)]
  if (clean.length > MAX_ABOUT) throw new Refusal('too_many', { field: 'about', max: MAX_ABOUT })
  for (const ref of clean) if (!isAbout(ref)) throw new Refusal('invalid_input', { field: 'about' })
  return clean
}

function isAbout(ref: string): boolean {
  return isId('act', ref) || isId('mea', ref) || isId('hof', ref) || readServe(ref) !== null
}

function cleanCauses(causes: NonNullable<FindingEdit['causes']>): Cause[] {
  if (causes.length > MAX_CAUSES) throw new Refusal('too_many', { field: 'causes', max: MAX_CAUSES })
  return causes.flatMap(({ text, whys }) => {
    if (whys.length > MAX_WHYS) throw new Refusal('too_many', { field: 'causes', max: MAX_WHYS })
    const line = cleanLineOrEmpty(text, { field: 'causes', max: MAX_CAUSE })
    const deeper = whys
      .map((why) => cleanLineOrEmpty(why, { field: 'causes', max: MAX_CAUSE }))
      .filter((why) => why !== '')
    return line === '' && deeper.length === 0 ? [] : [{ text: line, whys: deeper }]
  })
}

const evidenceKinds = ['measure', 'activity', 'item', 'hand_off', 'thread', 'link'] as const

function cleanEvidence(evidence: NonNullable<FindingEdit['evidence']>): Evidence[] {
  if (evidence.length > MAX_EVIDENCE) throw new Refusal('too_many', { field: 'evidence', max: MAX_EVIDENCE })
  return evidence.map(({ kind, ref, note }) => {
    const known = oneOf(evidenceKinds, kind, 'evidence')
    if (!fits(known, ref)) throw new Refusal('invalid_input', { field: 'evidence' })
    return { kind: known, ref, note: cleanLineOrEmpty(note, { field: 'evidence', max: MAX_CAUSE }) }
  })
}

function fits(kind: Evidence['kind'], ref: string): boolean {
  switch (kind) {
    case 'measure':
      return isId('mea', ref)
    case 'activity':
      return isId('act', ref)
    case 'item':
      return readServe(ref) !== null
    case 'hand_off':
      return isId('hof', ref)
    case 'thread':
      return isId('thr', ref)
    case 'link':
      // Other protocols run code or read files when somebody clicks.
      return ref.length <= 2_000 && /^https?:\/\/[^\s]+$/i.test(ref)
  }
}

export const cleanGoals = (text: string) => cleanText(text, { field: 'goals', max: MAX_GOALS })
export const cleanLessons = (text: string) => cleanText(text, { field: 'lessons', max: MAX_GOALS })
export const cleanDecisionTitle = (text: string) => cleanLine(text, { field: 'title', max: 200 })

function wordsOf(text: string, field: string, max: number): string {
  const clean = cleanText(text, { field, max })
  if (clean === '') throw new Refusal('required', { field })
  return clean
}

function oneOf<T extends string>(all: readonly T[], value: string, field: string): T {
  const found = all.find((known) => known === value)
  if (!found) throw new Refusal('invalid_input', { field })
  return found
}
