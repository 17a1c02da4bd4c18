'use client'
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Icon } from '@/app/_ui/icon'
import { keyName } from '@/app/_ui/keys'
import { place } from '@/app/_ui/menu-panel'
import { match } from './match'

export interface Option {
  readonly id: string
  readonly name: string
  /** Drawn before the name. */
  readonly mark?: ReactNode
  /** A second line. */
  readonly sub?: string
  /** Other words it is found by. */
  readonly words?: string
  /** Options of one group stand together, under its caption. */
  readonly group?: string
  /** The name is quoted from the strategy. */
  readonly quoted?: boolean
  readonly lang?: string
}

/** So many are drawn; who looks for one more types another letter. */
const MOST = 80

/**
 * A button that opens a list one searches by typing: words, pinyin or its initials. Arrows walk, Enter chooses, Esc
 * leaves. `chosen` tells what holds; with `many` the list stays open for the next one.
 */
export function Pick({
  label,
  trigger,
  triggerClassName = 'pick',
  describedBy,
  options,
  chosen,
  many = false,
  none,
  create,
  empty,
  width = 300,
  align = 'start',
  onOpen,
  onPick,
  ref,
}: {
  /** Names the list and the field in it. */
  label: string
  trigger: ReactNode
  triggerClassName?: string
  describedBy?: string
  /** Null: on their way. */
  options: readonly Option[] | null
  chosen: readonly string[]
  many?: boolean
  /** The word for choosing nothing. */
  none?: string
  /** Offers to make what was typed, where nothing is called so. */
  create?: { readonly label: (name: string) => string; readonly run: (name: string) => unknown }
  /** Said where there is nothing to choose from. */
  empty?: string
  width?: number
  align?: 'start' | 'end'
  onOpen?: () => void
  /** `null`: nothing, where there is a word for it. */
  onPick: (id: string | null) => unknown
  ref?: Ref<{ open(): void }>
}) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const show = () => {
    setOpen(true)
    onOpen?.()
  }
  useImperativeHandle(ref, () => ({ open: show }))
  return (
    <>
      <button
        ref={button}
        type="button"
        className={triggerClassName}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-describedby={describedBy}
        onClick={() => (open ? setOpen(false) : show())}
        onKeyDown={(event) => {
          if (keyName(event) !== 'ArrowDown') return
          event.preventDefault()
          show()
        }}
      >
        {trigger}
      </button>
      {open && (
        <PickList
          {...{ id, label, options, chosen, many, width, align, onPick, anchor: button }}
          {...(none !== undefined && { none })}
          {...(create && { create })}
          {...(empty !== undefined && { empty })}
          close={() => setOpen(false)}
        />
      )}
    </>
  )
}

