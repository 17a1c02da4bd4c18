import { z } from 'zod'
import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { PageTitle } from '@/app/_ui/page-title'
import { duties } from '@/lib/queries/duties'
import { movedWork } from '@/lib/queries/moved'
import { myWork } from '@/lib/queries/my-work'
import { Cards } from './_work/cards'
import { Decisions } from './_work/decisions'
import { HandOffs } from './_work/hand-offs'
import { Requests } from './_work/requests'
import { Reviews } from './_work/reviews'
import { Sent } from './_work/sent'
import { StillRightList } from './_work/still-right-list'
import './_work/work.css'

/** What one answers for, helps with and is asked: everything that waits for the reader, most urgent first. */
export default page(
  'workspace.read',
  async ({ context, params }) => {
    const zone = await readZone()
    const [work, waiting, moved, t, language] = await Promise.all([
      myWork(context, zone),
      duties(context, zone),
      movedWork(context),
      getWords(),
      getLanguage(),
    ])
    const mine = moved.filter((one) => one.mine)
    const { due, checking, owned, helping, requests, handOffs, sent } = work
    const shown = new Set<string>(due.map(({ id }) => id))
    const toCheck = checking.filter(({ id }) => !shown.has(id))
    for (const { id } of toCheck) shown.add(id)
    // What is finished is no work any more; it stands on its board.
    const rest = (cards: typeof owned) => cards.filter(({ id, phase }) => !shown.has(id) && phase !== 'act')
    const late = due.filter((card) => card.late)
    const open = [late, due.filter((card) => !card.late), toCheck, rest(owned), rest(helping)] as const
    const held = waiting.toRun.length + waiting.toPrepare.length + waiting.toFollow.length
    const nothing =
      open.every((cards) => cards.length === 0) &&
      requests.length + handOffs.length + held + mine.length === 0 &&
      waiting.checkIn === null
    const given = { work, t, language, workspace: params.workspace }
    return (
      <Words of={['work.ui_*', 'tray.ui_*', ...(mine.length > 0 ? (['coherence.impact_*'] as const) : [])]}>
        <main className="work" id="main" tabIndex={-1}>
          <PageTitle of={[t('work.title')]} />
          <header>
            <h1>{t('work.title')}</h1>
            {!nothing && (
              <p className="num">
                {t('work.sum', {
                  late: late.length,
                  soon: due.length - late.length,
                  answers: requests.length + handOffs.length,
                })}
              </p>
            )}
          </header>
          {nothing && (
            <Empty
              level={2}
              title={t('work.empty')}
              action={
                work.boards.length > 0 && (
                  <LinkButton href={`/${work.slug}/boards`}>{t('work.to_boards')}</LinkButton>
                )
              }
            >
              {t('work.empty_text')}
            </Empty>
          )}
          <Reviews {...given} duties={waiting} />
          <StillRightList moved={mine} {...given} />
          <Requests {...given} />
          <HandOffs {...given} />
          <Decisions {...given} duties={waiting} />
          <Cards {...given} id="late" title={t('work.late')} cards={open[0]} />
          <Cards {...given} id="due" title={t('work.due')} cards={open[1]} />
          <Cards
            {...given}
            id="checking"
            title={t('work.checking')}
            lead={t('work.checking_text')}
            cards={open[2]}
          />
          <Cards {...given} id="owned" title={t('work.owned')} cards={open[3]} />
          <Cards {...given} id="helping" title={t('work.helping')} cards={open[4]} />
          {sent.length > 0 && <Sent {...given} />}
        </main>
      </Words>
    )
  },
  z.object({ workspace: z.string().max(80) }),
)
