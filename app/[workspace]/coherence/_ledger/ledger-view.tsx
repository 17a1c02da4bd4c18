import { localeOf } from '@/app/_i18n/locale'
import type { Say } from '@/app/_i18n/say'
import { Badge } from '@/app/_ui/badge'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import type { Assumption, AssumptionState } from '@/lib/domain/coherence/assumptions'
import type { Language } from '@/lib/domain/language'
import type { CoherencePage } from '@/lib/queries/coherence'
import { sayDay } from '../../my-work/_work/say-day'
import { Card } from '../_matrix/beside'
import { Head } from '../_parts/head'

const shapes: Readonly<Record<AssumptionState, 'good' | 'risk' | 'off' | 'none'>> = {
  expired: 'off',
  expiring: 'risk',
  valid: 'good',
  undated: 'none',
}

/** Factors by the day they expire, with what rests on them. */
export function LedgerView({ it, t, language }: { it: CoherencePage; t: Say; language: Language }) {
  const { assumptions, slug, strategyId } = it
  const count = (state: AssumptionState) => assumptions.filter((one) => one.state === state).length
  return (
    <>
      <Head
        slug={slug}
        view="assumptions"
        title={t('coherence.ledger_title')}
        lead={t('coherence.ledger_lead')}
        t={t}
      />
      {assumptions.length === 0 ? (
        <Empty
          level={2}
          title={t('coherence.ledger_none')}
          action={
            <LinkButton look="ink" href={`/${slug}/strategy${strategyId ? `/${strategyId}` : ''}`}>
              {t('coherence.no_rows_act')}
            </LinkButton>
          }
        >
          {t('coherence.ledger_none_text')}
        </Empty>
      ) : (
        <>
          <p className="sum">
            {t('coherence.ledger_sum', { expired: count('expired'), expiring: count('expiring') })}
          </p>
          <table className="table ledger">
            <caption className="vh">{t('coherence.ledger_title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('coherence.ledger_factor')}</th>
                <th scope="col">{t('coherence.ledger_until')}</th>
                <th scope="col">{t('coherence.ledger_confidence')}</th>
                <th scope="col">{t('coherence.ledger_rests')}</th>
              </tr>
            </thead>
            <tbody>
              {assumptions.map((one) => (
                <Row key={one.itemId} one={one} it={it} t={t} language={language} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </>
  )
}

function Row({ one, it, t, language }: { one: Assumption; it: CoherencePage; t: Say; language: Language }) {
  const { slug, strategyId, today } = it
  const words = it.language ? localeOf(it.language) : undefined
  const at = (id: string) => `/${slug}/strategy/${strategyId}#${id}`
  return (
    <tr id={one.itemId} data-state={one.state}>
      <th scope="row">
        <Link className="w" lang={words} href={at(one.itemId)}>
          {one.code && <b>{one.code}</b>} {one.title}
        </Link>
      </th>
      <td>
        <span className="num">{one.validUntil && sayDay(language, one.validUntil, today)}</span>
        <Badge state={shapes[one.state]}>{t(`coherence.ledger_${one.state}`)}</Badge>
      </td>
      <td>
        {one.confidence && t(`coherence.ledger_${one.confidence}`)}
        {one.checkedOn && (
          <small>
            {t('coherence.ledger_checked')} {sayDay(language, one.checkedOn, today)}
          </small>
        )}
      </td>
      <td>
        {one.items.length + one.activities.length === 0 && (
          <span className="quiet">{t('coherence.ledger_nothing')}</span>
        )}
        <ul className="rests">
          {one.items.map((item) => (
            <li key={item.id}>
              <span className="quiet">
                {t(`coherence.kind_${item.kind}`)} {item.code}
              </span>{' '}
              <Link className="w" lang={words} href={at(item.id)}>
                {item.title}
              </Link>
            </li>
          ))}
        </ul>
        {one.activities.length > 0 && (
          <details>
            <summary>{t('coherence.effort_more', { n: one.activities.length })}</summary>
            <ul>
              {one.activities.map(({ id }) => (
                <li key={id}>
                  <Card id={id} it={it} language={language} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </td>
    </tr>
  )
}
