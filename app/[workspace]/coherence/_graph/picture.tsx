'use client'
import {
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type WheelEvent,
} from 'react'
import { localeOf } from '@/app/_i18n/locale'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { keyName } from '@/app/_ui/keys'
import { usePageKeys } from '@/app/_ui/page-keys'
import { comma } from '@/lib/domain/comma'
import type { Language } from '@/lib/domain/language'
import type { Drawn, DrawnNode } from './drawn'
import { type PlacedNode, placed } from './layout'
import type { GraphBoard } from './names'
import { neighbour } from './neighbour'

const TOP = 34
const EDGE = 8
const LEAST = 0.25
const MOST = 3
const STEP = 1.25

interface Sight {
  readonly x: number
  readonly y: number
  readonly scale: number
}

const start: Sight = { x: 0, y: 0, scale: 1 }

/** The throughline laid out: five marks in six columns, one line upon it. */
export function Picture({
  drawn,
  focus,
  words,
  choose,
  wordsIn,
  boards,
}: {
  drawn: Drawn
  focus: string | null
  words: (node: DrawnNode) => string
  choose: (node: DrawnNode | null) => void
  wordsIn: Language | null
  boards: readonly GraphBoard[]
}) {
  const t = useWords()
  const language = useLanguage()
  const frame = useRef<HTMLDivElement>(null)
  const picture = useMemo(() => placed(drawn, words, (node) => looseWords(node, t)), [drawn, words, t])
  const [sight, setSight] = useState(start)
  const [stop, setStop] = useState<string | null>(null)
  const drag = useRef<{ readonly x: number; readonly y: number; readonly from: Sight } | null>(null)
  const width = picture.width + EDGE * 2
  const height = picture.height + TOP + EDGE
  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture is looked at from its beginning
  useEffect(() => setSight(start), [picture.width, picture.height])
  const zoom = useCallback((by: number) => {
    setSight((now) => ({ ...now, scale: Math.min(MOST, Math.max(LEAST, now.scale * by)) }))
  }, [])
  usePageKeys(
    useMemo(
      () => [
        { keys: ['←', '→', '↑', '↓'], words: t('coherence.ui_key_line') },
        { keys: ['Enter', 'Esc'], words: t('coherence.ui_key_draw') },
        { keys: ['+', '-', '0'], words: t('coherence.ui_key_zoom') },
      ],
      [t],
    ),
  )
  const current =
    picture.nodes.find(({ node }) => node.id === stop) ??
    picture.nodes.find(({ node }) => node.id === focus) ??
    picture.nodes[0]

  const onKeyDown = (event: KeyboardEvent) => {
    const key = keyName(event)
    if (key === '+' || key === '=') zoom(STEP)
    else if (key === '-') zoom(1 / STEP)
    else if (key === '0') setSight(start)
    else if (key === 'Escape' && focus !== null) choose(null)
    else if ((key === 'Enter' || key === ' ') && current) choose(current.node)
    else {
      const next = current && key !== null ? neighbour(picture, current, key) : null
      if (!next) return
      setStop(next.node.id)
      frame.current?.querySelector<SVGGElement>(`[data-id="${CSS.escape(next.node.id)}"]`)?.focus()
    }
    event.preventDefault()
  }
  const onWheel = (event: WheelEvent) => {
    // A wheel alone scrolls the page.
    if (event.ctrlKey || event.metaKey) zoom(event.deltaY < 0 ? STEP : 1 / STEP)
  }
  const onPointerDown = (event: PointerEvent) => {
    if (event.pointerType !== 'mouse' || event.button !== 0) return
    drag.current = { x: event.clientX, y: event.clientY, from: sight }
  }
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const held = drag.current
    if (!held) return
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y]
    if (Math.abs(dx) + Math.abs(dy) < 4) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const ratio = width / event.currentTarget.clientWidth
    setSight({ ...held.from, x: held.from.x + dx * ratio, y: held.from.y + dy * ratio })
  }
  const release = () => {
    drag.current = null
  }
  useEffect(() => {
    // React listens to wheels passively; the browser would zoom the whole page as well.
    const hold = (event: globalThis.WheelEvent) => {
      if (event.ctrlKey || event.metaKey) event.preventDefault()
    }
    const element = frame.current
    element?.addEventListener('wheel', hold, { passive: false })
    return () => element?.removeEventListener('wheel', hold)
  }, [])
  const hot = (from: string, to: string) => drawn.line.has(from) && drawn.line.has(to)
  return (
    <div className="tl-pic">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the points inside have the focus */}
      <div
        className="tl-frame"
        ref={frame}
        onKeyDown={onKeyDown}
        data-awake=""
        data-focused={focus !== null || undefined}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a picture of points, each a button */}
        <svg
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          role="group"
          aria-label={t('coherence.ui_graph_region')}
          onWheel={onWheel}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={release}
          onPointerLeave={release}
        >
          <g transform={`translate(${sight.x + EDGE} ${sight.y}) scale(${sight.scale})`}>
            {picture.stations.map(({ station, x }) => (
              <text key={station} className="h" x={x} y="14">
                {t(`coherence.ui_station_${station}`)}
              </text>
            ))}
            <g transform={`translate(0 ${TOP})`}>
              <g>
                {picture.edges.map(({ from, to, path }) =>
                  hot(from, to) ? null : <path key={`${from} ${to}`} className="e" d={path} />,
                )}
                {picture.edges.map(({ from, to, path }) =>
                  hot(from, to) ? (
                    <path key={`${focus} ${from} ${to}`} className="hot" d={path} pathLength="1" />
                  ) : null,
                )}
              </g>
              {picture.nodes.map((one) => (
                // biome-ignore lint/a11y/noStaticElementInteractions: the button within takes the keys
                <g
                  key={one.node.id}
                  className={classOf(one.node, drawn, focus)}
                  data-dept={boards.find(({ departmentId }) => departmentId === one.node.departmentId)?.kind}
                  transform={`translate(${one.x} ${one.y})`}
                  onClick={() => {
                    setStop(one.node.id)
                    choose(one.node)
                  }}
                  onKeyDown={undefined}
                >
                  {/* biome-ignore lint/a11y/useSemanticElements: SVG has no buttons */}
                  <g
                    role="button"
                    data-id={one.node.id}
                    tabIndex={one === current ? 0 : -1}
                    aria-pressed={one.node.id === focus}
                    aria-label={`${t(`coherence.ui_station_${one.node.station}`)}: ${[words(one.node), one.note].filter(Boolean).join(comma(language))}`}
                    onFocus={() => setStop(one.node.id)}
                  >
                    <rect className="hit" x="-4" width={one.width + 4} height={one.height} rx="2" />
                    <Mark node={one.node} y={one.height / 2} />
                  </g>
                  <Lines one={one} wordsIn={wordsIn} />
                </g>
              ))}
            </g>
          </g>
        </svg>
      </div>
      <div className="tl-zoom">
        <Button size="sm" aria-label={t('coherence.ui_zoom_in')} onClick={() => zoom(STEP)}>
          +
        </Button>
        <Button size="sm" aria-label={t('coherence.ui_zoom_out')} onClick={() => zoom(1 / STEP)}>
          −
        </Button>
        <Button size="sm" onClick={() => setSight(start)}>
          {t('coherence.ui_zoom_fit')}
        </Button>
      </div>
    </div>
  )
}

