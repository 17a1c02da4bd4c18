'use client'
import { type CSSProperties, useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { composing } from '@/app/_ui/keys'
import type { Advice } from '@/lib/document/items/advice'
import { type Item, wordsOf } from '@/lib/document/items/read-items'
import { dayWords } from '@/lib/document/render/day-words'
import { effortKinds } from '@/lib/domain/effort'
import { useStore } from '../_editor/use-store'
import type { ItemDesk, ItemsNow } from './desk'

export function Panel({
  id,
  desk,
  now,
  close,
}: {
  id: string
  desk: ItemDesk
  now: ItemsNow
  close: () => void
}) {
  const t = useWords()
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    panel.current?.focus()
  }, [])
  const groups = ['situation', 'difficulties', 'policy', 'activities'] as const
  const of = (group: (typeof groups)[number]) =>
    now.advice.filter((one) => chapterOf(one, now.items) === group)
  return createPortal(
    <aside
      ref={panel}
      id={id}
      className="read-back"
      tabIndex={-1}
      aria-label={t('items.method_title')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || composing(event)) return
        event.stopPropagation()
        close()
      }}
    >
      <header>
        <h2>{t('items.method_title')}</h2>
        <Button look="plain" icon size="sm" aria-label={t('common.close')} onClick={close}>
          <Icon name="x" />
        </Button>
      </header>
      <p className="lead">{now.advice.length === 0 ? t('items.method_quiet') : t('items.method_lead')}</p>
      {groups.map((group) => {
        const lines = of(group)
        return lines.length === 0 ? null : (
          <section key={group}>
            <h3>{t(`editor.${group}`)}</h3>
            <ul>
              {lines.map((one) => (
                <li key={`${one.code} ${'item' in one ? one.item : ''} ${'slot' in one ? one.slot : ''}`}>
                  <Line one={one} now={now} desk={desk} />
                </li>
              ))}
            </ul>
          </section>
        )
      })}
      <EffortSection desk={desk} />
    </aside>,
    document.body,
  )
}

/** How much of the work goes to pains, itches and delights, and to whom: in words, with a bar for the eye. */
function EffortSection({ desk }: { desk: ItemDesk }) {
  const t = useWords()
  const effort = useStore(desk.effort, null)
  if (!effort || effort.total === 0) return null
  const { of, focus, total, unestimated } = effort
  const rows = [
    ...effortKinds.map((kind) => ({ key: kind, days: of[kind] })),
    ...(['inside', 'outside'] as const).map((key) => ({ key, days: focus[key] })),
  ].filter(({ key, days }) => days > 0 || key === 'pain' || key === 'inside')
  return (
    <section className="effort">
      <h3>{t('items.effort')}</h3>
      <ul>
        {rows.map(({ key, days }) => (
          <li key={key} data-of={key}>
            <span>{t(`items.effort_${key}`)}</span>
            <span className="num">
              {t('items.effort_days', { n: Math.round(days), share: Math.round((100 * days) / total) })}
            </span>
            <i aria-hidden="true" style={{ '--v': `${(100 * days) / total}%` } as CSSProperties} />
          </li>
        ))}
      </ul>
      {unestimated > 0 && <p className="lead">{t('items.effort_unestimated', { n: unestimated })}</p>}
    </section>
  )
}

function Line({ one, now, desk }: { one: Advice; now: ItemsNow; desk: ItemDesk }) {
  const t = useWords()
  const { editable, language } = desk.world.dress
  if (!('item' in one)) {
    const insert = one.code === 'no_positioning' ? 'positioning' : 'segment'
    const root = one.code === 'no_positioning' ? 'policy' : 'difficulties'
    return (
      <>
        <p>{t(`items.advice_${one.code}`)}</p>
        {one.code === 'no_segment_in_focus' ? (
          <Choose desk={desk} now={now} />
        ) : (
          editable && (
            <Button size="sm" onClick={() => desk.append(root, insert)}>
              {t('items.insert_kind', { kind: t(`items.kind_${insert}`) })}
            </Button>
          )
        )}
      </>
    )
  }
  const item = now.items.find(({ id }) => id === one.item)
  const words =
    one.code === 'factor_expired'
      ? t('items.advice_factor_expired', { since: dayWords(one.since, now.today, language) })
      : one.code === 'slot_empty'
        ? t('items.advice_slot_empty', { slot: t(`items.part_${one.slot}`) })
        : t(`items.advice_${one.code}`)
  return (
    <button type="button" className="to-item" onClick={() => desk.goTo(one.item)}>
      {item && <span className="words">{nameOf(item, t)}</span>}
      <span>{words}</span>
    </button>
  )
}

/** The segments one could choose from. */
function Choose({ desk, now }: { desk: ItemDesk; now: ItemsNow }) {
  const t = useWords()
  const segments = now.items.filter((item) => item.kind === 'segment').slice(0, 5)
  return segments.map((item) => (
    <button key={item.id} type="button" className="to-item" onClick={() => desk.goTo(item.id)}>
      <span className="words">{nameOf(item, t)}</span>
    </button>
  ))
}

function nameOf(item: Item, t: ReturnType<typeof useWords>): string {
  const title = wordsOf(item, 'title') || wordsOf(item, 'text')
  const letters = [...(title || (item.kind === 'positioning' ? '' : t('items.untitled')))]
  const short = letters.length > 60 ? `${letters.slice(0, 59).join('').trimEnd()}…` : letters.join('')
  return [item.code ?? t(`items.kind_${item.kind}`), short].filter(Boolean).join(' ')
}

function chapterOf(one: Advice, items: readonly Item[]) {
  if (!('item' in one)) return one.code === 'no_positioning' ? 'policy' : 'difficulties'
  const chapter = items.find(({ id }) => id === one.item)?.chapter
  return chapter === undefined || chapter === 'preface' ? 'situation' : chapter
}
