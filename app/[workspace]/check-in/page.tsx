import { notFound } from 'next/navigation'
import { z } from 'zod'
import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { PageTitle } from '@/app/_ui/page-title'
import { daysFromTo } from '@/lib/domain/day-text'
import { checkInPage } from '@/lib/queries/check-in'
import { plainFigure } from '../measures/_measures/figure'
import { sayDay } from '../my-work/_work/say-day'
import { CheckIn } from './_check/check-in'
import './_check/check.css'

/** One's measures for the review, one after another: the value, whether it will do, two sentences. */
export default page(
  'measure.read',
  async ({ context, params }) => {
    const zone = await readZone()
    const [it, t, language] = await Promise.all([
      checkInPage(context, params.review ?? null, zone),
      getWords(),
      getLanguage(),
    ])
    if (!it) notFound()
    const back = `/${it.slug}/my-work`
    const held = it.review?.heldOn ?? null
    const left = held === null ? null : daysFromTo(it.today, held)
    const when =
      held === null || left === null
        ? ''
        : left === 0
          ? t('check.due_today')
          : left > 0
            ? t('check.due_on', { day: sayDay(language, held, it.today) })
            : ''
    return (
      <main className="checkin" id="main" tabIndex={-1}>
        <PageTitle of={[t('check.title')]} />
        {it.measures.length === 0 ? (
          <Empty
            level={1}
            title={t('check.none')}
            action={<LinkButton href={back}>{t('check.to_work')}</LinkButton>}
          >
            {t('check.none_text')}
          </Empty>
        ) : (
          <Words of={['check.ui_*']}>
            <CheckIn
              workspace={it.slug}
              today={it.today}
              back={back}
              when={when}
              reviewId={it.review?.id ?? null}
              review={it.review === null ? null : `/${it.slug}/reviews/${it.review.id}`}
              deadline={sayDay(language, it.last, it.today)}
              measures={it.measures.map((measure) => {
                const last = measure.values.at(-1)
                return {
                  ...measure,
                  targetSaid: measure.target === null ? null : plainFigure(language, measure.target),
                  lastSaid: last
                    ? t('check.last', {
                        day: sayDay(language, last.on, it.today),
                        value: plainFigure(language, last.value),
                      })
                    : t('check.first'),
                }
              })}
            />
          </Words>
        )}
      </main>
    )
  },
  z.object({
    workspace: z.string().max(80),
    review: z.string().max(40).optional().catch(undefined),
  }),
)
