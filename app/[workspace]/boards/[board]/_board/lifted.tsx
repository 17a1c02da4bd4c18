'use client'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { UiState } from './board-ui'
import { columnName } from './names'
import { showSlot } from './slot'
import { useBoardStore } from './use-board'
import type { Where } from './use-keys'
import { useUi, useUiPart } from './use-ui'

/** A card in the air: where it would drop, for the eyes in the board and for the ears in words. */
export function Lifted({ board, where }: { board: RefObject<HTMLElement | null>; where: RefObject<Where> }) {
  const t = useWords()
  const ui = useUi()
  const store = useBoardStore()
  const lift = useUiPart((state) => state.lift)
  const before = useRef<UiState['lift']>(null)
  const [said, setSaid] = useState('')

  useEffect(() => {
    const was = before.current
    before.current = lift
    if (board.current) showSlot(board.current, lift?.to ?? null, lift?.id)
    const id = lift?.id ?? was?.id
    if (id === undefined) return
    const title = store.state().cards.get(id)?.title ?? ''
    const at = (landing: NonNullable<UiState['lift']>) => {
      const column = where.current.columns.find((one) => one.id === landing.to.columnId)
      const others = (where.current.lay.get(landing.to.columnId) ?? []).filter((card) => card.id !== id)
      return {
        title,
        column: column ? columnName(t, column) : '',
        place: landing.index + 1,
        of: others.length + 1,
      }
    }
    if (lift && was?.id !== lift.id) setSaid(t('boards.lifted', at(lift)))
    else if (lift) setSaid(t('boards.carried', at(lift)))
    // Dropped or taken back: the key that ended it says which.
    else if (was) setSaid(t(ui.dropped ? 'boards.dropped' : 'boards.put_back', at(was)))
    const target = lift && board.current?.querySelector('[data-drop]')
    target?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [lift, board, store, t, ui, where])

  // Whoever goes elsewhere puts it back.
  useEffect(() => {
    if (!lift) return
    const gone = (event: FocusEvent) => {
      // A dropped card is drawn in its new column, and its old link leaves the page with the focus.
      if (!ui.state().lift) return
      if (!(event.relatedTarget instanceof Element) || !board.current?.contains(event.relatedTarget)) {
        ui.dropped = false
        ui.set({ lift: null })
      }
    }
    const element = board.current
    element?.addEventListener('focusout', gone)
    return () => element?.removeEventListener('focusout', gone)
  }, [lift, board, ui])

  return (
    <p className="vh" role="status" aria-live="assertive" data-said="">
      {said}
    </p>
  )
}
