import { z } from 'zod'
import { Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { PageTitle } from '@/app/_ui/page-title'
import { strategyPage } from '@/lib/queries/strategy-page'
import { StrategyView } from './_editor/strategy-view'
import './strategy.css'

const path = z.object({ workspace: z.string().max(80), strategy: z.string().max(40) })

export default page(
  'strategy.read',
  async ({ context, params }) => {
    const { strategy, texts, ...rest } = await strategyPage(context, params.strategy)
    return (
      <Words of={['editor']}>
        <PageTitle of={[strategy.title]} />
        <StrategyView
          key={strategy.id}
          texts={texts}
          boot={{ ...rest, strategy, workspace: params.workspace, zone: await readZone() }}
        />
      </Words>
    )
  },
  path,
)
