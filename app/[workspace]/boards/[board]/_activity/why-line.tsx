'use client'
import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { localeOf } from '@/app/_i18n/locale'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Link } from '@/app/_ui/link'
import { slots } from '@/lib/domain/serves'
import { MeasureDialog } from './measure-dialog'
import { type Option, Pick } from './pick'
import { writtenIn } from './title'
import { usePanel } from './use-panel'
import { type Entry, whyOf, withServe } from './why'

const difficulties = ['pain', 'itch', 'delight', 'gap', 'segment'] as const

/** Which station a card's "Connect" leads to, counted from 1. */
const asked: Readonly<Record<string, number>> = { '#serves': 1, '#measures': 4 }

/** Whoever comes from "Connect" on a card finds the list open that they asked for. */
function useAskedFor(line: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const look = () => {
      const { hash, pathname, search } = window.location
      const station = asked[hash]
      if (station === undefined) return
      window.history.replaceState(window.history.state, '', pathname + search)
      const opener = line.current?.querySelector<HTMLElement>(
        `:scope > li:nth-child(${station}) button[aria-haspopup]`,
      )
      opener?.scrollIntoView({ block: 'center' })
      opener?.click()
    }
    look()
    window.addEventListener('hashchange', look)
    return () => window.removeEventListener('hashchange', look)
  }, [line])
}

/**
 * "Why are we doing this?" The line downwards: what is difficult and for whom, what the policy says to it, this activity,
 * what shows it, what the last review said. A missing link is dashed, and one list away from being there.
 */
