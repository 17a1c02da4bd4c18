'use client'
import { useMemo } from 'react'
import { useUi, useUiPart } from '../_board/use-ui'

export interface Selection {
  readonly chosen: ReadonlySet<string>
  toggle(id: string): void
  /** From the one chosen last to this one, in the order given. */
  extend(order: readonly string[], id: string): void
  set(ids: readonly string[]): void
}

/** The cards that are chosen: the same in every view of the board. */
export function useSelection(): Selection {
  const ui = useUi()
  const chosen = useUiPart((state) => state.chosen)
  return useMemo(
    () => ({
      chosen,
      toggle: (id) => ui.toggle(id),
      extend: (order, id) => ui.extend(order, id),
      set: (ids) => ui.set({ chosen: new Set(ids) }),
    }),
    [ui, chosen],
  )
}
