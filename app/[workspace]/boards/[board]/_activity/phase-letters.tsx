'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { type Phase, phases } from '@/lib/domain/column'

/** Plan, do, check, act: where the activity stands, by its column. */
export function PhaseLetters({ phase }: { phase: Phase }) {
  const t = useWords()
  const at = phases.indexOf(phase)
  return (
    <span className="pdca" role="img" aria-label={t(`activity.phase_${phase}`)}>
      {phases.map((one, i) => (
        <i key={one} className={i === at ? 'on' : i < at ? 'was' : undefined}>
          {t(`activity.letter_${one}`)}
        </i>
      ))}
    </span>
  )
}
