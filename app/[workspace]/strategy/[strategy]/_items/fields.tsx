'use client'
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { createPortal } from 'react-dom'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { composing } from '@/app/_ui/keys'
import {
  type ItemField,
  type ItemKind,
  itemFields,
  kinds,
  readDay,
  readNumber,
  type Slot,
} from '@/lib/document/items/kinds'
import { type Item, wordsOf as wordsIn } from '@/lib/document/items/read-items'
import { departmentName, labelOf } from '@/lib/document/render/item-face'
import { float } from '../_editor/float'
import { useStore } from '../_editor/use-store'
import type { ItemDesk, OpenFields } from './desk'
import { kindOf } from './place'
import { wordsOf } from './view'

const FELT = ['pain', 'itch', 'delight'] as const

/** The fields of one item, beside it; a sheet on phones. What is chosen stands in the text at once, for everybody. */
export function Fields({ desk }: { desk: ItemDesk }) {
  const open = useStore(desk.fields, null)
  return open ? <Opened key={`${open.id} ${open.cite}`} desk={desk} open={open} /> : null
}

function Opened({ desk, open }: { desk: ItemDesk; open: OpenFields }) {
  const t = useWords()
  const panel = useRef<HTMLDivElement>(null)
  const title = useId()
  // Drawn anew when anybody has changed the item.
  useStore(desk.now, null)
  const [, draw] = useState(0)
  const found = desk.find(open.root, open.id)

  useLayoutEffect(() => {
    const element = panel.current
    if (!element) return
    float(element, open.box, 'below', 'start')
    const wanted = open.first ? element.querySelector<HTMLElement>(`[name="${open.first}"]`) : null
    ;(wanted ?? element.querySelector<HTMLElement>('input, select, button'))?.focus({ preventScroll: true })
  }, [open])

  useEffect(() => {
    const beside = (event: PointerEvent) => {
      if (event.target instanceof Node && !panel.current?.contains(event.target)) desk.close(false)
    }
    document.addEventListener('pointerdown', beside)
    return () => document.removeEventListener('pointerdown', beside)
  }, [desk])

  const kind = found ? kindOf(found.item) : null
  if (!found || !kind) return null
  const { attrs } = found.item
  const set = (name: string, value: string | string[] | null) => {
    desk.setField(open.root, open.id, name, value)
    draw((n) => n + 1)
  }
  const heard = (event: KeyboardEvent) => {
    // What is pressed in here is neither for the text nor for the page.
    event.stopPropagation()
    if (composing(event)) return
    const inLine = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox'
    if (event.key === 'Escape' || (event.key === 'Enter' && (inLine || event.ctrlKey || event.metaKey))) {
      event.preventDefault()
      desk.close(true)
    }
  }
  const name = [labelOf(attrs, kind, desk.world.dress), attrs.code].filter(Boolean).join(' ')
  // Out of the bar it is opened from: on a phone it lies over the tabs.
  return createPortal(
    <div ref={panel} className="item-fields" role="dialog" aria-labelledby={title} onKeyDown={heard}>
      {/* No <header> around it: here at the end of the body it would be a second head of the page. */}
      <h2 id={title}>
        {open.cite
          ? t('items.cite_for', { part: t(`items.part_${open.cite}`) })
          : t('items.fields_of', { item: name })}
      </h2>
      {open.cite ? (
        <Cites
          desk={desk}
          slot={open.cite}
          chosen={wordsOf(found.item)
            .filter((part) => part.name === open.cite)
            .flatMap((part) => part.refs)}
          choose={(refs) => {
            if (open.cite) desk.setCited(open.root, open.id, open.cite, refs)
            draw((n) => n + 1)
          }}
        />
      ) : (
        <div className="grid-fields">
          {FELT.some((one) => one === kind) && (
            <Labelled label={t('items.field_kind')}>
              {(id) => (
                <select
                  id={id}
                  name="kind"
                  className="input"
                  value={kind}
                  onChange={(event) => {
                    const next = FELT.find((one) => one === event.target.value)
                    if (next) desk.setKind(open.root, open.id, next)
                    draw((n) => n + 1)
                  }}
                >
                  {FELT.map((one) => (
                    <option key={one} value={one}>
                      {t(`items.kind_${one}`)}
                    </option>
                  ))}
                </select>
              )}
            </Labelled>
          )}
          {kinds[kind].fields.map((field) => (
            <OneField key={field} {...{ desk, field, kind, set }} value={attrs[field]} />
          ))}
        </div>
      )}
      <footer>
        <Button size="sm" onClick={() => desk.close(true)}>
          {t('items.fields_done')}
        </Button>
      </footer>
    </div>,
    document.body,
  )
}

