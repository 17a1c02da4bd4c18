'use client'
import { type RefObject, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { composing, keyName } from '@/app/_ui/keys'
import { place } from '@/app/_ui/menu-panel'
import type { Choice } from './choices'
import { finds, fold } from './finds'

/** With fewer, looking is faster than typing. */
const SEARCH_FROM = 7

/**
 * A short list to choose one or several from, found by words, pinyin or initials: letters search, arrows go, Enter
 * chooses, Esc leaves.
 */
export function ChoicesPanel({
  label,
  choices,
  chosen,
  multiple,
  anchor,
  onChoose,
  onClear,
  close,
}: {
  label: string
  choices: readonly Choice[]
  chosen: readonly string[]
  multiple: boolean
  anchor: RefObject<HTMLElement | null>
  /** One of several was chosen, or chosen off again. */
  onChoose: (value: string, on: boolean) => void
  onClear?: () => void
  close: () => void
}) {
  const t = useWords()
  const id = useId()
  const panel = useRef<HTMLDivElement>(null)
  const typed = useRef({ text: '', at: 0 })
  const [query, setQuery] = useState('')
  const searches = choices.length >= SEARCH_FROM
  const found = useMemo(
    () =>
      query.trim() === '' ? choices : choices.filter((one) => finds(query, [one.label, one.hint ?? ''])),
    [choices, query],
  )
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      choices.findIndex(({ value }) => chosen.includes(value)),
    ),
  )
  const here = Math.min(at, found.length - 1)
  const active = found[here]

  useLayoutEffect(() => {
    const element = panel.current
    if (!element) return
    const before = document.activeElement
    element.showPopover()
    place(element, anchor, 'start')
    element.querySelector<HTMLElement>('input, [role="listbox"]')?.focus()
    return () => {
      const held = element.contains(document.activeElement) || document.activeElement === document.body
      if (held && before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [anchor])

  useEffect(() => {
    const element = panel.current
    const heard = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') close()
    }
    element?.addEventListener('toggle', heard)
    return () => element?.removeEventListener('toggle', heard)
  }, [close])

  const activeId = active ? `${id}-${here}` : undefined
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
  }, [activeId])

  const choose = (one: Choice | undefined) => {
    if (!one) return
    onChoose(one.value, !chosen.includes(one.value))
    if (!multiple) close()
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (composing(event)) return
    event.stopPropagation()
    const name = event.key === ' ' && !searches ? 'Enter' : keyName(event)
    switch (name) {
      case 'ArrowDown':
        setAt((here + 1) % Math.max(found.length, 1))
        break
      case 'ArrowUp':
        setAt((here - 1 + found.length) % Math.max(found.length, 1))
        break
      case 'Enter':
        if (event.target instanceof HTMLButtonElement) return
        choose(active)
        break
      case 'Tab':
        if (onClear && chosen.length > 0 && !(event.target instanceof HTMLButtonElement)) return
        close()
        return
      default:
        if (!searches) jump(event)
        return
    }
    event.preventDefault()
  }
  // A short list has no field: letters go to what begins with them.
  const jump = ({ key, timeStamp, ctrlKey, metaKey, altKey }: React.KeyboardEvent) => {
    if ([...key].length !== 1 || ctrlKey || metaKey || altKey) return
    const text = (timeStamp - typed.current.at > 700 ? '' : typed.current.text) + key
    typed.current = { text, at: timeStamp }
    const next = choices.findIndex(({ label: words }) => fold(words).startsWith(fold(text)))
    if (next >= 0) setAt(next)
  }
  const list = {
    'aria-controls': `${id}-list`,
    'aria-activedescendant': activeId,
  }
  let group: string | undefined
  return (
    <div
      ref={panel}
      popover="auto"
      role="dialog"
      aria-label={label}
      className="menu choices"
      onKeyDown={onKeyDown}
    >
      {searches && (
        <div className="query">
          <Icon name="search" />
          <input
            {...list}
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-autocomplete="list"
            aria-label={t('views.choose_search', { what: label })}
            placeholder={t('views.choose_search', { what: label })}
            autoComplete="off"
            spellCheck={false}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value)
              setAt(0)
            }}
          />
        </div>
      )}
      <div
        id={`${id}-list`}
        role="listbox"
        tabIndex={searches ? -1 : 0}
        aria-label={label}
        aria-multiselectable={multiple || undefined}
        {...(!searches && { 'aria-activedescendant': activeId })}
      >
        {found.map((one, i) => {
          const caption = one.group !== group && one.group !== undefined
          group = one.group
          return (
            <div key={one.value} role="presentation">
              {caption && (
                <div className="cap" role="presentation">
                  {one.group}
                </div>
              )}
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's */}
              <div
                id={`${id}-${i}`}
                role="option"
                tabIndex={-1}
                aria-selected={chosen.includes(one.value)}
                data-active={i === here || undefined}
                onPointerMove={() => i !== here && setAt(i)}
                onClick={() => choose(one)}
              >
                {one.lead}
                <span className={one.quoted ? 'grow serif' : 'grow'}>{one.label}</span>
                {one.hint && <span className="hint">{one.hint}</span>}
              </div>
            </div>
          )
        })}
      </div>
      {found.length === 0 && <p className="none">{t('views.choose_none')}</p>}
      {onClear && chosen.length > 0 && (
        <div className="foot">
          <Button size="sm" look="plain" onClick={onClear}>
            {t('views.choose_clear')}
          </Button>
        </div>
      )}
    </div>
  )
}
