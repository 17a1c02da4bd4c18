import { notFound } from 'next/navigation'
import { z } from 'zod'
import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { PageTitle } from '@/app/_ui/page-title'
import { isCycle } from '@/lib/domain/cycle'
import { coherencePage } from '@/lib/queries/coherence'
import { MatrixView } from './_matrix/matrix-view'
import { views } from './_parts/address'
import './coherence.css'

/** Do words, work and numbers belong together? Five ways to look at it, the way in the address. */
export default page(
  'coherence.read',
  async ({ context, params }) => {
    const zone = await readZone()
    const cycle = params.cycle ?? null
    const [it, t, language] = await Promise.all([
      coherencePage(context, cycle, zone),
      getWords(),
      getLanguage(),
    ])
    if (!it) notFound()
    return (
      <Words of={['coherence.ui_*']}>
        <main className="coh" id="main" tabIndex={-1}>
          <PageTitle of={[t(`coherence.view_${params.view}`), t('coherence.title')]} />
          <MatrixView it={it} t={t} language={language} />
        </main>
      </Words>
    )
  },
  z.object({
    workspace: z.string().max(80),
    view: z.enum(views).optional().catch(undefined).default('matrix'),
    cycle: z.string().refine(isCycle).optional().catch(undefined),
  }),
)
