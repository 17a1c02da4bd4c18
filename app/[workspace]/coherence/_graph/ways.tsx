'use client'
import { useMemo, useState } from 'react'
import { localeOf } from '@/app/_i18n/locale'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import type { Graph } from '@/lib/domain/coherence/graph'
import type { Language } from '@/lib/domain/language'
import { traceStations } from '@/lib/domain/trace'
import { rowsOf, wayReader } from './drawn'
import { type GraphBoard, hrefOf, nameOf, type Places } from './names'

const STEP = 60

/** The same as a table: one row per activity, its whole line from left to right. */
export function Ways({
  graph,
  focus,
  choose,
  boards,
  places,
  wordsIn,
}: {
  graph: Graph
  focus: string | null
  choose: (id: string) => void
  boards: readonly GraphBoard[]
  places: Places
  wordsIn: Language | null
}) {
  const t = useWords()
  const [most, setMost] = useState(STEP)
  const nodes = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node])), [graph])
  const rows = useMemo(() => rowsOf(graph, focus), [graph, focus])
  const wayOf = useMemo(() => wayReader(graph), [graph])
  const rest = rows.length - most
  return (
    <div className="tl-list">
      <table className="table">
        <thead>
          <tr>
            {traceStations.map((station) => (
              <th key={station} scope="col">
                {t(`coherence.ui_station_${station}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows
            .slice(0, most)
            .map(wayOf)
            .map((way) => (
              <tr key={way.id} data-dept={boardKind(nodes.get(way.id)?.departmentId ?? null, boards)}>
                {traceStations.map((station) => (
                  <td
                    key={station}
                    className={`st-${station}`}
                    data-label={t(`coherence.ui_station_${station}`)}
                  >
                    <ul>
                      {way.stations[station].map((id) => {
                        const node = nodes.get(id)
                        if (!node) return null
                        const href = hrefOf(node, boards, places)
                        const name = nameOf(node, t)
                        return (
                          <li
                            key={id}
                            aria-current={id === focus || undefined}
                            lang={id.startsWith('itm_') && wordsIn ? localeOf(wordsIn) : undefined}
                          >
                            {href ? <Link href={href}>{name}</Link> : name}
                            {station !== 'verdict' && id !== focus && (
                              <button
                                type="button"
                                className="tl-this"
                                aria-label={t('coherence.ui_line_of', { name })}
                                onClick={() => choose(id)}
                              />
                            )}
                          </li>
                        )
                      })}
                    </ul>
                    {station === 'activity' && way.stations.activity.length === 0 && (
                      <span className="loose">{t('coherence.ui_nobody_here')}</span>
                    )}
                    {station === 'difficulty' &&
                      nodes.get(way.id)?.station === 'activity' &&
                      nodes.get(way.id)?.loose && (
                        <span className="loose">{t('coherence.ui_loose_activity')}</span>
                      )}
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
      {rest > 0 && (
        <Button onClick={() => setMost(most + Math.max(STEP, Math.min(rest, 500)))}>
          {t('coherence.ui_more_rows', { n: Math.min(rest, Math.max(STEP, Math.min(rest, 500))) })}
        </Button>
      )}
    </div>
  )
}

function boardKind(departmentId: string | null, boards: readonly GraphBoard[]): string {
  return boards.find((board) => board.departmentId === departmentId)?.kind ?? 'other'
}
