import { z } from 'zod'
import { localeOf } from '@/app/_i18n/locale'
import { getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { PageTitle } from '@/app/_ui/page-title'
import { comma } from '@/lib/domain/comma'
import { replayPage, replayStep } from '@/lib/queries/replay'
import { labelsIn } from '../../_versions/labels'
import { Replay } from '../../_versions/replay'
import { whenWords } from '../../_versions/when'
import '../../strategy.css'
import '../../_versions/versions.css'

const path = z.object({
  workspace: z.string().max(80),
  strategy: z.string().max(40),
  at: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
})

export default page(
  'strategy.read',
  async ({ context, params }) => {
    const t = await getWords()
    const { strategy, steps, people } = await replayPage(context, params.strategy)
    const last = steps.at(-1)
    const back = `/${params.workspace}/strategy/${strategy.id}/versions`
    const clock = { language: context.language, t, now: context.clock.now(), zone: await readZone() }
    const names = new Map(people.map(({ id, name }) => [id, name]))
    const first =
      last &&
      (await replayStep(context, {
        strategyId: strategy.id,
        seq: params.at === undefined ? last.seq : Number(params.at),
        labels: labelsIn(context.language),
      }))
    return (
      <Words of={['versions.ui_*', 'versions.chapter_*', 'versions.replay_*']}>
        <PageTitle of={[t('versions.replay_title'), strategy.title]} />
        {first ? (
          <Replay
            back={back}
            title={strategy.title}
            lang={localeOf(strategy.language)}
            first={first}
            steps={steps.map(({ seq, at, authors }) => ({
              seq,
              when: whenWords(clock, at),
              who: authors.map((id) => names.get(id) ?? '').join(comma(context.language, 'names')),
            }))}
          />
        ) : (
          <main className="sheet" id="main" tabIndex={-1}>
            <h1>{t('versions.replay_title')}</h1>
            <p>{t('versions.replay_empty')}</p>
          </main>
        )}
      </Words>
    )
  },
  path,
)
