'use client'
import { type ReactNode, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
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
  const [all, setAll] = useState(false)
  const aside = findings.length - near.length
  return (
    <section>
      <h2>{t('reviews.ui_why_title')}</h2>
      {findings.length === 0 && <p className="quiet">{t('reviews.ui_no_findings')}</p>}
      {narrow && findings.length > 0 && near.length === 0 && (
        <p className="quiet">{t('reviews.ui_no_findings_here')}</p>
      )}
      {/* One list, whatever the point: what somebody has open in a finding stays open when the meeting goes on. */}
      {[...near, ...findings.filter((one) => !near.includes(one))].map((one, i) => (
        <div key={one.id} hidden={i >= near.length && !all}>
          {one.view}
        </div>
      ))}
      {aside > 0 && (
        <Button size="sm" look="plain" aria-expanded={all} onClick={() => setAll(!all)}>
          {t(all ? 'reviews.ui_fewer_findings' : 'reviews.ui_other_findings', { n: aside })}
        </Button>
      )}
      {mayWrite && (
        <AddFinding
          workspace={workspace}
          reviewId={reviewId}
          userId={userId}
          about={narrow ? point.about.filter((ref) => !ref.startsWith('thr_')) : []}
        />
      )}
    </section>
  )
}