function PickList({
  id,
  label,
  options,
  chosen,
  many,
  none,
  create,
  empty,
  width,
  align,
  anchor,
  onPick,
  close,
}: {
  id: string
  label: string
  options: readonly Option[] | null
  chosen: readonly string[]
  many: boolean
  none?: string
  create?: { readonly label: (name: string) => string; readonly run: (name: string) => unknown }
  empty?: string
  width: number
  align: 'start' | 'end'
  anchor: React.RefObject<HTMLButtonElement | null>
  onPick: (id: string | null) => unknown
  close: () => void
}) {
  const t = useWords()
  const panel = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(-1)

  const found = (options ?? [])
    .map((option, i) => ({ option, i, score: match(query, option.name, option.words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => (query === '' ? 0 : b.score - a.score) || a.i - b.i)
    .slice(0, MOST)
  const typed = query.trim()
  const makes =
    create && typed !== '' && !found.some(({ option }) => option.name.toLowerCase() === typed.toLowerCase())
      ? create
      : null
  const rows: ({ kind: 'none' } | { kind: 'option'; option: Option } | { kind: 'create' })[] = [
    ...(none !== undefined && typed === '' && chosen.length > 0 ? [{ kind: 'none' as const }] : []),
    ...found.map(({ option }) => ({ kind: 'option' as const, option })),
    ...(makes ? [{ kind: 'create' as const }] : []),
  ]
  // Until an arrow is pressed: what holds; while searching, the best.
  const usual = rows.findIndex((row) => row.kind === 'option' && chosen.includes(row.option.id))
  const current = at >= 0 ? Math.min(at, rows.length - 1) : typed === '' && !many ? Math.max(usual, 0) : 0

  useLayoutEffect(() => {
    const element = panel.current
    if (!element) return
    element.showPopover()
    place(element, anchor, align)
    element.querySelector('input')?.focus()
    const replace = () => place(element, anchor, align)
    window.addEventListener('resize', replace)
    return () => {
      window.removeEventListener('resize', replace)
      const held = element.contains(document.activeElement) || document.activeElement === document.body
      if (held) anchor.current?.focus()
    }
  }, [anchor, align])

  useEffect(() => {
    const element = panel.current
    // A click beside it or Esc closes an `auto` popover by itself; we only hear of it.
    const heard = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') close()
    }
    element?.addEventListener('toggle', heard)
    return () => element?.removeEventListener('toggle', heard)
  })

  useEffect(() => {
    list.current?.querySelector(`[data-at="${current}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [current])

  const take = (index: number) => {
    const row = rows[index]
    if (!row) return
    if (row.kind === 'create') makes?.run(typed)
    else onPick(row.kind === 'none' ? null : row.option.id)
    if (many) {
      setQuery('')
      setAt(-1)
    } else close()
  }
  const press = (event: KeyboardEvent) => {
    const name = keyName(event)
    event.stopPropagation()
    if (name === 'ArrowDown' || name === 'ArrowUp') {
      const step = name === 'ArrowDown' ? 1 : rows.length - 1
      setAt(rows.length === 0 ? -1 : (current + step) % rows.length)
    } else if (name === 'Enter') take(current)
    else if (name === 'Escape') close()
    else if (name === 'Tab' || name === 'Shift+Tab') {
      close()
      return
    } else return
    event.preventDefault()
  }

  let group: string | undefined
  return (
    <div
      ref={panel}
      id={id}
      popover="auto"
      role="dialog"
      aria-label={label}
      className="menu pick-list"
      style={{ width }}
      onKeyDown={press}
    >
      <div className="pick-find">
        <Icon name="search" />
        <input
          className="input"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-l`}
          aria-autocomplete="list"
          aria-activedescendant={rows.length > 0 ? `${id}-${current}` : undefined}
          aria-label={label}
          placeholder={label}
          value={query}
          autoComplete="off"
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(-1)
          }}
        />
      </div>
      <div
        ref={list}
        className="pick-rows"
        id={`${id}-l`}
        role="listbox"
        aria-label={label}
        aria-multiselectable={many || undefined}
        tabIndex={-1}
      >
        {rows.map((row, i) => {
          const key = row.kind === 'option' ? row.option.id : row.kind
          const holds = row.kind === 'option' && chosen.includes(row.option.id)
          const head = row.kind === 'option' && typed === '' && row.option.group !== group
          if (row.kind === 'option') group = row.option.group
          return [
            head && row.kind === 'option' && row.option.group !== undefined && (
              <div className="cap" role="presentation" key={`cap-${row.option.group}`}>
                {row.option.group}
              </div>
            ),
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
            <div
              key={key}
              id={`${id}-${i}`}
              data-at={i}
              role="option"
              className={i === current ? 'here' : undefined}
              aria-selected={holds}
              onPointerMove={() => i !== current && setAt(i)}
              // The field keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(i)}
            >
              {row.kind === 'option' ? (
                <>
                  {row.option.mark}
                  <span className="grow">
                    <span className={row.option.quoted ? 'quoted' : undefined} lang={row.option.lang}>
                      {row.option.name}
                    </span>
                    {row.option.sub && <span className="sub">{row.option.sub}</span>}
                  </span>
                </>
              ) : (
                <span className="grow">{row.kind === 'none' ? none : makes?.label(typed)}</span>
              )}
              {holds && <Icon name="check" />}
            </div>,
          ]
        })}
      </div>
      {rows.length === 0 && (
        <p className="pick-empty" role="status">
          {options === null
            ? t('activity.loading')
            : options.length === 0 && empty
              ? empty
              : t('activity.pick_none')}
        </p>
      )}
    </div>
  )
}
