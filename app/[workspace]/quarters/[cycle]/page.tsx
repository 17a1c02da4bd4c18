import { notFound } from 'next/navigation'
import { z } from 'zod'
import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { LinkButton } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'
import { isCycle, previousCycle } from '@/lib/domain/cycle'
import { cyclePage } from '@/lib/queries/cycles'
import { quarterMore } from '@/lib/queries/quarter-side'
import { planPreview } from '@/lib/queries/quarters'
import { dayOfMoment, longName, personNamed, plainDay, shortName, wholeDay } from '../_quarters/say'
import { Carry } from './_quarter/carry'
import type { Given } from './_quarter/given'
import { Jump } from './_quarter/jump'
import { Notes } from './_quarter/notes'
import { PlanOf } from './_quarter/plan'
import { Preview } from './_quarter/preview'
import { Scope } from './_quarter/scope'
import { SealedBox } from './_quarter/sealed-box'
import '../_quarters/quarters.css'

/** One quarter: what will be sealed, or what was, and what has become of it. */
export default page(
  'cycle.read',
  async ({ context, params }) => {
    if (!isCycle(params.cycle)) notFound()
    const zone = await readZone()
    const [it, more, t, language] = await Promise.all([
      cyclePage(context, params.cycle, zone),
      quarterMore(context, params.cycle, zone),
      getWords(),
      getLanguage(),
    ])
    if (!it) notFound()
    const when = { now: context.clock.now(), zone }
    const given: Given = {
      it,
      more,
      t,
      language,
      when,
      workspace: params.workspace,
      me: context.actor.memberId,
    }
    const before = it.cycles.find(({ cycle }) => cycle === previousCycle(it.cycle))
    const running = it.cycles.find(({ state }) => state === 'running' || state === 'review')
    const later = it.cycles.some(({ cycle, state }) => state === 'closed' && cycle > it.cycle)
    return (
      <Words of={['quarters.ui_*', 'quarters.fate_*']}>
        <main className="quarters one" id="main" tabIndex={-1}>
          <PageTitle of={[shortName(it.cycle, t), t('quarters.title')]} />
          <p className="crumb">
            <Link href={`/${it.slug}/quarters`}>{t('quarters.all')}</Link>
          </p>
          <header className="qhead">
            <div>
              <h1>{longName(it.cycle, t)}</h1>
              <p className="num">
                <b>{t(`quarters.state_${it.state}`)}</b>
                <span>
                  {t('quarters.days', {
                    first: plainDay(language, it.first),
                    last: wholeDay(language, it.last),
                  })}
                </span>
                {it.day > 0 && it.day <= it.days && (
                  <span>{t('quarters.day_of', { day: it.day, days: it.days })}</span>
                )}
                {it.closed && (
                  <span>
                    {t('quarters.closed_line', {
                      date: dayOfMoment(language, it.closed.at, when),
                      name: personNamed(it.people, it.closed.by, t),
                    })}
                  </span>
                )}
              </p>
            </div>
            <div className="row wrap acts">
              {more.review && (
                <LinkButton href={`/${it.slug}/reviews/${more.review.id}`}>
                  {t('quarters.review_open')}
                </LinkButton>
              )}
              {before && it.seal && before.state !== 'planned' && (
                <LinkButton href={`/${it.slug}/quarters/compare?a=${before.cycle}&b=${it.cycle}`}>
                  {t('quarters.compare_before', { cycle: shortName(before.cycle, t) })}
                </LinkButton>
              )}
            </div>
          </header>
          {it.seal ? (
            <>
              <SealedBox {...given} />
              <div className="qcols">
                <div>
                  <Scope {...given} />
                  <PlanOf {...given} plan={it.seal.plan} />
                  {it.state !== 'closed' && <Carry {...given} />}
                </div>
                <aside>
                  <div>
                    <Jump {...given} />
                    <Notes {...given} />
                  </div>
                </aside>
              </div>
            </>
          ) : (
            <Preview
              {...given}
              preview={await planPreview(context, it.cycle)}
              running={running?.cycle ?? null}
              behind={later}
            />
          )}
        </main>
      </Words>
    )
  },
  z.object({ workspace: z.string().max(80), cycle: z.string().max(20) }),
)
