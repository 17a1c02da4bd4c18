import type { Say } from '@/app/_i18n/say'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import { boardHref } from '@/app/[workspace]/boards/board-href'
import type { Referred } from '@/lib/queries/referred'
import type { ReviewPage } from '@/lib/queries/reviews'
import type { Given } from './given'

/** Where a thing that is named leads to; null: nowhere the reader may go. */
export function hrefOf(ref: string, one: Referred, it: ReviewPage): string | null {
  switch (one.kind) {
    case 'activity': {
      const board = it.boards.find(({ boardId }) => boardId === one.boardId)
      return board ? `${boardHref(it.slug, board)}?card=${ref}` : null
    }
    case 'measure':
      return `/${it.slug}/measures/${ref}`
    case 'hand_off': {
      const from = it.referred[one.fromActivityId]
      return from ? hrefOf(one.fromActivityId, from, it) : null
    }
    case 'item':
      return it.strategyId === null ? null : `/${it.slug}/strategy/${it.strategyId}#${ref.split('/')[0]}`
    case 'thread':
      return it.strategyId === null ? null : `/${it.slug}/strategy/${it.strategyId}?thread=${ref}`
  }
}

/** Its kind in a word: "Gap G2", "For whom", "Measure". */
export function kindOf(one: Referred, t: Say): string {
  if (one.kind !== 'item') return t(`reviews.kind_${one.kind}`)
  if (one.slot) return t(`items.part_${one.slot}`)
  return one.code ? `${t(`items.kind_${one.of}`)} ${one.code}` : t(`items.kind_${one.of}`)
}

/** One thing by its name, with a way there. What is gone is said to be gone. */
export function Ref({ of: ref, it, t, language }: Given & { of: string }) {
  const one = it.referred[ref]
  if (!one) return <span className="ref quiet">{t('reviews.gone')}</span>
  const href = hrefOf(ref, one, it)
  const departmentId = one.kind === 'activity' || one.kind === 'measure' ? one.departmentId : null
  const board = it.boards.find((board) => board.departmentId === departmentId)
  // A slot is named by its name: its words are a sentence.
  const title = one.kind === 'item' && one.slot ? kindOf(one, t) : one.title
  const words = (
    <span className={one.kind === 'item' || one.kind === 'thread' ? 'serif' : undefined}>
      {one.kind === 'item' && one.code && !one.slot && <b>{one.code} </b>}
      {title || kindOf(one, t)}
    </span>
  )
  return (
    <span className="ref" data-kind={one.kind}>
      {board && <DepartmentMark kind={board.kind} name={board.name} language={language} />}
      {href ? <Link href={href}>{words}</Link> : words}
    </span>
  )
}

export function Refs({ refs, ...given }: Given & { refs: readonly string[] }) {
  if (refs.length === 0) return null
  return (
    <span className="refs">
      <span className="vh">{given.t('reviews.about')} </span>
      {refs.map((ref) => (
        <Ref key={ref} {...given} of={ref} />
      ))}
    </span>
  )
}
