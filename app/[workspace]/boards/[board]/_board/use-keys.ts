'use client'
import { type RefObject, useEffect, useMemo } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { type KeyMap, keyName, shortcuts, takesText } from '@/app/_ui/keys'
import { type PageKey, usePageKeys } from '@/app/_ui/page-keys'
import { toast } from '@/app/_ui/toast'
import type { Column } from '@/lib/domain/column'
import type { BoardMay } from '@/lib/queries/board'
import type { BoardUi, MenuPage } from './board-ui'
import { focusCard } from './focus-card'
import { sayWhoMoves } from './said'
import { showCard, useBoardStore } from './use-board'
import { useUi } from './use-ui'
import { carry, inReading, type Landing, type Lay, landing, neighbour, placeOf, type Way } from './walk'

export interface Where {
  readonly columns: readonly Column[]
  readonly lay: Lay
}

const ways: Readonly<Record<string, Way>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  k: 'up',
  j: 'down',
}

/** Keys that open a part of a card's menu. */
const pages: Readonly<Record<string, MenuPage>> = {
  '.': 'main',
  ContextMenu: 'main',
  'Shift+F10': 'main',
  a: 'owner',
  d: 'due',
  l: 'label',
  p: 'priority',
}

/** Esc, as long as something is chosen. */
function letGo(ui: BoardUi): KeyMap<KeyboardEvent> {
  const act = () => {
    if (ui.state().chosen.size === 0) return false
    ui.clear()
    return true
  }
  return { Escape: act }
}

/** The keys of the board: those of the card that has the focus, answered here, and those of the whole page. */
export function useKeys(where: RefObject<Where>, may: BoardMay): (event: React.KeyboardEvent) => void {
  const t = useWords()
  const store = useBoardStore()
  const ui = useUi()

  useEffect(() => {
    const heard = shortcuts<KeyboardEvent>({
      c: () => {
        if (!may.create) return false
        const { active } = ui.state()
        const here = active === null ? null : placeOf(where.current.columns, where.current.lay, active)
        const column = where.current.columns[here?.at ?? 0]
        if (!column) return false
        ui.set({ adding: column.id })
      },
      // In a field it takes back letters: that is the browser's.
      'Mod+z': (event) => {
        if (takesText(event.target)) return false
        void store.undo()
      },
      ...letGo(ui),
    })
    document.addEventListener('keydown', heard)
    return () => document.removeEventListener('keydown', heard)
  }, [store, ui, where, may.create])

  usePageKeys(
    useMemo<PageKey[]>(
      () => [
        { keys: ['C'], words: t('boards.key_add') },
        { keys: ['↑', '↓', '←', '→'], words: t('boards.key_walk') },
        { keys: ['Enter'], words: t('boards.key_open') },
        { keys: ['M'], words: t('boards.key_lift') },
        { keys: ['X'], words: t('boards.key_choose') },
        { keys: ['Shift', '↓'], words: t('boards.key_extend') },
        { keys: ['E'], words: t('boards.key_edit') },
        { keys: ['A'], words: t('boards.key_owner') },
        { keys: ['D'], words: t('boards.key_due') },
        { keys: ['.'], words: t('boards.key_menu') },
        { keys: ['F2'], words: t('boards.key_rename') },
        { keys: ['Mod', 'Shift', '→'], words: t('boards.key_column') },
        { keys: ['Mod', 'Z'], words: t('boards.key_undo') },
      ],
      [t],
    ),
  )

  return (event) => {
    const key = keyName(event)
    const link = event.target instanceof Element ? event.target.closest('.act h3 a') : null
    const id = link?.closest('[data-card]')?.getAttribute('data-card') ?? null
    if (key === null || id === null) return
    if (act(event, key, id, ui, where.current, may)) {
      event.preventDefault()
      // The page's own keys must not hear it as well.
      event.nativeEvent.stopPropagation()
    }
  }

  /** True when the key was for us. */
  function act(
    event: React.KeyboardEvent,
    key: string,
    id: string,
    ui: BoardUi,
    here: Where,
    may: BoardMay,
  ): boolean {
    const { lift } = ui.state()
    if (lift) return carried(key, lift, here)
    const way = ways[key]
    if (way) return walk(here, id, way)
    const extending = key.startsWith('Shift+') ? ways[key.slice(6)] : undefined
    if (extending) {
      const next = neighbour(here.columns, here.lay, id, extending)
      if (next === null) return true
      ui.extend(inReading(here.columns, here.lay), next)
      focusCard(ui, next)
      return true
    }
    const page = pages[key]
    if (page) {
      if (page !== 'main' && !may.edit) return false
      const { chosen } = ui.state()
      const box = event.currentTarget
        .querySelector(`[data-card="${CSS.escape(id)}"]`)
        ?.getBoundingClientRect()
      ui.set({
        menu: {
          ids: chosen.has(id) ? [...chosen] : [id],
          page,
          at: { x: box?.left ?? 0, y: (box?.top ?? 0) + 40 },
        },
      })
      return true
    }
    switch (key) {
      case 'Enter':
        showCard(id)
        return true
      case 'Home':
      case 'End': {
        const at = placeOf(here.columns, here.lay, id)?.at ?? 0
        const cards = here.lay.get(here.columns[at]?.id ?? '') ?? []
        const next = cards.at(key === 'Home' ? 0 : -1)
        if (next) focusCard(ui, next.id)
        return true
      }
      case 'x':
        ui.toggle(id)
        return true
      case 'e':
      case 'F2':
        if (!may.edit) return false
        ui.set({ editing: id })
        return true
      case 'm':
      case ' ': {
        if (!may.move) {
          toast(sayWhoMoves(t, store))
          return true
        }
        const at = placeOf(here.columns, here.lay, id)
        const column = here.columns[at?.at ?? -1]
        if (!at || !column) return true
        ui.set({ lift: { id, ...landing(here.lay, column.id, id, at.index) } })
        return true
      }
      default:
        return false
    }
  }

  function walk(here: Where, id: string, way: Way): boolean {
    const next = neighbour(here.columns, here.lay, id, way)
    if (next !== null) {
      ui.anchor = next
      focusCard(ui, next)
    }
    return true
  }

  function carried(key: string, lift: Landing & { readonly id: string }, here: Where): boolean {
    const way = ways[key]
    if (way) {
      const next = carry(here.columns, here.lay, lift.id, lift, way)
      if (next) ui.set({ lift: { id: lift.id, ...next } })
      return true
    }
    switch (key) {
      case 'Enter':
      case ' ':
      case 'm':
        ui.dropped = true
        ui.set({ lift: null })
        void store.move(lift.id, lift.to)
        requestAnimationFrame(() => focusCard(ui, lift.id))
        return true
      case 'Escape':
        ui.dropped = false
        ui.set({ lift: null })
        return true
      default:
        // While a card hangs in the air no other key may do something to it.
        return key !== 'Tab' && key !== 'Shift+Tab'
    }
  }
}
