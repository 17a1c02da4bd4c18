import type { CSSProperties } from 'react'
import { localeOf } from '@/app/_i18n/locale'
import type { Say } from '@/app/_i18n/say'
import { formatNumber } from '@/app/_i18n/time'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import type { EffortShare } from '@/lib/domain/coherence/effort-audit'
import type { Language } from '@/lib/domain/language'
import type { CoherencePage } from '@/lib/queries/coherence'
import { Card } from '../_matrix/beside'
import { coherenceHref } from '../_parts/address'
import { Head } from '../_parts/head'
import { percent } from '../_parts/say'

/** Below this a part of the bar has no room for its words; the table says them. */
const ROOM = 0.07

/** Where the person-days go: to pains or to what is merely nice, to those we chose or to others. */
export function EffortView({ it, t, language }: { it: CoherencePage; t: Say; language: Language }) {
  const { audit } = it
  const of = (kind: string) => audit.byKind.find((one) => one.of === kind)?.share ?? 0
  const days = (n: number) => formatNumber(language, n, { maximumFractionDigits: 1 })
  const head = (
    <Head
      slug={it.slug}
      view="effort"
      cycle={it.cycle}
      cycles={it.cycles}
      title={t('coherence.effort_title')}
      lead={t('coherence.effort_lead')}
      t={t}
    />
  )
  if (audit.days === 0)
    return (
      <>
        {head}
        <Empty level={2} title={t('coherence.effort_none')}>
          {t('coherence.effort_none_text')}
        </Empty>
      </>
    )
  const given = { it, t, language, days }
  return (
    <>
      {head}
      <p className="num sum">
        {t('coherence.effort_total', { days: days(audit.days), unestimated: audit.unestimated })}
      </p>
      <section className="audit" aria-labelledby="by-kind">
        <h2 id="by-kind">{t('coherence.effort_kind')}</h2>
        <Bar shares={audit.byKind} name={(kind) => t(`coherence.effort_of_${kind}`)} {...given} />
        <p>{t('coherence.effort_kind_note', { share: percent(language, of('itch') + of('delight')) })}</p>
        <Table
          rows={audit.byKind
            .filter((one) => one.days > 0)
            .map((one) => ({ ...one, name: t(`coherence.effort_of_${one.of}`) }))}
          caption={t('coherence.effort_kind')}
          {...given}
        />
      </section>
      <section className="audit" aria-labelledby="by-focus">
        <h2 id="by-focus">{t('coherence.effort_focus')}</h2>
        <Bar shares={audit.byFocus} name={(focus) => t(`coherence.effort_of_${focus}`)} {...given} />
        <p>
          {t('coherence.effort_focus_note', {
            share: percent(language, audit.byFocus.find((one) => one.of === 'out')?.share ?? 0),
          })}
        </p>
        <Table
          rows={audit.byFocus
            .filter((one) => one.days > 0)
            .map((one) => ({ ...one, name: t(`coherence.effort_of_${one.of}`) }))}
          caption={t('coherence.effort_focus')}
          {...given}
        />
      </section>
      {audit.bySegment.length > 0 && (
        <section className="audit" aria-labelledby="by-segment">
          <h2 id="by-segment">{t('coherence.effort_segment')}</h2>
          <Table
            rows={audit.bySegment.map((one) => ({
              ...one,
              name: it.items.find(({ id }) => id === one.of)?.title ?? '',
              at: coherenceHref(it.slug, 'matrix', { at: one.of }),
              note: one.focus ? null : t('coherence.out_of_focus'),
            }))}
            caption={t('coherence.effort_segment')}
            {...given}
          />
        </section>
      )}
    </>
  )
}

interface Given {
  readonly it: CoherencePage
  readonly t: Say
  readonly language: Language
  readonly days: (n: number) => string
}

/** Parts of a whole; silent, for the table below says the same. */
function Bar<K extends string>({
  shares,
  name,
  language,
}: Given & { shares: readonly EffortShare<K>[]; name: (of: K) => string }) {
  return (
    <div className="barx num" aria-hidden="true">
      {shares
        .filter(({ share }) => share > 0)
        .map(({ of, share }) => (
          <span key={of} data-of={of} style={{ flexGrow: share * 1_000 } as CSSProperties}>
            {share >= ROOM && `${name(of)} ${percent(language, share)}`}
          </span>
        ))}
    </div>
  )
}

function Table({
  rows,
  caption,
  it,
  t,
  language,
  days,
}: Given & {
  rows: readonly (EffortShare<string> & { name: string; at?: string; note?: string | null })[]
  caption: string
}) {
  return (
    <table className="table shares">
      <caption className="vh">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('coherence.effort_col_what')}</th>
          <th scope="col" className="r">
            {t('coherence.effort_col_days')}
          </th>
          <th scope="col" className="r">
            {t('coherence.effort_col_share')}
          </th>
          <th scope="col">{t('coherence.effort_col_acts')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.of} data-of={row.of}>
            <th scope="row">
              {row.at ? (
                <Link className="w" href={row.at} lang={it.language ? localeOf(it.language) : undefined}>
                  {row.name}
                </Link>
              ) : (
                row.name
              )}
              {row.note && <small>{row.note}</small>}
            </th>
            <td className="r">{days(row.days)}</td>
            <td className="r">{percent(language, row.share)}</td>
            <td>
              {row.activities.length > 0 && (
                <details>
                  <summary>{t('coherence.effort_more', { n: row.activities.length })}</summary>
                  <ul>
                    {row.activities.map((id) => (
                      <li key={id}>
                        <Card id={id} it={it} language={language} />
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