function classOf(node: DrawnNode, { line }: Drawn, focus: string | null): string {
  return [
    'pt',
    `pt-${node.station}`,
    node.loose && 'loose',
    node.members !== null && 'group',
    line.has(node.id) && 'on',
    node.id === focus && 'this',
  ]
    .filter(Boolean)
    .join(' ')
}

function looseWords({ loose, station }: DrawnNode, t: ReturnType<typeof useWords>): string {
  if (!loose || (station !== 'difficulty' && station !== 'activity')) return ''
  return t(`coherence.ui_loose_${station}`)
}

/** The words of a point, broken and cut to fit; its button says them whole. */
function Lines({ one, wordsIn }: { one: PlacedNode; wordsIn: Language | null }) {
  const { node, lines, note, height } = one
  const all = lines.length + (note === '' ? 0 : 1)
  const base = (i: number) => height / 2 + 5 + (i - (all - 1) / 2) * 17
  const quoted = node.id.startsWith('itm_') && !node.id.includes('/')
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of SVG takes no focus
    <g aria-hidden="true" className="lines">
      <text lang={quoted && wordsIn ? localeOf(wordsIn) : undefined}>
        {lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
          <tspan key={i} x="18" y={base(i)}>
            {line}
          </tspan>
        ))}
      </text>
      {note !== '' && (
        <text className="s" x="18" y={base(lines.length)}>
          {note}
        </text>
      )}
    </g>
  )
}

/** Ring, square, diamond, stroke, disc: the same five as everywhere. */
function Mark({ node, y }: { node: DrawnNode; y: number }) {
  switch (node.station) {
    case 'segment':
    case 'difficulty':
      return <circle className="ring" cx="5" cy={y} r="5" />
    case 'slot':
      return <rect className="sq" x="0" y={y - 5} width="10" height="10" rx="1.5" />
    case 'activity':
      return <path className="dia" d={`m5 ${y - 5.5} 5.5 5.5-5.5 5.5-5.5-5.5z`} />
    case 'measure':
      return <path className="bar" d={`M4 ${y - 8}v16`} />
    default:
      return <Verdict verdict={node.verdict} y={y} />
  }
}

function Verdict({ verdict, y }: { verdict: DrawnNode['verdict']; y: number }) {
  if (verdict === 'keep')
    return (
      <>
        <circle className="v" cx="5" cy={y} r="6" />
        <path className="tk" d={`m2 ${y} 2.2 2.2 4-4.5`} />
      </>
    )
  return (
    <>
      <circle className="vr" cx="5" cy={y} r="5.6" />
      {verdict === 'adjust' && <path className="v" d={`M5 ${y - 5.6}a5.6 5.6 0 0 1 0 11.2z`} />}
      {verdict === 'stop' && <path className="vx" d={`m2.6 ${y - 2.4} 4.8 4.8m0-4.8-4.8 4.8`} />}
    </>
  )
}
