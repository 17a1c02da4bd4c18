import { localeOf } from '@/app/_i18n/locale'
import { diffWords } from '@/lib/document/diff/words'
import { comma } from '@/lib/domain/comma'
import type { SealedGap } from '@/lib/domain/plan-seal'
import { figure, plainFigure } from '../../../measures/_measures/figure'
import { wholeDay } from '../../_quarters/say'
import type { Compared } from './given'

/** The positioning of both quarters, by words; and the gaps that came, went or have other ends. */
export function WordsOf(given: Compared) {
  const { it, t } = given
  const { comparison, text } = it
  const lang = localeOf(it.language)
  return (
    <section aria-labelledby="words">
      <h2 id="words">{t('quarters.col_words')}</h2>
      {comparison.words.length === 0 ? (
        <p className="quiet">{t('quarters.words_same')}</p>
      ) : (
        <dl className="slots">
          {comparison.words.map(({ word, before, after }) => {
            const spans = diffWords(before, after)
            return (
              <div key={word}>
                <dt>{t(`quarters.${word}`)}</dt>
                <dd lang={lang}>
                  {spans.map(({ kind, before: [from, to] }) =>
                    kind === 'added' ? null : kind === 'removed' ? (
                      <del key={from}>{before.slice(from, to)}</del>
                    ) : (
                      <span key={from}>{before.slice(from, to)}</span>
                    ),
                  )}
                </dd>
                <dd lang={lang}>
                  {spans.map(({ kind, after: [from, to] }) =>
                    kind === 'removed' ? null : kind === 'added' ? (
                      <ins key={from}>{after.slice(from, to)}</ins>
                    ) : (
                      <span key={from}>{after.slice(from, to)}</span>
                    ),
                  )}
                </dd>
              </div>
            )
          })}
        </dl>
      )}
      {comparison.gaps.length > 0 && (
        <>
          <h3>{t('quarters.gaps_changed')}</h3>
          <ul className="gaps">
            {comparison.gaps.map(({ id, before, after }) => (
              <li key={id}>
                <span className="w" lang={lang}>
                  {(after ?? before)?.title}
                </span>
                <span className="num">
                  {before ? <del>{way(before, given)}</del> : t('quarters.gap_new')}{' '}
                  {after ? <ins>{way(after, given)}</ins> : t('quarters.gap_gone')}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {text === null && <p className="quiet mt-3">{t('quarters.text_none')}</p>}
      {text?.kind === 'same' && <p className="quiet mt-3">{t('quarters.text_same')}</p>}
    </section>
  )
}

function way(gap: SealedGap, { t, language }: Compared): string {
  return [
    gap.from !== null && gap.to !== null
      ? t('quarters.gap_way', {
          from: plainFigure(language, gap.from),
          to: figure(language, gap.to, gap.unit ?? ''),
        })
      : gap.title,
    gap.by ? t('quarters.gap_by', { date: wholeDay(language, gap.by) }) : '',
  ]
    .filter((part) => part !== '')
    .join(comma(language))
}
