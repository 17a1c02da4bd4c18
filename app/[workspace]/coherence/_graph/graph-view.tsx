import type { Say } from '@/app/_i18n/say'
import { Empty } from '@/app/_ui/empty'
import type { ThroughlinePage } from '@/lib/queries/coherence'
import { boardHref } from '../../boards/board-href'
import { departmentName } from '../../measures/_measures/department'
import { Head } from '../_parts/head'
import { packGraph } from './pack'
import { Throughline } from './throughline'

/** Segment to verdict, drawn and as a list. */
export function GraphView({
  it,
  focus,
  form,
  t,
}: {
  it: ThroughlinePage
  focus: string | null
  form: 'drawn' | 'list'
  t: Say
}) {
  const { slug, strategyId } = it
  return (
    <>
      <Head
        slug={slug}
        view="graph"
        cycle={it.cycle}
        cycles={it.cycles}
        title={t('coherence.graph_title')}
        lead={t('coherence.graph_lead')}
        t={t}
      />
      {it.graph.edges.length === 0 ? (
        <Empty level={2} title={t('coherence.graph_none')}>
          {t('coherence.graph_none_text')}
        </Empty>
      ) : (
        <Throughline
          packed={packGraph(it.graph)}
          focus={focus}
          form={form}
          wordsIn={it.language}
          places={{
            strategy: strategyId && `/${slug}/strategy/${strategyId}`,
            measures: `/${slug}/measures`,
          }}
          boards={it.boards.map((board) => ({
            departmentId: board.departmentId,
            kind: board.kind ?? 'other',
            name: departmentName(board, t),
            href: boardHref(slug, board),
          }))}
        />
      )}
    </>
  )
}
