'use client'
import type { ReactNode } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { AddFinding } from './add-finding'
import type { PointHere } from './room'

export interface FindingHere {
  readonly id: string
  readonly about: readonly string[]
  /** Drawn by the server. */
  readonly view: ReactNode
}

/** Why: the findings. At a point that is about something those about the same stand first, the others behind them. */
export function Findings({
  workspace,
  reviewId,
  userId,
  point,
  findings,
  mayWrite,
}: {
  workspace: string
  reviewId: string
  userId: string
  point: PointHere
  findings: readonly FindingHere[]
  mayWrite: boolean
}) {
  const t = useWords()
  const about = new Set(point.about)
  const narrow = point.step === 'why' && about.size > 0
  const near = narrow
    ? findings.filter((one) => one.about.some((ref) => about.has(ref) || about.has(ref.split('/')[0] ?? '')))
    : findings
  const rest = findings.filter((one) => !near.includes(one))
  const list = (all: readonly FindingHere[]) => all.map(({ id, view }) => <div key={id}>{view}</div>)
  return (
    <section>
      <h2>{t('reviews.ui_why_title')}</h2>
      {findings.length === 0 && <p className="quiet">{t('reviews.ui_no_findings')}</p>}
      {narrow && findings.length > 0 && near.length === 0 && (
        <p className="quiet">{t('reviews.ui_no_findings_here')}</p>
      )}
      {list(near)}
      {mayWrite && (
        <AddFinding
          key={narrow ? point.key : 'all'}
          workspace={workspace}
          reviewId={reviewId}
          userId={userId}
          about={narrow ? point.about.filter((ref) => !ref.startsWith('thr_')) : []}
        />
      )}
      {rest.length > 0 && (
        <details className="others">
          <summary>{t('reviews.ui_other_findings', { n: rest.length })}</summary>
          {list(rest)}
        </details>
      )}
    </section>
  )
}
