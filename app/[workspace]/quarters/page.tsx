import { notFound } from 'next/navigation'
import { z } from 'zod'
import { localeOf } from '@/app/_i18n/locale'
import type { Say } from '@/app/_i18n/say'
import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { LinkButton } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'
import type { Language } from '@/lib/domain/language'
import { type QuarterRow, type QuartersPage, quartersPage } from '@/lib/queries/quarters'
import { CompareForm } from './_quarters/compare-form'
import { dayOfMoment, longName, personNamed, plainDay, shortName, wholeDay } from './_quarters/say'
import { Stamp } from './_quarters/stamp'
import './_quarters/quarters.css'

/** Every quarter along one line: planned, running, in review, closed. */
export default page(
  'cycle.read',
  async ({ context }) => {
    const zone = await readZone()
    const [it, t, language] = await Promise.all([quartersPage(context, zone), getWords(), getLanguage()])
    if (!it) notFound()
    const when = { now: context.clock.now(), zone }
    const month = new Intl.DateTimeFormat(language === 'zh' ? 'zh-Hans' : 'en-GB', {
      month: 'long',
      timeZone: 'UTC',
    }).format(Date.UTC(2026, it.yearStart - 1, 15))
    return (
      <Words of={['quarters.ui_*']}>
        <main className="quarters" id="main" tabIndex={-1}>
          <PageTitle of={[t('quarters.title')]} />
          <header className="qhead">
            <div>
              <h1>{t('quarters.title')}</h1>
              <p>{t('quarters.lead')}</p>
            </div>
            <LinkButton href={`/${it.slug}/print/kernel`}>
              <Icon name="list" />
              {t('quarters.kernel')}
            </LinkButton>
          </header>
          <ol className="qlist">
            {it.quarters.map((quarter, i) => (
              <QuarterLine
                key={quarter.cycle}
                quarter={quarter}
                page={it}
                before={it.quarters[i + 1] ?? null}
                t={t}
                language={language}
                when={when}
              />
            ))}
          </ol>
          <section className="machine" aria-labelledby="machine">
            <h2 id="machine">{t('quarters.compare')}</h2>
            <p>{t('quarters.compare_lead')}</p>
            <CompareForm slug={it.slug} cycles={it.quarters.map(({ cycle }) => cycle)} t={t} />
          </section>
          <p className="fiscal">
            {t('quarters.fiscal', { month })}{' '}
            {it.mayBegin && <Link href={`/${it.slug}/settings`}>{t('quarters.fiscal_change')}</Link>}
          </p>
        </main>
      </Words>
    )
  },
  z.object({ workspace: z.string().max(80) }),
)

function QuarterLine({
  quarter,
  page: it,
  before,
  t,
  language,
  when,
}: {
  quarter: QuarterRow
  page: QuartersPage
  before: QuarterRow | null
  t: Say
  language: Language
  when: { now: number; zone: string }
}) {
  const { cycle, state, sealed, scope, review, held } = quarter
  const href = `/${it.slug}/quarters/${cycle}`
  const changes = scope && scope.added + scope.dropped + scope.retargeted
  return (
    <li data-state={state} aria-current={cycle === it.current ? 'date' : undefined}>
      <Stamp cycle={cycle} sealed={sealed !== null} t={t} />
      <div>
        <h2>
          <Link href={href}>{longName(cycle, t)}</Link> <small>{t(`quarters.state_${state}`)}</small>
        </h2>
        <p className="when num">
          {t('quarters.days', {
            first: plainDay(language, quarter.first),
            last: wholeDay(language, quarter.last),
          })}
        </p>
        {sealed && sealed.positioning !== '' && (
          <p className="w" lang={localeOf(it.strategyLanguage ?? language)}>
            {sealed.positioning}
          </p>
        )}
        <p className="facts num">
          {sealed ? (
            <>
              <span>
                {t('quarters.sealed_line', {
                  date: dayOfMoment(language, sealed.at, when),
                  name: personNamed(it.people, sealed.by, t),
                })}
              </span>
              {sealed.version !== null && (
                <span>{t('quarters.sealed_version', { version: sealed.version })}</span>
              )}
              <span>{t('quarters.n_activities', { n: sealed.activities })}</span>
              <span>{t('quarters.n_targets', { n: sealed.targets })}</span>
              {scope !== null && changes !== null && changes > 0 && (
                <>
                  {scope.added > 0 && <b>{t('quarters.n_added', { n: scope.added })}</b>}
                  {scope.dropped > 0 && <b>{t('quarters.n_dropped', { n: scope.dropped })}</b>}
                  {scope.retargeted > 0 && <b>{t('quarters.n_retargeted', { n: scope.retargeted })}</b>}
                </>
              )}
              {held && held.of > 0 && <b>{t('quarters.held', held)}</b>}
            </>
          ) : (
            <>
              <span>{t('quarters.planned_line', { n: quarter.planned })}</span>
              {it.open !== null && cycle > it.open && (
                <span>{t('quarters.waits', { cycle: shortName(it.open, t) })}</span>
              )}
            </>
          )}
        </p>
      </div>
      <div className="acts">
        {quarter.mayOpen && (
          <LinkButton href={href} look={cycle === it.current ? 'ink' : 'outline'}>
            {t('quarters.look')}
          </LinkButton>
        )}
        {review && (
          <LinkButton href={`/${it.slug}/reviews/${review.id}`} look="plain">
            {review.state === 'closed' && review.heldOn
              ? t('quarters.review_closed', { date: plainDay(language, review.heldOn) })
              : t('quarters.review_open')}
          </LinkButton>
        )}
        {sealed && before?.sealed && (
          <LinkButton href={`/${it.slug}/quarters/compare?a=${before.cycle}&b=${cycle}`} look="plain">
            {t('quarters.compare_before', { cycle: shortName(before.cycle, t) })}
          </LinkButton>
        )}
      </div>
    </li>
  )
}
