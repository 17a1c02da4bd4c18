import type { Say } from '@/app/_i18n/say'
import { Button } from '@/app/_ui/button'
import type { Cycle } from '@/lib/domain/cycle'
import { longName } from './say'

/** Chooses the two quarters of a comparison. A plain form: it works before any script is there. */
export function CompareForm({
  slug,
  cycles,
  chosen,
  t,
}: {
  slug: string
  /** The last one first. */
  cycles: readonly Cycle[]
  chosen?: { readonly a: Cycle; readonly b: Cycle }
  t: Say
}) {
  // The planned one has nothing to say yet, unless there is no other.
  const [last, before] = cycles.length > 2 ? cycles.slice(1) : cycles
  const options = cycles.map((cycle) => (
    <option key={cycle} value={cycle}>
      {longName(cycle, t)}
    </option>
  ))
  return (
    <form className="cmpf" action={`/${slug}/quarters/compare`}>
      <label>
        <span className="vh">{t('quarters.compare_one')}</span>
        <select className="input" name="a" defaultValue={chosen?.a ?? before}>
          {options}
        </select>
      </label>
      <span aria-hidden="true" className="arrow" />
      <label>
        <span className="vh">{t('quarters.compare_other')}</span>
        <select className="input" name="b" defaultValue={chosen?.b ?? last}>
          {options}
        </select>
      </label>
      <Button type="submit">{t('quarters.compare_do')}</Button>
    </form>
  )
}
