import type { Say } from '@/app/_i18n/say'
import type { Trace, TraceItem, Verdict } from '@/lib/domain/trace'
import type { MeasureLine } from '@/lib/queries/board'

const joined = (trace: Trace, station: 'segment' | 'difficulty' | 'slot' | 'measure') =>
  trace.links.find((link) => link.station === station && link.state === 'joined')

/** Which of the stations are there: difficulty, policy, measure. */
function shapeOf(trace: Trace): `${0 | 1}${0 | 1}${0 | 1}` {
  const d = joined(trace, 'difficulty') || joined(trace, 'segment') ? 1 : 0
  const p = joined(trace, 'slot') ? 1 : 0
  return `${d}${p}${joined(trace, 'measure') ? 1 : 0}`
}

/** Why the work is done, as a line of 104 pixels and a sentence. */
export function TraceMark({
  trace,
  t,
  items,
  measures,
}: {
  trace: Trace
  t: Say
  items: ReadonlyMap<string, TraceItem>
  measures: ReadonlyMap<string, MeasureLine>
}) {
  return (
    <svg className="trace" role="img" aria-label={traceWords(trace, t, items, measures)}>
      <use href={`#tr-${shapeOf(trace)}`} />
      <use href={`#tr-${verdictOf(trace)}`} />
    </svg>
  )
}

/** What the last review said of it. */
function verdictOf(trace: Trace): Verdict | 'wait' {
  const last = trace.links.find(({ station }) => station === 'verdict')
  return (last?.state === 'joined' && verdicts.find((one) => one === last.ids[0])) || 'wait'
}

const verdicts = ['keep', 'adjust', 'stop'] as const

function traceWords(
  trace: Trace,
  t: Say,
  items: ReadonlyMap<string, TraceItem>,
  measures: ReadonlyMap<string, MeasureLine>,
): string {
  const named = (station: 'segment' | 'difficulty') =>
    (joined(trace, station) as { readonly ids?: readonly string[] } | undefined)?.ids
      ?.map((id) => items.get(id))
      .map((item) => [item?.code, item?.title].filter(Boolean).join(' '))
      .join(', ')
  const slot = joined(trace, 'slot')
  const measure = joined(trace, 'measure')
  const difficulty = named('difficulty') ?? named('segment') ?? ''
  const slots = slot?.state === 'joined' ? slot.ids.map((id) => t(`boards.slot_${slotOf(id)}`)) : []
  const shown = measure?.state === 'joined' ? (measures.get(measure.ids[0] ?? '')?.name ?? '') : ''
  return t('boards.trace', {
    d: difficulty === '' ? 'no' : 'yes',
    difficulty,
    p: slots.length > 0 ? 'yes' : 'no',
    slots: slots.join(', '),
    m: shown === '' ? 'no' : 'yes',
    measure: shown,
    v: verdictOf(trace),
  })
}

function slotOf(text: string): 'whom' | 'problem' | 'solution' {
  if (text.endsWith('/whom')) return 'whom'
  return text.endsWith('/problem') ? 'problem' : 'solution'
}

const shapes = ['000', '001', '010', '011', '100', '101', '110', '111'] as const

/** The eight lines a card can have, once in the page. */
export function TraceShapes() {
  return (
    <svg width="0" height="0" className="trace-shapes" aria-hidden="true">
      {shapes.map((shape) => {
        const [d, p, m] = [...shape].map((on) => on === '1')
        return (
          <symbol key={shape} id={`tr-${shape}`} viewBox="0 0 104 16">
            <path className={d ? 'tr-l' : 'tr-gone'} d={d ? 'M8 8h22' : 'M12 8h18'} />
            <path className={p ? 'tr-l' : 'tr-gone'} d="M30 8h22" />
            <path className={m ? 'tr-l' : 'tr-gone'} d="M52 8h22" />
            <path className={m ? 'tr-l' : 'tr-gone'} d={m ? 'M74 8h22' : 'M78 8h14'} />
            <circle className={d ? 'tr-d' : 'tr-none'} cx="8" cy="8" r="3.6" />
            <rect className={p ? 'tr-p' : 'tr-none'} x="26.5" y="4.5" width="7" height="7" rx="1" />
            <path className="tr-a" d="m52 3 5 5-5 5-5-5z" />
            <path className={m ? 'tr-m' : 'tr-none'} d="M74 3v10" />
          </symbol>
        )
      })}
      <symbol id="tr-wait" viewBox="0 0 104 16">
        <circle className="tr-wait" cx="96" cy="8" r="3.6" />
      </symbol>
      <symbol id="tr-keep" viewBox="0 0 104 16">
        <circle className="tr-v" cx="96" cy="8" r="5" />
        <path className="tr-tick" d="m93.5 8.2 1.8 1.7 3.2-3.5" />
      </symbol>
      <symbol id="tr-adjust" viewBox="0 0 104 16">
        <circle className="tr-half" cx="96" cy="8" r="4.3" />
        <path className="tr-v" d="M96 3.700a4.300 4.300 0 0 1 0 8.600z" />
      </symbol>
      <symbol id="tr-stop" viewBox="0 0 104 16">
        <circle className="tr-v" cx="96" cy="8" r="5" />
        <path className="tr-tick" d="M93.500 8h5" />
      </symbol>
    </svg>
  )
}
