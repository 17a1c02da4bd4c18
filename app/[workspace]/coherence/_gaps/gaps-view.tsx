import { localeOf } from '@/app/_i18n/locale'
import type { Say } from '@/app/_i18n/say'
import { Badge } from '@/app/_ui/badge'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import { AMBER_RATIO, type GapState, type TrackedGap } from '@/lib/domain/coherence/gap-tracker'
import type { Language } from '@/lib/domain/language'
import type { CoherencePage } from '@/lib/queries/coherence'
import { figure, plainFigure } from '../../measures/_measures/figure'
import { sayDay } from '../../my-work/_work/say-day'
import { Card } from '../_matrix/beside'
import { coherenceHref } from '../_parts/address'
import { Head } from '../_parts/head'
import { percent } from '../_parts/say'
import { GapChart } from './gap-chart'

const shapes: Readonly<Record<GapState, 'good' | 'risk' | 'off' | 'none'>> = {
  amber: 'risk',
  on_way: 'good',
  closed: 'good',
  unmeasured: 'none',
  idle: 'none',
}

/** Work done against gap closed, with the rule in words, and the way from the gap to its pain. */
export function GapsView({ it, t, language }: { it: CoherencePage; t: Say; language: Language }) {
  const head = (
    <Head
      slug={it.slug}
      view="gaps"
      title={t('coherence.gaps_title')}
      lead={t('coherence.gaps_lead')}
      t={t}
    />
  )
  if (it.gaps.length === 0)
    return (
      <>
        {head}
        <Empty
          level={2}
          title={t('coherence.gaps_none')}
          action={
            <LinkButton look="ink" href={`/${it.slug}/strategy${it.strategyId ? `/${it.strategyId}` : ''}`}>
              {t('coherence.no_rows_act')}
            </LinkButton>
          }
        >
          {t('coherence.gaps_none_text')}
        </Empty>
      </>
    )
  // Amber first: that is what somebody comes for.
  const gaps = [...it.gaps].sort((a, b) => Number(b.state === 'amber') - Number(a.state === 'amber'))
  return (
    <>
      {head}
      <p className="rule">{t('coherence.gaps_rule')}</p>
      {gaps.map((gap) => (
        <Gap key={gap.itemId} gap={gap} it={it} t={t} language={language} />
      ))}
    </>
  )
}

function Gap({ gap, it, t, language }: { gap: TrackedGap; it: CoherencePage; t: Say; language: Language }) {
  const { slug, strategyId, today } = it
  const words = it.language ? localeOf(it.language) : undefined
  const unit = gap.measure?.unit ?? gap.unit ?? ''
  const value = (n: number | null) => (n === null ? '–' : figure(language, n, unit))
  const done = gap.activities.filter((one) => one.done).length
  const pains = gap.beside.flatMap((id) => it.items.find((item) => item.id === id) ?? [])
  return (
    <section className="gap" id={gap.itemId} data-state={gap.state} aria-labelledby={`${gap.itemId}-h`}>
      <div className="say">
        <h2 id={`${gap.itemId}-h`} lang={words}>
          {strategyId ? (
            <Link href={`/${slug}/strategy/${strategyId}#${gap.itemId}`}>{gap.title}</Link>
          ) : (
            gap.title
          )}
        </h2>
        <p className="state">
          {gap.code && <span className="quiet">{gap.code}</span>}
          <Badge state={shapes[gap.state]}>{t(`coherence.gap_${gap.state}`)}</Badge>
        </p>
        <p className="why-amber">
          {t(`coherence.gap_why_${gap.state}`, {
            work: percent(language, gap.work ?? 0),
            closed: percent(language, gap.closed ?? 0),
            bound: percent(language, (gap.work ?? 0) * AMBER_RATIO),
          })}
        </p>
        <dl className="num">
          <div>
            <dt>{t('coherence.gap_from')}</dt>
            <dd>{gap.from === null ? '–' : plainFigure(language, gap.from)}</dd>
          </div>
          <div>
            <dt>{t('coherence.gap_now')}</dt>
            <dd>
              <b>{value(gap.now)}</b>
              {gap.nowOn && <small>{sayDay(language, gap.nowOn, today)}</small>}
            </dd>
          </div>
          <div>
            <dt>{t('coherence.gap_to')}</dt>
            <dd>
              {gap.to === null ? '–' : plainFigure(language, gap.to)}
              {gap.by && <small>{t('coherence.gap_by', { day: sayDay(language, gap.by, today) })}</small>}
            </dd>
          </div>
        </dl>
        <p className="by">
          {gap.measure ? (
            <>
              {t('coherence.gap_measure')}{' '}
              <Link href={`/${slug}/measures/${gap.measure.id}`}>{gap.measure.name}</Link>
            </>
          ) : (
            <Link href={`/${slug}/measures?new=1`}>{t('coherence.gap_no_measure')}</Link>
          )}
        </p>
        <h3>{t('coherence.gap_pains')}</h3>
        {pains.length === 0 ? (
          <p className="quiet">{t('coherence.gap_no_pain')}</p>
        ) : (
          <ul className="pains">
            {pains.map(({ id, code, title }) => (
              <li key={id}>
                {strategyId ? (
                  <Link className="w" lang={words} href={`/${slug}/strategy/${strategyId}#${id}`}>
                    {code} {title}
                  </Link>
                ) : (
                  title
                )}
                <Link className="x" href={coherenceHref(slug, 'matrix', { at: id })}>
                  {t('coherence.gap_in_matrix')}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div>
        <GapChart gap={gap} today={today} t={t} language={language} />
        {gap.activities.length > 0 && (
          <details className="acts" open={gap.state === 'amber' || undefined}>
            <summary>{t('coherence.gap_acts', { n: gap.activities.length, done })}</summary>
            <ul>
              {gap.activities.map(({ id, done: isDone, effort }) => (
                <li key={id}>
                  <Card id={id} it={it} language={language} />
                  <span className="quiet">
                    {isDone && t('coherence.gap_act_done')}
                    {effort !== null && <span className="num">{t('coherence.days', { n: effort })}</span>}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        )}
        <p className="links">
          <Link href={coherenceHref(slug, 'matrix', { at: gap.itemId })}>{t('coherence.gap_row')}</Link>
          <Link href={coherenceHref(slug, 'graph', { focus: gap.itemId })}>{t('coherence.view_graph')}</Link>
        </p>
      </div>
    </section>
  )
}
