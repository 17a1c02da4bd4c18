import { notFound } from 'next/navigation'
import { z } from 'zod'
import { getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { PageTitle } from '@/app/_ui/page-title'
import { packCards } from '@/lib/domain/card'
import { boardNamed, boardPage } from '@/lib/queries/board'
import { PanelMount } from './_activity/panel-mount'
import { readPanel } from './_activity/read-panel'
import { BoardScreen } from './_board/board-screen'
import './_activity/activity.css'
import './_board/board.css'

/** A department's board, by the kind of its department or by its id. */
export default page(
  'board.read',
  async ({ context, params }) => {
    const [t, zone, board] = await Promise.all([getWords(), readZone(), boardNamed(context, params.board)])
    const shown = board && (await boardPage(context, board.boardId, zone))
    if (!shown) notFound()
    const { kind, name } = shown.board
    const panel = params.card === undefined ? null : await readPanel(context, params.card, true)
    return (
      <Words
        of={[
          'boards',
          'views',
          'tray.ui_*',
          'work.sent_*',
          'activity.activity',
          'activity.close',
          'activity.loading',
          'activity.gone',
          'activity.failed',
        ]}
      >
        <PageTitle of={[name ?? (kind ? t(`common.department_${kind}`) : ''), t('boards.title')]} />
        <BoardScreen
          key={shown.board.boardId}
          page={{ ...shown, cards: packCards(shown.cards) }}
          workspace={params.workspace}
          zone={zone}
        >
          <PanelMount slug={shown.slug} first={panel} />
        </BoardScreen>
      </Words>
    )
  },
  z.object({
    workspace: z.string().max(80),
    board: z.string().max(40),
    card: z.string().max(40).optional().catch(undefined),
  }),
)
