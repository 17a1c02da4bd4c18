import { localeOf } from '@/app/_i18n/locale'
import type { Say } from '@/app/_i18n/say'
import { Link } from '@/app/_ui/link'
import type { Measure } from '@/lib/domain/measure'
import type { Servable, ServableWords } from '@/lib/queries/served'

/**
 * What a measure serves, in the strategy's own words: what it names, and the gaps that name it. Null among the words:
 * named, but not (or no more) in the strategy.
 */
export function servedBy(
  measure: Pick<Measure, 'serves' | 'name'>,
  words: ServableWords | null,
): { readonly found: readonly Servable[]; readonly loose: number } {
  if (!words) return { found: [], loose: 0 }
  const named = measure.serves.map((serve) => words.all.find((one) => one.serve === serve && !one.removed))
  const naming = words.all.filter(
    (one) => one.kind === 'gap' && !one.removed && one.measure === measure.name && !named.includes(one),
  )
  return {
    found: [...named.filter((one) => one !== undefined), ...naming],
    loose: named.filter((one) => one === undefined).length,
  }
}

/** One line of them: the first in words, the rest by their codes. */
export function ServedLine({
  measure,
  words,
  t,
}: {
  measure: Pick<Measure, 'serves' | 'name'>
  words: ServableWords | null
  t: Say
}) {
  if (!words) return null
  const { found, loose } = servedBy(measure, words)
  const [first, ...rest] = found
  if (!first && loose === 0) return <span className="serves quiet">{t('measures.serves_none')}</span>
  return (
    <span className="serves">
      {first && (
        <span className="w" lang={localeOf(words.language)}>
          {first.code && <b>{first.code}</b>} {first.words}
        </span>
      )}
      {rest.length > 0 && (
        <span className="quiet">
          {t('measures.serves_more', { codes: rest.map((one) => nameOf(one, t)).join(', ') })}
        </span>
      )}
      {loose > 0 && <span className="loose">{t('measures.serves_loose', { n: loose })}</span>}
    </span>
  )
}

/** All of them, each with its kind and a way to where it stands. */
export function ServedList({
  measure,
  words,
  slug,
  t,
}: {
  measure: Pick<Measure, 'serves' | 'name'>
  words: ServableWords
  slug: string
  t: Say
}) {
  const { found, loose } = servedBy(measure, words)
  return (
    <ol className="why">
      {found.map((one) => (
        <li key={one.serve} className={one.serve.includes('/') ? 'k-p' : undefined}>
          <span className="k">
            {t(`measures.kind_${one.kind}`)}
            {one.code && <span>{one.code}</span>}
          </span>
          <Link
            className="w"
            href={`/${slug}/strategy/${words.strategyId}#${one.itemId}`}
            lang={localeOf(words.language)}
          >
            {one.words || t('measures.serves_unwritten')}
          </Link>
        </li>
      ))}
      {loose > 0 && (
        <li className="cut">
          <span className="k">{t('measures.serves_loose', { n: loose })}</span>
          <span className="x quiet">{t('measures.serves_loose_text')}</span>
        </li>
      )}
      <li className="k-m">
        <span className="k">{t('measures.this')}</span>
        <span className="x">{measure.name}</span>
      </li>
    </ol>
  )
}

const nameOf = ({ code, kind }: Servable, t: Say) => code ?? t(`measures.kind_${kind}`)
