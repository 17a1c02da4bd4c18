'use client'
import { useSearchParams } from 'next/navigation'
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { BoardState, BoardStore } from './board-store'

export const BoardContext = createContext<BoardStore | null>(null)

/** The board of this page. The same object as long as the page stands. */
export function useBoardStore(): BoardStore {
  const store = useContext(BoardContext)
  if (!store) throw new Error('drawn inside <BoardProvider>')
  return store
}

/** What the board holds now. Draws again with every change: for a small part ask with `useBoardPart`. */
export function useBoard(): BoardState {
  const store = useBoardStore()
  return useSyncExternalStore(store.subscribe, store.state, store.state)
}

/** One value of the board; draws again only when it is another one. `select` must answer what it can compare by `===`. */
export function useBoardPart<T>(select: (state: BoardState) => T): T {
  const store = useBoardStore()
  const read = () => select(store.state())
  return useSyncExternalStore(store.subscribe, read, read)
}

export interface OpenCard {
  readonly open: string | null
  /** Opens the panel of an activity, at a part of it when one is named, or closes it. */
  show(id: string | null, at?: string): void
}

/** Which activity's panel is open: `?card=act_…`, so that a link leads there and Back closes it. */
export function useOpenCard(): OpenCard {
  return { open: useSearchParams().get('card'), show: showCard }
}

/** The same without being drawn again whenever another card is opened. */
export function showCard(id: string | null, at?: string): void {
  const url = new URL(window.location.href)
  const before = url.searchParams.get('card')
  if (id === null) {
    if (before === null) return
    // Opened from this very page: the entry before it is the board without a panel.
    if (isOurs(window.history.state)) window.history.back()
    else {
      url.searchParams.delete('card')
      url.hash = ''
      window.history.replaceState(null, '', url)
    }
    return
  }
  url.searchParams.set('card', id)
  url.hash = at ?? ''
  // From one card to the next the way back stays the board.
  if (before === null) window.history.pushState({ card: true }, '', url)
  else {
    window.history.replaceState(isOurs(window.history.state) ? { card: true } : null, '', url)
    // An open panel is not drawn anew for another part of it: it is told.
    if (at !== undefined && before === id) window.dispatchEvent(new Event('hashchange'))
  }
}

function isOurs(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'card' in state && state.card === true
}
