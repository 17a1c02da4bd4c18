import { randomUUID } from 'node:crypto'
import { after } from 'next/server'
import { z } from 'zod'
import { getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { wantsData } from '@/app/_server/wants-data'
import { PageTitle } from '@/app/_ui/page-title'
import { wordingMarks } from '@/lib/queries/decisions'
import { strategyPage } from '@/lib/queries/strategy-page'
import { StrategyView } from './_editor/strategy-view'
import { keepTexts } from './_editor/texts'
import { ReviewMarks } from './_marks/review-marks'
import './strategy.css'
import './_items/items.css'
import './_suggest/suggest.css'
import './_threads/threads.css'

const path = z.object({
  workspace: z.string().max(80),
  strategy: z.string().max(40),
  mode: z.enum(['suggest', 'read']).optional().catch(undefined),
})

export default page(
  'strategy.read',
  async ({ context, params }) => {
    const zone = await readZone()
    const [{ strategy, texts, ...rest }, marks, t] = await Promise.all([
      strategyPage(context, params.strategy, zone, params.mode ?? null),
      wordingMarks(context, params.strategy),
      getWords(),
    ])
    const asData = await wantsData()
    const drawn = randomUUID()
    if (!asData) after(keepTexts(drawn, texts))
    return (
      <Words
        of={[
          'editor',
          'items',
          'threads',
          'suggest',
          'versions.ui_link*',
          'versions.ui_name*',
          'versions.ui_see',
          'versions.ui_replay',
          'versions.ui_drafts',
          'exchange.ui_*',
        ]}
      >
        <PageTitle of={[strategy.title]} />
        <StrategyView
          key={`${rest.room} ${rest.mode}`}
          drawn={drawn}
          texts={asData ? texts : null}
          boot={{ ...rest, strategy, workspace: params.workspace, zone }}
        />
        <ReviewMarks marks={marks} slug={params.workspace} t={t} />
      </Words>
    )
  },
  path,
)