function OneField({
  desk,
  field,
  kind,
  value,
  set,
}: {
  desk: ItemDesk
  field: ItemField
  kind: ItemKind
  value: unknown
  set: (name: string, value: string | string[] | null) => void
}) {
  const t = useWords()
  const spec = itemFields[field]
  const label = t(`items.field_${field}`)
  const text = typeof value === 'string' ? value : ''
  switch (spec.type) {
    case 'items':
      return (
        <Refs
          legend={label}
          none={t('items.no_segments')}
          choices={desk.now.get().items.filter((item) => item.kind === 'segment')}
          chosen={Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []}
          choose={(ids) => set(field, ids.length > 0 ? [...ids] : null)}
          desk={desk}
        />
      )
    case 'choice':
    case 'department': {
      const options: { value: string; label: string }[] =
        spec.type === 'choice'
          ? spec.of.map((one) => ({ value: one, label: choiceWords(field, one, t) }))
          : desk.world.dress.departments.map((one) => ({
              value: one.kind ?? one.id,
              label: departmentName(one, desk.say),
            }))
      const known = text === '' || options.some((one) => one.value === text)
      return (
        <Labelled label={label}>
          {(id) => (
            <select
              id={id}
              name={field}
              className="input"
              value={text}
              onChange={(event) => set(field, event.target.value === '' ? null : event.target.value)}
            >
              <option value="">{t('items.nothing')}</option>
              {!known && <option value={text}>{t('items.as_written', { value: text })}</option>}
              {options.map((one) => (
                <option key={one.value} value={one.value}>
                  {one.label}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      )
    }
    case 'day': {
      const unread = text !== '' && readDay(text) === null
      return (
        <Labelled label={label} note={unread ? t('items.as_written', { value: text }) : null}>
          {(id) => (
            <input
              id={id}
              name={field}
              type="date"
              className="input"
              value={readDay(text) ?? ''}
              onChange={(event) => set(field, event.target.value === '' ? null : event.target.value)}
            />
          )}
        </Labelled>
      )
    }
    default: {
      const wrong = spec.type === 'number' && text !== '' && readNumber(text) === null
      return (
        <Labelled
          label={label}
          wide={field === 'measure'}
          note={wrong ? t('items.not_number') : null}
          key={`${kind}${field}`}
        >
          {(id) => (
            <Line
              id={id}
              name={field}
              value={text}
              numeric={spec.type === 'number'}
              wrong={wrong}
              set={(next) => set(field, next.trim() === '' ? null : next)}
            />
          )}
        </Labelled>
      )
    }
  }
}

/** A line of text that waits for whoever composes in it, and shows what others write while nobody is in it. */
function Line({
  id,
  name,
  value,
  numeric,
  wrong,
  set,
}: {
  id: string
  name: string
  value: string
  numeric: boolean
  wrong: boolean
  set: (value: string) => void
}) {
  const [draft, setDraft] = useState<string | null>(null)
  const take = (next: string) => set([...next.replace(/\s+/g, ' ')].slice(0, 200).join(''))
  return (
    <input
      id={id}
      name={name}
      className="input"
      type="text"
      inputMode={numeric ? 'decimal' : 'text'}
      autoComplete="off"
      maxLength={200}
      aria-invalid={wrong || undefined}
      value={draft ?? value}
      onFocus={() => setDraft(value)}
      onBlur={() => setDraft(null)}
      onChange={(event) => {
        setDraft(event.target.value)
        const { nativeEvent } = event
        if (!(nativeEvent instanceof InputEvent && nativeEvent.isComposing)) take(event.target.value)
      }}
      onCompositionEnd={(event) => take(event.currentTarget.value)}
    />
  )
}

function Labelled({
  label,
  note = null,
  wide = false,
  children,
}: {
  label: string
  note?: string | null
  wide?: boolean
  children: (id: string) => ReactNode
}) {
  const id = useId()
  return (
    <div className={wide ? 'field wide' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {note && <small className="note-line">{note}</small>}
    </div>
  )
}

/** More are found faster by a word than by looking. */
const FILTERED = 7

function Refs({
  legend,
  none,
  choices,
  chosen,
  choose,
  desk,
}: {
  legend: string
  none: string
  choices: readonly Item[]
  chosen: readonly string[]
  choose: (ids: readonly string[]) => void
  desk: ItemDesk
}) {
  const t = useWords()
  const [wanted, setWanted] = useState('')
  const named = (item: Item) =>
    [item.code, wordsIn(item, 'title') || wordsIn(item, 'text') || desk.say('items.untitled')]
      .filter(Boolean)
      .join(' ')
  const shown = choices.filter((item) => named(item).toLowerCase().includes(wanted.trim().toLowerCase()))
  return (
    <fieldset className="refs">
      <legend className="label">{legend}</legend>
      {choices.length === 0 && <p>{none}</p>}
      {choices.length > FILTERED && (
        <input
          className="input"
          type="text"
          aria-label={t('items.filter')}
          placeholder={t('items.filter')}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      <div>
        {shown.map((item) => (
          <label key={item.id}>
            <input
              type="checkbox"
              name="ref"
              value={item.id}
              checked={chosen.includes(item.id)}
              onChange={(event) =>
                choose(event.target.checked ? [...chosen, item.id] : chosen.filter((id) => id !== item.id))
              }
            />
            <span>
              {item.kind !== 'segment' && <b>{t(`items.kind_${item.kind}`)} </b>}
              {named(item)}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** What fits a slot stands first: a segment answers "for whom", a pain or gap "which problem". */
function Cites({
  desk,
  slot,
  chosen,
  choose,
}: {
  desk: ItemDesk
  slot: Slot
  chosen: readonly string[]
  choose: (refs: readonly string[]) => void
}) {
  const t = useWords()
  const { items } = desk.now.get()
  const segments = items.filter((item) => item.kind === 'segment')
  const needs = items.filter((item) => item.kind === 'pain' || item.kind === 'gap')
  const choices = slot === 'whom' ? [...segments, ...needs] : [...needs, ...segments]
  return (
    <Refs
      legend={t(`items.part_${slot}`)}
      none={t('items.cite_none')}
      {...{ choices, chosen, choose, desk }}
    />
  )
}

function choiceWords(field: ItemField, value: string, t: ReturnType<typeof useWords>): string {
  switch (field) {
    case 'area':
      return t(`items.area_${value}` as 'items.area_politics')
    case 'focus':
      return t(value === 'yes' ? 'items.focus_choice_yes' : 'items.focus_choice_no')
    case 'gapKind':
      return t(`items.gap_${value}` as 'items.gap_future')
    case 'severity':
      return t(`items.severity_${value}` as 'items.severity_high')
    case 'frequency':
      return t(`items.frequency_${value}` as 'items.frequency_daily')
    default:
      return t(`items.confidence_${value}` as 'items.confidence_high')
  }
}
