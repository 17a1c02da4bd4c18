import { randomUUID } from 'node:crypto'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import type { Say } from '@/app/_i18n/say'
import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { later } from '@/app/_server/later'
import { page } from '@/app/_server/page'
import { wantsData } from '@/app/_server/wants-data'
import { PageTitle } from '@/app/_ui/page-title'
import { Streamed } from '@/app/_ui/streamed'
import { isCycle } from '@/lib/domain/cycle'
import type { Language } from '@/lib/domain/language'
import { type CoherencePage, coherencePage, throughlinePage } from '@/lib/queries/coherence'
import { EffortView } from './_effort/effort-view'
import { GapsView } from './_gaps/gaps-view'
import { GraphView } from './_graph/graph-view'
import { LedgerView } from './_ledger/ledger-view'
import { MatrixView } from './_matrix/matrix-view'
import { type View, views } from './_parts/address'
import { Coming } from './_parts/coming'
import './coherence.css'

/** Do words, work and numbers belong together? Five ways to look at it, the way in the address. */
export default page(
  'coherence.read',
  async ({ context, params }) => {
    const zone = await readZone()
    const { view, cycle = null } = params
    const [t, language] = await Promise.all([getWords(), getLanguage()])
    const shown = async () => {
      if (view === 'graph') {
        const it = await throughlinePage(context, cycle, zone)
        return it && <GraphView it={it} focus={params.focus ?? null} form={params.form} t={t} />
      }
      const it = await coherencePage(context, cycle, zone)
      return it && <Shown view={view} it={it} t={t} language={language} drawn={await drawing()} />
    }
    const draw = async () => (
      <main className="coh" id="main" tabIndex={-1}>
        {(await shown()) ?? notFound()}
      </main>
    )
    return (
      <Words of={['coherence.ui_*']}>
        <PageTitle of={[t(`coherence.view_${view}`), t('coherence.title')]} />
        <Streamed frame={<Coming slug={params.workspace} view={view} t={t} />}>
          {() => later('coherence', draw)}
        </Streamed>
      </Words>
    )
  },
  z.object({
    workspace: z.string().max(80),
    view: z.enum(views).optional().catch(undefined).default('matrix'),
    cycle: z.string().refine(isCycle).optional().catch(undefined),
    /** The point whose line is drawn. */
    focus: z.string().max(80).optional().catch(undefined),
    form: z.enum(['drawn', 'list']).optional().catch(undefined).default('drawn'),
  }),
)

/** The name under which this process keeps what it draws; null where the page is asked for as data. */
async function drawing(): Promise<string | null> {
  return (await wantsData()) ? null : randomUUID()
}

function Shown({
  view,
  drawn,
  ...given
}: {
  view: Exclude<View, 'graph'>
  it: CoherencePage
  t: Say
  language: Language
  drawn: string | null
}) {
  switch (view) {
    case 'gaps':
      return <GapsView {...given} />
    case 'effort':
      return <EffortView {...given} />
    case 'assumptions':
      return <LedgerView {...given} />
    case 'matrix':
      return <MatrixView {...given} drawn={drawn} />
  }
}
