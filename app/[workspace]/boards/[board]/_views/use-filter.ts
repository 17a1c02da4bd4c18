'use client'
import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import type { Card } from '@/lib/domain/card'
import { useBoard } from '../_board/use-board'
import { asksNothing, type Filter, queryOf, readFilter, writeFilter } from './filter'
import { shownCards } from './shown-cards'

export const viewNames = ['board', 'list', 'timeline', 'calendar'] as const
export type ViewName = (typeof viewNames)[number]

/**
 * Writes the address anew without a visit: what is looked at is a link at any time. `push` where Back should lead to
 * what was shown before.
 */
export function changeQuery(
  change: (params: URLSearchParams) => URLSearchParams,
  how: 'replace' | 'push' = 'replace',
): void {
  const url = new URL(window.location.href)
  const query = queryOf(change(new URLSearchParams(url.search)))
  if (query === url.search) return
  // What an open panel keeps there stays; Next's own part of the state it writes itself.
  const { card } = (window.history.state ?? {}) as { card?: unknown }
  const kept = how === 'replace' && card === true ? { card } : null
  window.history[how === 'push' ? 'pushState' : 'replaceState'](kept, '', url.pathname + query + url.hash)
}

/** Sets or takes away one parameter. */
export function changeParam(name: string, value: string | null, how: 'replace' | 'push' = 'replace'): void {
  changeQuery((params) => {
    if (value === null || value === '') params.delete(name)
    else params.set(name, value)
    return params
  }, how)
}

/** The value of a parameter, if it is one of these; else the first of them. */
export function useChoice<T extends string>(name: string, known: readonly [T, ...T[]]): T {
  const value = useSearchParams().get(name)
  return known.find((one) => one === value) ?? known[0]
}

export function useView(): { readonly view: ViewName; readonly show: (view: ViewName) => void } {
  const view = useChoice('view', viewNames)
  const show = useCallback(
    (next: ViewName) => changeParam('view', next === 'board' ? null : next, 'push'),
    [],
  )
  return { view, show }
}

export interface FilterInUse {
  readonly filter: Filter
  /** Whether it leaves anything out at all. */
  readonly asks: boolean
  readonly change: (changes: Partial<Filter>) => void
  /** All of it, as a saved filter or none. */
  readonly set: (filter: Filter) => void
}

export function useFilter(): FilterInUse {
  const params = useSearchParams()
  const filter = useMemo(() => readFilter(params), [params])
  const change = useCallback(
    // Read again: two quick changes may come before the page is drawn in between.
    (changes: Partial<Filter>) => changeQuery((now) => writeFilter({ ...readFilter(now), ...changes }, now)),
    [],
  )
  const set = useCallback((next: Filter) => changeQuery((now) => writeFilter(next, now)), [])
  return { filter, asks: !asksNothing(filter), change, set }
}

/** The cards the filter lets through, by their places. The same array as long as neither changes. */
export function useShownCards(): readonly Card[] {
  const state = useBoard()
  const { filter } = useFilter()
  return shownCards(state, filter)
}
