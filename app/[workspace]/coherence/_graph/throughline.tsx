'use client'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { localeOf } from '@/app/_i18n/locale'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Late, latePart } from '@/app/_ui/late'
import { Link } from '@/app/_ui/link'
import { Segmented } from '@/app/_ui/segmented'
import { lineThrough } from '@/lib/domain/coherence/graph'
import type { Language } from '@/lib/domain/language'
import { type DrawnNode, drawnOf } from './drawn'
import { drawnName, type GraphBoard, groupName, hrefOf, nameOf, type Places } from './names'
import { type PackedGraph, unpackGraph } from './pack'
import { Ways } from './ways'

/** The library that lays the graph out comes with this part, and with nothing else. */
const picture = latePart(() => import('./picture').then((module) => module.Picture))
const finder = latePart(() => import('./finder').then((module) => module.Finder))

export function Throughline({
  packed,
  focus: focusAtFirst,
  form: formAtFirst,
  wordsIn,
  places,
  boards,
}: {
  packed: PackedGraph
  focus: string | null
  form: 'drawn' | 'list'
  wordsIn: Language | null
  places: Places
  boards: readonly GraphBoard[]
}) {
  const t = useWords()
  const graph = useMemo(() => unpackGraph(packed), [packed])
  const [form, setForm] = useState(formAtFirst)
  const [asked, setAsked] = useState(focusAtFirst)
  const [open, setOpen] = useState<DrawnNode | null>(null)
  const [finding, setFinding] = useState(false)
  const [failed, setFailed] = useState(false)
  const focus = asked !== null && graph.nodes.some(({ id }) => id === asked) ? asked : null
  const node = graph.nodes.find(({ id }) => id === focus)
  const drawn = useMemo(() => drawnOf(graph, focus), [graph, focus])

  // What is looked at is a link at any time.
  useEffect(() => {
    const url = new URL(window.location.href)
    const set = (name: string, value: string | null) =>
      value === null ? url.searchParams.delete(name) : url.searchParams.set(name, value)
    set('focus', asked)
    set('form', form === 'list' ? 'list' : null)
    if (url.href !== window.location.href) window.history.replaceState(null, '', url)
  }, [asked, form])

  const choose = useCallback((next: DrawnNode | string | null) => {
    if (next !== null && typeof next !== 'string' && next.members !== null) setOpen(next)
    else {
      setOpen(null)
      setAsked(next === null || typeof next === 'string' ? next : next.id)
    }
  }, [])
  const words = useCallback((one: DrawnNode) => drawnName(one, boards, t), [boards, t])
  const href = node ? hrefOf(node, boards, places) : null
  const line = focus === null ? null : lineThrough(graph, focus)
  const count = (station: string) =>
    graph.nodes.filter((one) => one.station === station && line?.has(one.id)).length

  return (
    <div className="tl">
      <div className="tl-bar">
        <Segmented
          label={t('coherence.ui_form')}
          value={form}
          onChange={setForm}
          options={[
            { value: 'drawn', label: t('coherence.ui_drawn') },
            { value: 'list', label: t('coherence.ui_list') },
          ]}
        />
        <div className="tl-find">
          <Button
            size="sm"
            aria-expanded={finding}
            onPointerEnter={finder.warm}
            onClick={() => setFinding(!finding)}
          >
            {t('coherence.ui_find')}
          </Button>
          {finding && (
            <Late part={finder} missed={() => setFinding(false)}>
              {(Finder) => (
                <Finder
                  nodes={graph.nodes}
                  close={() => setFinding(false)}
                  choose={(id) => {
                    setFinding(false)
                    choose(id)
                  }}
                />
              )}
            </Late>
          )}
        </div>
        <p className="tl-of" aria-live="polite">
          {node && line ? (
            <>
              <b lang={node.id.startsWith('itm_') && wordsIn ? localeOf(wordsIn) : undefined}>
                {t('coherence.ui_line_of', { name: nameOf(node, t) })}
              </b>{' '}
              <span className="quiet num">
                {t('coherence.ui_line_counts', {
                  segments: count('segment'),
                  difficulties: count('difficulty'),
                  activities: count('activity'),
                  measures: count('measure'),
                })}
              </span>
            </>
          ) : (
            drawn.gathered && <span className="quiet">{t('coherence.ui_choose_one')}</span>
          )}
        </p>
        {node && (
          <span className="row">
            {href && (
              <Link className="btn sm" href={href}>
                {t('coherence.ui_open_point')}
              </Link>
            )}
            <Button size="sm" look="plain" onClick={() => choose(null)}>
              {t('coherence.ui_whole')}
            </Button>
          </span>
        )}
      </div>
      {form === 'drawn' && !failed && (
        <Late part={picture} missed={() => setFailed(true)}>
          {(Picture) => <Picture {...{ drawn, focus, words, choose, wordsIn, boards }} />}
        </Late>
      )}
      {form === 'drawn' && !failed && picture.known() === null && (
        <p className="tl-wait quiet">{t('coherence.ui_drawing')}</p>
      )}
      {failed && <p className="quiet">{t('coherence.ui_draw_failed')}</p>}
      {open?.members && (
        <section className="tl-group" aria-label={groupName(open, boards, t)}>
          <header className="row">
            <h2>
              {t('coherence.ui_gathered', { name: groupName(open, boards, t), n: open.members.length })}
            </h2>
            <Button size="sm" look="plain" onClick={() => setOpen(null)}>
              {t('coherence.ui_gathered_close')}
            </Button>
          </header>
          <ul>
            {open.members.map((id) => {
              const member = graph.nodes.find((one) => one.id === id)
              return (
                member && (
                  <li key={id}>
                    <button type="button" onClick={() => choose(id)}>
                      {nameOf(member, t)}
                    </button>
                  </li>
                )
              )
            })}
          </ul>
        </section>
      )}
      {(form === 'list' || failed) && (
        <Ways key={focus ?? ''} {...{ graph, focus, choose, boards, places, wordsIn }} />
      )}
    </div>
  )
}
