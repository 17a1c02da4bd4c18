import type { Say } from '@/app/_i18n/say'
import { Seal } from '@/app/_ui/seal'
import type { Cycle } from '@/lib/domain/cycle'

/** The stamp of a quarter: filled once its plan is sealed, dashed before. */
export function Stamp({ cycle, sealed, t }: { cycle: Cycle; sealed: boolean; t: Say }) {
  return (
    <Seal state={sealed ? 'full' : 'none'}>
      <span>
        {t('quarters.stamp', { quarter: Number(cycle.slice(6)) })}
        <br />
        {cycle.slice(2, 4)}
      </span>
    </Seal>
  )
}
