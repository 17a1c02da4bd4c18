import type { Say } from '@/app/_i18n/say'
import { formatMoment } from '@/app/_i18n/time'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Glyph } from '@/app/_ui/glyph'
import { comma } from '@/lib/domain/comma'
import type { Language } from '@/lib/domain/language'
import type { Kernel, KernelGap, KernelList } from '@/lib/queries/kernel'
import { departmentName } from '../../../measures/_measures/department'
import { figure, plainFigure } from '../../../measures/_measures/figure'
import { shortName, wholeDay } from '../../../quarters/_quarters/say'
import { Stamp } from '../../../quarters/_quarters/stamp'

/** The argument from top to bottom, one line drawn through it. */
export function Sheet({ it, t, now, zone }: { it: Kernel; t: Say; now: number; zone: string }) {
  const { language, work } = it
  const date = (at: number) => formatMoment(language, 'date', at, { now, zone })
  const numeral = (n: number) => (language === 'zh' ? '一二三四'.charAt(n - 1) : `${n}`)
  return (
    <>
      <header>
        {work && <Stamp cycle={work.cycle} sealed={work.sealedAt !== null} t={t} />}
        <div>
          <h1>{it.strategy.title}</h1>
          <p>
            {work &&
              (work.sealedAt
                ? t('quarters.kernel_sealed', {
                    cycle: shortName(work.cycle, t),
                    date: date(work.sealedAt.getTime()),
                  })
                : t('quarters.kernel_open', { cycle: shortName(work.cycle, t) }))}
            {work && (language === 'zh' ? '，' : '. ')}
            {t('quarters.kernel_as_of', { date: date(now) })}
          </p>
        </div>
        <p className="co">
          <Glyph /> {it.company}
        </p>
      </header>
      <section className="k-pos">
        <h2>{t('quarters.words')}</h2>
        <p>
          {it.positioning
            ? it.positioning.map(({ text, slot }, i) =>
                // biome-ignore lint/suspicious/noArrayIndexKey: drawn once, never reordered
                slot ? <u key={i}>{text}</u> : <span key={i}>{text}</span>,
              )
            : t('quarters.kernel_no_positioning')}
        </p>
      </section>
      <div className="k-cols">
        <section className="k-sit">
          <h2>
            <i>{numeral(1)}</i> {t('quarters.kernel_situation')}
          </h2>
          {it.factors.map(({ area, list }) => (
            <div key={area ?? 'none'} className="k-area">
              <h3>{area ? t(`items.area_${area}`) : t('quarters.kernel_other')}</h3>
              <Lines list={list} t={t} />
            </div>
          ))}
        </section>
        <section className="k-dif">
          <h2>
            <i>{numeral(2)}</i> {t('quarters.kernel_difficulties')}
          </h2>
          <Named name={t('quarters.kernel_focus')} list={it.focus} t={t} />
          {it.notFocus.lines.length > 0 && (
            <p className="k-not">
              {t('quarters.kernel_not_focus')}
              {language === 'zh' ? '：' : ': '}
              {it.notFocus.lines.map(({ words }) => words).join(comma(language, 'names'))}
            </p>
          )}
          <Named name={t('quarters.kernel_pains')} list={it.pains} t={t} />
          {it.gaps.lines.length > 0 && (
            <>
              <h3>{t('quarters.kernel_gaps')}</h3>
              <ul>
                {it.gaps.lines.map((gap) => (
                  <li key={gap.id}>
                    <b>{gap.code}</b>
                    <span>
                      <span className="s">{gap.words}</span>{' '}
                      <span className="num">{way(gap, t, language)}</span>
                    </span>
                  </li>
                ))}
                <More n={it.gaps.more} t={t} />
              </ul>
            </>
          )}
        </section>
        <section className="k-pol">
          <h2>
            <i>{numeral(3)}</i> {t('quarters.kernel_policy')}
          </h2>
          <Named name={t('quarters.kernel_principles')} list={it.principles} t={t} />
          <Named name={t('quarters.kernel_trade_offs')} list={it.tradeOffs} t={t} />
        </section>
      </div>
      {work && (
        <section className="k-act">
          <h2>
            <i>{numeral(4)}</i> {t('quarters.kernel_activities')}
          </h2>
          <div>
            {work.departments.map((one) => (
              <div key={one.board.departmentId} data-dept={one.board.kind ?? 'other'}>
                <h3>
                  <DepartmentMark kind={one.board.kind} name={one.board.name} language={language} />
                  {departmentName(one.board, t)}
                </h3>
                {one.intent && <p className="s">{one.intent}</p>}
                <ul className="k-work">
                  {one.activities.map(({ id, title }) => (
                    <li key={id}>{title}</li>
                  ))}
                  <More n={one.moreActivities} t={t} />
                </ul>
                {one.targets.length > 0 && (
                  <dl className="num" aria-label={t('quarters.kernel_targets')}>
                    {one.targets.map((target) => (
                      <div key={target.measureId}>
                        <dt>{target.name}</dt>
                        <dd>{figure(language, target.value, target.unit)}</dd>
                      </div>
                    ))}
                    {one.moreTargets > 0 && (
                      <div>
                        <dt>{t('quarters.kernel_more', { n: one.moreTargets })}</dt>
                        <dd />
                      </div>
                    )}
                  </dl>
                )}
              </div>
            ))}
          </div>
        </section>
      )}
    </>
  )
}

function Named({ name, list, t }: { name: string; list: KernelList; t: Say }) {
  if (list.lines.length === 0) return null
  return (
    <>
      <h3>{name}</h3>
      <Lines list={list} t={t} />
    </>
  )
}

function Lines({ list, t }: { list: KernelList; t: Say }) {
  return (
    <ul>
      {list.lines.map(({ id, code, words }) => (
        <li key={id}>
          <b>{code}</b>
          <span className="s">{words}</span>
        </li>
      ))}
      <More n={list.more} t={t} />
    </ul>
  )
}

function More({ n, t }: { n: number; t: Say }) {
  return n > 0 ? <li className="more">{t('quarters.kernel_more', { n })}</li> : null
}

function way({ from, to, unit, by }: KernelGap, t: Say, language: Language): string {
  return [
    from !== null && to !== null
      ? t('quarters.gap_way', { from: plainFigure(language, from), to: figure(language, to, unit) })
      : '',
    by ? t('quarters.gap_by', { date: wholeDay(language, by) }) : '',
  ]
    .filter((part) => part !== '')
    .join(comma(language))
}
