'use client'
import { useEffect } from 'react'
import { shortcuts } from '@/app/_ui/keys'
import { useBoardPart, useBoardStore, useOpenCard } from '../_board/use-board'
import { useUi } from '../_board/use-ui'
import { useView } from './use-filter'

/** What the board does while it is drawn, and the other views must do in its place. */
export function useViewRoom(): void {
  const store = useBoardStore()
  const ui = useUi()
  const cards = useBoardPart((state) => state.cards)
  const first = useBoardPart((state) => state.columns[0]?.id)
  const mayCreate = useBoardPart((state) => state.may.create)
  const { open } = useOpenCard()
  const { show } = useView()
  useEffect(() => {
    ui.keepOnly(cards)
  }, [ui, cards])
  useEffect(() => {
    store.look(open)
    return () => store.look(null)
  }, [store, open])
  useEffect(() => {
    const letGo = () => {
      if (ui.state().chosen.size === 0) return false
      ui.clear()
    }
    // A new card is written in its column: only the board has them.
    const add = () => {
      if (!mayCreate || first === undefined) return false
      show('board')
      ui.set({ adding: first })
    }
    const heard = shortcuts<KeyboardEvent>({ c: add, 'Mod+z': () => void store.undo(), Escape: letGo })
    document.addEventListener('keydown', heard)
    return () => document.removeEventListener('keydown', heard)
  }, [store, ui, show, first, mayCreate])
}
