import type { CSSProperties } from 'react'
import type { Say } from '@/app/_i18n/say'
import { formatNumber } from '@/app/_i18n/time'
import { AvatarStack } from '@/app/_ui/avatar'
import { Badge } from '@/app/_ui/badge'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import { comma } from '@/lib/domain/comma'
import type { Language } from '@/lib/domain/language'
import type { Home } from '@/lib/queries/home'
import type { Effect } from '@/lib/queries/home-quarter'
import type { BoardLine } from '@/lib/queries/overview'
import { boardHref } from '../boards/board-href'

/**
 * The departments in the order of the chain: what each is there for, how much of the quarter's work is done, and how far
 * its measures have come. Where the two part, somebody asks why.
 */
export function Effects({
  home,
  boards,
  effects,
  t,
  language,
}: {
  home: Home
  boards: readonly BoardLine[]
  effects: readonly Effect[]
  t: Say
  language: Language
}) {
  const unled = home.departments.some((department) => department.leads.length === 0)
  return (
    <section className="prog5">
      <h2>{t('shell.home_effects')}</h2>
      <p className="legend">{t('shell.home_effects_text')}</p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('shell.home_department')}</th>
            <th scope="col">{t('shell.home_line')}</th>
            <th scope="col">{t('shell.home_quarter')}</th>
            <th scope="col">{t('shell.home_state')}</th>
          </tr>
        </thead>
        <tbody>
          {home.departments.map(({ id, kind, name, leads }) => {
            const board = boards.find(({ departmentId }) => departmentId === id)
            const effect = effects.find(({ departmentId }) => departmentId === id)
            const words = name ?? (kind && t(`common.department_${kind}`))
            return (
              <tr key={id} data-dept={kind ?? 'other'}>
                <th scope="row">
                  <span className="nm">
                    <DepartmentMark kind={kind} name={name} language={language} />
                    {board ? <Link href={boardHref(home.slug, board)}>{words}</Link> : words}
                  </span>
                  {leads.length > 0 ? (
                    <AvatarStack
                      people={leads}
                      max={3}
                      size="sm"
                      label={`${t('shell.home_leads')}: ${leads.map((lead) => lead.name).join(comma(language, 'names'))}`}
                    />
                  ) : (
                    <small className="quiet">{t('shell.home_no_lead')}</small>
                  )}
                </th>
                <td className="line" lang={board?.intent?.language === 'zh' ? 'zh-Hans' : 'en'}>
                  {board?.intent?.text}
                </td>
                <td>
                  {effect && (effect.work !== null || effect.gap !== null) ? (
                    <Bars effect={effect} t={t} language={language} />
                  ) : (
                    <span className="quiet">{t('shell.home_week_idle')}</span>
                  )}
                </td>
                <td>
                  <State effect={effect} board={board} t={t} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className="more">
        <Link href={`/${home.slug}/coherence`}>{t('shell.home_coherence')}</Link>
        {unled && home.mayStaff && (
          <Link href={`/${home.slug}/settings/departments`}>{t('shell.home_staff')}</Link>
        )}
      </p>
    </section>
  )
}

function Bars({ effect, t, language }: { effect: Effect; t: Say; language: Language }) {
  const percent = (share: number | null) =>
    share === null ? '–' : formatNumber(language, share, { style: 'percent', maximumFractionDigits: 0 })
  const bar = (share: number | null) => ({ '--v': `${Math.round((share ?? 0) * 100)}%` }) as CSSProperties
  return (
    <div className="bars num">
      <span>{t('shell.home_work')}</span>
      <span className="prog" style={bar(effect.work)}>
        <i />
      </span>
      <span>{percent(effect.work)}</span>
      <span>{t('shell.home_gap')}</span>
      <span className="prog g" style={bar(effect.gap)}>
        <i />
      </span>
      <span>{percent(effect.gap)}</span>
    </div>
  )
}

function State({ effect, board, t }: { effect: Effect | undefined; board: BoardLine | undefined; t: Say }) {
  const state = effect?.state ?? 'none'
  const late = board?.late ?? 0
  return (
    <span className="states">
      {state !== 'none' && <Badge state={state}>{t(`shell.home_state_${state}`)}</Badge>}
      {late > 0 && <small className="late">{t('shell.home_week_late', { n: late })}</small>}
      {late === 0 && state === 'none' && <span className="quiet">{t('shell.home_week_none')}</span>}
    </span>
  )
}
