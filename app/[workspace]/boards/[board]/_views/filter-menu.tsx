'use client'
import type { RefObject } from 'react'
import { useMemo } from 'react'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { useBoard } from '../_board/use-board'
import { ChoicesPanel } from './choices-panel'
import type { Filter } from './filter'
import { type FilterField, filterChoices } from './filter-choices'
import { useFilter } from './use-filter'

/** What opens under a chip of the filter bar. */
export function FilterMenu({
  field,
  label,
  anchor,
  close,
}: {
  field: FilterField
  label: string
  anchor: RefObject<HTMLElement | null>
  close: () => void
}) {
  const t = useWords()
  const language = useLanguage()
  const state = useBoard()
  const { filter, change } = useFilter()
  const value = filter[field]
  const chosen = typeof value === 'string' ? [value] : (value ?? [])
  const asked = chosen.join()
  const choices = useMemo(
    () => filterChoices(state, field, asked === '' ? [] : asked.split(','), t, language),
    [state, field, asked, t, language],
  )
  const single = field === 'due' || field === 'cycle'
  const empty = single ? null : []
  return (
    <ChoicesPanel
      label={label}
      choices={choices}
      chosen={chosen}
      multiple={!single}
      anchor={anchor}
      close={close}
      onClear={() => {
        change({ [field]: empty } as Partial<Filter>)
        close()
      }}
      onChoose={(one, on) => {
        const next = single ? (on ? one : null) : on ? [...chosen, one] : chosen.filter((id) => id !== one)
        change({ [field]: next } as Partial<Filter>)
      }}
    />
  )
}
