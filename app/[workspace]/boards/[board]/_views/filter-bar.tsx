'use client'
import { useCallback, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Icon } from '@/app/_ui/icon'
import { keyName } from '@/app/_ui/keys'
import { Late, latePart } from '@/app/_ui/late'
import { useBoardPart } from '../_board/use-board'
import { ME, NONE, noFilter } from './filter'
import type { FilterField } from './filter-choices'
import { SavedFilters } from './saved-filters'
import { cycleName } from './say-cycle'
import { TextFilter } from './text-filter'
import { useFilter, useShownCards } from './use-filter'
import { ViewSwitch } from './view-switch'
import './views.css'

const filterMenu = latePart(() => import('./filter-menu').then((module) => module.FilterMenu))

const fields: readonly FilterField[] = ['owner', 'serves', 'phase', 'label', 'due', 'cycle']

/** Chips that say what is shown, the words looked for, saved filters, and the views. */
export function FilterBar() {
  const t = useWords()
  const { asks, set } = useFilter()
  return (
    <fieldset className="filters" aria-label={t('views.filters')}>
      <Icon name="filter" />
      {fields.map((field) => (
        <FilterChip key={field} field={field} />
      ))}
      <TextFilter />
      <SavedFilters />
      {asks && (
        <button type="button" className="chip plain" onClick={() => set(noFilter)}>
          {t('views.clear_all')}
        </button>
      )}
      <ShownCount />
      <ViewSwitch />
    </fieldset>
  )
}

/** "12 of 48 shown", and nothing while all are. */
function ShownCount() {
  const t = useWords()
  const { asks } = useFilter()
  const shown = useShownCards().length
  const of = useBoardPart((state) => state.cards.size)
  return (
    <span className="shown num" role="status">
      {asks ? t('views.shown', { n: shown, of }) : ''}
    </span>
  )
}

function FilterChip({ field }: { field: FilterField }) {
  const t = useWords()
  const { filter, change } = useFilter()
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const close = useCallback(() => setOpen(false), [])
  const value = filter[field]
  const chosen = typeof value === 'string' ? [value] : (value ?? [])
  const what = t(`views.filter_${field}`)
  const name = useChosenName(field, chosen[0])
  const on = chosen.length > 0
  const words = !on
    ? what
    : chosen.length === 1 && name !== ''
      ? t('views.filter_one', { what, name })
      : t('views.filter_many', { what, n: chosen.length })
  return (
    <span className={on ? 'chip-pair on' : 'chip-pair'}>
      <button
        ref={button}
        type="button"
        className="chip"
        data-filter={field}
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={filterMenu.warm}
        onFocus={filterMenu.warm}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (keyName(event) !== 'ArrowDown') return
          event.preventDefault()
          setOpen(true)
        }}
      >
        <span className="words">{words}</span>
        {!on && <Icon name="down" />}
      </button>
      {on && (
        <button
          type="button"
          className="chip"
          aria-label={t('views.filter_clear', { what })}
          onClick={() => {
            change({ [field]: field === 'due' || field === 'cycle' ? null : [] })
            button.current?.focus()
          }}
        >
          <Icon name="x" />
        </button>
      )}
      {open && (
        <Late part={filterMenu} missed={close}>
          {(FilterMenu) => <FilterMenu field={field} label={what} anchor={button} close={close} />}
        </Late>
      )}
    </span>
  )
}

/** What the one chosen thing is called; empty when nobody knows it any more. */
function useChosenName(field: FilterField, value: string | undefined): string {
  const t = useWords()
  return useBoardPart((state) => {
    if (value === undefined) return ''
    switch (field) {
      case 'owner':
        if (value === ME) return t('views.mine')
        if (value === NONE) return t('views.owner_none')
        return state.people.find(({ id }) => id === value)?.name ?? ''
      case 'label':
        if (value === NONE) return t('views.label_none')
        return state.labels.find(({ id }) => id === value)?.name ?? ''
      case 'serves': {
        if (value === NONE) return t('views.serves_none')
        const [id, slot] = value.split('/')
        if (slot === 'whom' || slot === 'problem' || slot === 'solution') return t(`views.slot_${slot}`)
        const item = state.items.find((one) => one.id === id)
        return item ? (item.code ?? item.title) : ''
      }
      case 'phase':
        return value === 'plan' || value === 'do' || value === 'check' || value === 'act'
          ? t(`views.phase_${value}`)
          : ''
      case 'due':
        return value === 'late' || value === 'week' || value === 'month' || value === 'none'
          ? t(`views.due_${value}`)
          : ''
      case 'cycle':
        return cycleName(t, value)
    }
  })
}
