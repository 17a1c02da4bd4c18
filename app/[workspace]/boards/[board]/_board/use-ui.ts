'use client'
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { BoardUi, UiState } from './board-ui'

export const UiContext = createContext<BoardUi | null>(null)

export function useUi(): BoardUi {
  const ui = useContext(UiContext)
  if (!ui) throw new Error('drawn inside a board')
  return ui
}

/** One value of what is being done here. `select` must answer what can be compared by `===`. */
export function useUiPart<T>(select: (state: UiState) => T): T {
  const ui = useUi()
  const read = () => select(ui.state())
  return useSyncExternalStore(ui.subscribe, read, read)
}