export function WhyLine() {
  const t = useWords()
  const { data, names, acts, mayEdit } = usePanel()
  const { activity, strategy, slug, verdict } = data
  const why = useMemo(() => whyOf(data), [data])
  const [all, setAll] = useState(false)
  const [making, setMaking] = useState<string | null>(null)
  const quoted = strategy ? localeOf(strategy.language) : undefined
  const href = (itemId: string) => (strategy ? `/${slug}/strategy/${strategy.id}#${itemId}` : null)

  const serve = (one: string | null, on: boolean) => {
    if (one === null) return
    const said = t(on ? 'activity.said_connected' : 'activity.said_disconnected', { name: names.serve(one) })
    void acts.connect({ serves: withServe(activity.serves, one, on) }, said)
  }
  const show = (measure: string | null, on: boolean) => {
    if (measure === null) return
    const said = t(on ? 'activity.said_connected' : 'activity.said_disconnected', {
      name: names.measure(measure),
    })
    void acts.connect({ measures: withServe(activity.measures, measure, on) }, said)
  }

  const itemOptions = useMemo(() => itemsToServe(data, t, quoted), [data, t, quoted])
  const measureOptions = useMemo(
    () =>
      data.measures
        .filter(({ status }) => status === 'active')
        .map((measure): Option => {
          const last = measure.values.at(-1)
          return {
            id: measure.id,
            name: measure.name,
            ...(last && {
              sub: t('activity.measure_last', {
                value: last.value,
                unit: measure.unit,
                day: names.day(last.on),
              }),
            }),
          }
        }),
    [data.measures, names, t],
  )

  const connectTo = (which: 'difficulty' | 'policy', missing: boolean) =>
    mayEdit &&
    strategy && (
      <Pick
        label={t(`activity.find_${which}`)}
        triggerClassName={missing ? 'btn sm' : 'add-link'}
        trigger={
          missing ? (
            t(`activity.connect_${which}`)
          ) : (
            <>
              <Icon name="plus" />
              {t(`activity.more_${which}`)}
            </>
          )
        }
        options={itemOptions[which]}
        chosen={activity.serves}
        many
        width={380}
        empty={t(`activity.empty_${which}`)}
        onPick={(id) => serve(id, id !== null && !activity.serves.some((known) => known === id))}
      />
    )
  const measures = (missing: boolean) =>
    mayEdit && (
      <Pick
        label={t('activity.find_measure')}
        triggerClassName={missing ? 'btn sm' : 'add-link'}
        trigger={
          missing ? (
            t('activity.connect_measure')
          ) : (
            <>
              <Icon name="plus" />
              {t('activity.more_measure')}
            </>
          )
        }
        options={measureOptions}
        chosen={activity.measures}
        many
        width={340}
        empty={t('activity.empty_measure')}
        {...(data.may.measure && {
          create: { label: (name) => t('activity.create_measure', { name }), run: setMaking },
        })}
        onPick={(id) => show(id, id !== null && !activity.measures.some((known) => known === id))}
      />
    )

  const line = useRef<HTMLOListElement>(null)
  useAskedFor(line)

  const entry = (one: Entry) => {
    const to = one.itemId === null ? null : href(one.itemId)
    const kind = kicker(one)
    return (
      <div className="station" key={one.id}>
        <span className="k">
          {one.felt.length > 0 ? `${kind}${t('activity.comma')}${one.felt.join(t('activity.comma'))}` : kind}
        </span>
        {to === null ? (
          <span className="w" lang={quoted}>
            {one.words}
          </span>
        ) : (
          <Link className="w" lang={quoted} href={to}>
            {one.words}
          </Link>
        )}
        {mayEdit && one.named !== null && (
          <Button
            size="sm"
            look="plain"
            icon
            className="unlink"
            aria-label={t('activity.disconnect', { name: one.words })}
            title={t('activity.disconnect_short')}
            onClick={() => serve(one.named, false)}
          >
            <Icon name="x" />
          </Button>
        )}
      </div>
    )
  }
  const kicker = ({ kind, code }: Entry): string => {
    const name =
      kind === 'whom' || kind === 'problem' || kind === 'solution'
        ? t(`activity.slot_${kind}`)
        : kind === 'measure'
          ? t('activity.measure')
          : t(`activity.kind_${kind}`)
    return code === null ? name : `${name} ${code}`
  }

  // What is measured here comes first; of what only the gap names, one says enough until somebody asks for the others.
  const chosen = why.measure.filter(({ named }) => named !== null)
  const measured = all ? why.measure : chosen.length > 0 ? chosen : why.measure.slice(0, 1)
  const noDifficulty = why.difficulty.length === 0
  const noPolicy = why.policy.length === 0
  const noMeasure = why.measure.length === 0
  return (
    <>
      {why.petProject && (
        <p className="pet-project">{t(strategy ? 'activity.pet_project' : 'activity.no_strategy')}</p>
      )}
      <ol className="why" ref={line}>
        <Station kind="d" missing={noDifficulty} cut={noDifficulty || noPolicy}>
          {why.difficulty.map(entry)}
          {why.onlySegment && <p className="k">{t('activity.only_segment')}</p>}
          <Missing words={noDifficulty ? t('activity.no_difficulty') : null}>
            {connectTo('difficulty', noDifficulty)}
          </Missing>
        </Station>
        <Station kind="p" missing={noPolicy} cut={noPolicy}>
          {why.policy.map(entry)}
          <Missing words={noPolicy ? t('activity.no_policy') : null}>{connectTo('policy', noPolicy)}</Missing>
        </Station>
        <Station kind="a" cut={noMeasure}>
          <span className="k">{t('activity.this')}</span>
          <span className="x" lang={writtenIn(activity.title)}>
            {activity.title}
          </span>
        </Station>
        <Station kind="m" missing={noMeasure} cut>
          {measured.map((one) => (
            <MeasureStation key={one.id} entry={one} unlink={() => show(one.named, false)} />
          ))}
          {measured.length < why.measure.length && (
            <button type="button" className="add-link" onClick={() => setAll(true)}>
              <Icon name="down" />
              {t('activity.measures_more', { n: why.measure.length - measured.length })}
            </button>
          )}
          <Missing words={noMeasure ? t('activity.no_measure') : null}>{measures(noMeasure)}</Missing>
        </Station>
        <Station kind="v" wait={!verdict}>
          <span className="k">
            {t('activity.verdict')}
            {verdict && <span>{names.cycle(verdict.cycle)}</span>}
          </span>
          {verdict ? (
            <Link className="x" href={`/${slug}/reviews/${verdict.reviewId}`}>
              {t(`activity.verdict_${verdict.verdict}`)}
            </Link>
          ) : (
            <span className="x quiet">{t('activity.no_verdict')}</span>
          )}
        </Station>
      </ol>
      <p className="why-more">
        <Link href={`/${slug}/coherence?view=graph&focus=${activity.id}`}>
          {t('activity.in_throughline')}
        </Link>
      </p>
      {why.loose.length > 0 && (
        <ul className="loose">
          {why.loose.map(({ serve: text, words }) => (
            <li key={text}>
              <span className="grow">
                {words === null ? (
                  t('activity.loose_unknown')
                ) : (
                  <>
                    {t('activity.loose')} <q lang={quoted}>{words}</q>
                  </>
                )}
              </span>
              {mayEdit && (
                <Button size="sm" onClick={() => serve(text, false)}>
                  {t('activity.loose_drop')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {making !== null && <MeasureDialog name={making} close={() => setMaking(null)} />}
    </>
  )
}

function Station({
  kind,
  missing = false,
  wait = false,
  cut = false,
  children,
}: {
  kind: 'd' | 'p' | 'a' | 'm' | 'v'
  missing?: boolean
  wait?: boolean
  /** The line below is broken. */
  cut?: boolean
  children: ReactNode
}) {
  const name = `k-${kind}${missing ? ' gone' : ''}${wait ? ' wait' : ''}${cut ? ' cut' : ''}`
  return <li className={name}>{children}</li>
}

/** What connects stays the same thing whether something is connected already: its list is open while one chooses. */
function Missing({ words, children }: { words: string | null; children: ReactNode }) {
  return (
    <div className={words === null ? 'more' : 'missing'}>
      {words !== null && <span className="x">{words}</span>}
      {children}
    </div>
  )
}

function MeasureStation({ entry, unlink }: { entry: Entry; unlink: () => void }) {
  const t = useWords()
  const { data, mayEdit } = usePanel()
  const line = data.measures.find(({ id }) => id === entry.id)
  if (!line) return null
  const last = line.values.at(-1)
  const reading =
    last === undefined
      ? t('activity.measure_unread')
      : line.target === null
        ? t('activity.measure_now', { value: last.value, unit: line.unit })
        : t('activity.measure_of', { value: last.value, target: line.target, unit: line.unit })
  return (
    <div className="station">
      <span className="k">{entry.named === null ? t('activity.measure_of_gap') : t('activity.measure')}</span>
      <Link className="x" lang={writtenIn(line.name)} href={`/${data.slug}/measures/${line.id}`}>
        {line.name}
      </Link>
      <span className="x quiet num">{reading}</span>
      {mayEdit && entry.named !== null && (
        <Button
          size="sm"
          look="plain"
          icon
          className="unlink"
          aria-label={t('activity.disconnect', { name: line.name })}
          title={t('activity.disconnect_short')}
          onClick={unlink}
        >
          <Icon name="x" />
        </Button>
      )}
    </div>
  )
}

/** What may be served: difficulties with their segments; slots of the positioning and principles. */
function itemsToServe(
  data: Parameters<typeof whyOf>[0],
  t: ReturnType<typeof useWords>,
  lang: string | undefined,
): Record<'difficulty' | 'policy', Option[]> {
  const present = data.items.filter(({ removed }) => !removed)
  const named = (item: (typeof present)[number], group: string): Option => ({
    id: item.id,
    name: item.title === '' ? t(`activity.kind_${item.kind}`) : item.title,
    quoted: true,
    group,
    words: `${item.code ?? ''} ${item.words} ${t(`activity.kind_${item.kind}`)}`,
    ...(item.words !== '' && item.words !== item.title && { sub: item.words.slice(0, 90) }),
    ...(item.code !== null && { mark: <span className="code num">{item.code}</span> }),
    ...(lang !== undefined && { lang }),
  })
  return {
    difficulty: difficulties.flatMap((kind) =>
      present.filter((item) => item.kind === kind).map((item) => named(item, t(`activity.kinds_${kind}`))),
    ),
    policy: [
      ...present
        .filter(({ kind }) => kind === 'positioning')
        .flatMap((item) =>
          slots.flatMap((slot): Option[] => {
            const words = item.slots[slot]
            return words === undefined
              ? []
              : [
                  {
                    id: `${item.id}/${slot}`,
                    name: words,
                    quoted: true,
                    sub: t(`activity.slot_${slot}`),
                    words: t(`activity.slot_${slot}`),
                    group: t('activity.kind_positioning'),
                    ...(lang !== undefined && { lang }),
                  },
                ]
          }),
        ),
      ...present
        .filter(({ kind }) => kind === 'principle')
        .map((item) => named(item, t('activity.kinds_principle'))),
    ],
  }
}
