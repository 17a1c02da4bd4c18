'use client'
import { type RefObject, useEffect } from 'react'
import { useBoardStore } from './use-board'
import type { Where } from './use-keys'
import { useUi } from './use-ui'

/** Cards are dragged as soon as the script for it is there, which is asked for when the page is at rest. */
export function useDrag(board: RefObject<HTMLElement | null>, where: RefObject<Where>, may: boolean): void {
  const store = useBoardStore()
  const ui = useUi()
  useEffect(() => {
    const element = board.current
    if (!may || !element) return
    let stop = () => {}
    let gone = false
    const cancel = soon(() => {
      import('./drag').then(
        ({ dragCards }) => {
          if (gone) return
          stop = dragCards(element, {
            where: () => where.current,
            chosen: () => ui.state().chosen,
            lifted: (id) => ui.set({ active: id }),
            moveOne: (id, to) => void store.move(id, to),
            moveAll: (ids, columnId) => void store.many(ids, { do: 'move', columnId }),
          })
          element.dataset.draggable = ''
        },
        // Keys and menus move cards all the same; the next visit asks again.
        (error: unknown) => reportError(error),
      )
    })
    return () => {
      gone = true
      cancel()
      stop()
    }
  }, [board, where, may, store, ui])
}

function soon(work: () => void): () => void {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(work, 300)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(work, { timeout: 800 })
  return () => cancelIdleCallback(handle)
}
