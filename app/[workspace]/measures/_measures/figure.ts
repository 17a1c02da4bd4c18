import { formatNumber } from '@/app/_i18n/time'
import type { Language } from '@/lib/domain/language'

/** Not of a length, but of a kind: signs that stand close to their number. */
const CLOSE = /^[%‰°]/u
const BEFORE = /^[¥$€£]/u

/** A value with its unit as people write it: `34.5%`, `¥42.5 million a year`, `18 days`. */
export function figure(language: Language, value: number, unit: string): string {
  const number = plainFigure(language, value)
  if (unit === '') return number
  if (CLOSE.test(unit)) return `${number}${unit}`
  if (BEFORE.test(unit))
    return `${unit.charAt(0)}${number}${unit.slice(1) === '' ? '' : ` ${unit.slice(1).trim()}`}`
  return `${number} ${unit}`
}

/** The number alone. Small values keep more of their decimals than large ones need. */
export function plainFigure(language: Language, value: number): string {
  const size = Math.abs(value)
  return formatNumber(language, value, { maximumFractionDigits: size >= 1_000 ? 1 : size >= 1 ? 2 : 4 })
}

/** The short form for beside a sparkline or an axis: the value with only the sign of its unit. */
export function shortFigure(language: Language, value: number, unit: string): string {
  const sign = CLOSE.exec(unit)?.[0] ?? ''
  return `${BEFORE.exec(unit)?.[0] ?? ''}${plainFigure(language, value)}${sign}`
}
