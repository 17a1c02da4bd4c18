import type { Say } from '@/app/_i18n/say'
import { sayCycle } from '@/app/[workspace]/measures/_measures/say-cycle'
import type { AgendaPoint } from '@/lib/domain/agenda'
import type { Cycle } from '@/lib/domain/cycle'

/** A point of the agenda in the reader's words. `before`: the quarter whose decisions are looked at. */
export function sayPoint(point: AgendaPoint, t: Say, before: Cycle | null): string {
  const { kind, code, title, count } = point
  return t(`reviews.point_${kind}`, {
    cycle: before ? sayCycle(before, t, 'quarter') : '',
    code: code ?? '',
    title: title ?? '',
    count,
  }).trim()
}
