import { after } from 'next/server'
import type { Say } from '@/app/_i18n/say'
import { LinkButton } from '@/app/_ui/button'
import { keepDrawn } from '@/app/_ui/drawing'
import { Empty } from '@/app/_ui/empty'
import type { Language } from '@/lib/domain/language'
import type { CoherencePage } from '@/lib/queries/coherence'
import { departmentName } from '../../measures/_measures/department'
import { sayCycle } from '../../measures/_measures/say-cycle'
import { Exports } from '../_parts/exports'
import { Head } from '../_parts/head'
import { Moved } from '../_parts/moved'
import { Beside } from './beside'
import { Grid } from './grid'
import { matrixHtml } from './matrix-html'
import { Summary } from './summary'

/** Difficulties by departments: what is worked on, what is not, and what works on nothing. */
export function MatrixView({
  it,
  t,
  language,
  drawn,
}: {
  it: CoherencePage
  t: Say
  language: Language
  /** The name under which this process keeps the table while it draws the page; null: the page is asked for as data. */
  drawn: string | null
}) {
  const { slug, matrix, cycle } = it
  const caption = t('coherence.matrix_caption', { cycle: cycle ? sayCycle(cycle, t) : t('coherence.all') })
  const file = `/${slug}/coherence/export`
  const query = cycle ? `?cycle=${cycle}` : ''
  const table = () =>
    matrixHtml({
      slug,
      strategyId: it.strategyId,
      wordsIn: it.language,
      boards: it.boards,
      matrix,
      gaps: it.gaps,
      mayAsk: it.may.request,
      mayAccept: it.may.accept,
      nameOf: (id) => it.people.find((person) => person.id === id)?.name ?? t('coherence.somebody'),
      caption,
      t,
      language,
    })
  if (drawn !== null && matrix.rows.length > 0) after(keepDrawn(drawn, table()))
  return (
    <>
      <Head
        slug={slug}
        view="matrix"
        cycle={cycle}
        cycles={it.cycles}
        title={t('coherence.matrix_title')}
        lead={t('coherence.matrix_lead')}
        t={t}
      >
        {matrix.rows.length > 0 && (
          <Exports csv={`${file}/csv${query}`} svg={`${file}/svg${query}`} name={caption} />
        )}
      </Head>
      {matrix.rows.length === 0 ? (
        <Nothing it={it} t={t} />
      ) : (
        <>
          <Summary it={it} t={t} language={language} />
          <Grid
            html={drawn === null ? table() : null}
            drawn={drawn}
            workspace={slug}
            strategyId={it.strategyId}
            today={it.today}
            departments={it.boards.map((board) => ({
              boardId: board.boardId,
              name: departmentName(board, t),
            }))}
          />
          <Beside it={it} t={t} language={language} />
          <Moved it={it} t={t} language={language} />
        </>
      )}
    </>
  )
}

export function Nothing({ it, t }: { it: Pick<CoherencePage, 'strategyId' | 'slug'>; t: Say }) {
  const of = it.strategyId === null ? 'no_strategy' : 'no_rows'
  return (
    <Empty
      level={2}
      title={t(`coherence.${of}`)}
      action={
        <LinkButton look="ink" href={`/${it.slug}/strategy${it.strategyId ? `/${it.strategyId}` : ''}`}>
          {t(`coherence.${of}_act`)}
        </LinkButton>
      }
    >
      {t(`coherence.${of}_text`)}
    </Empty>
  )
}
