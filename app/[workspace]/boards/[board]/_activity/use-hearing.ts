'use client'
import { useEffect } from 'react'
import { useBoardStore } from '../_board/use-board'
import type { PanelStore } from './panel-store'

/**
 * Reads the panel again when the board hears something of its activity: a newer card, one that left, something beside
 * it, or what its words are taken from. An activity that lies on another board than the one behind the panel has a line
 * of its own.
 */
export function useHearing(store: PanelStore, activityId: string, boardId: string | null): void {
  const board = useBoardStore()
  const elsewhere = boardId !== null && boardId !== board.state().board.boardId ? boardId : null

  useEffect(() => {
    let before = board.state()
    const look = () => {
      const now = board.state()
      const card = now.cards.get(activityId)
      const left = !card && before.cards.has(activityId)
      // The same objects as long as they say the same.
      const around =
        now.items !== before.items ||
        now.measures !== before.measures ||
        now.verdicts !== before.verdicts ||
        now.labels !== before.labels ||
        now.people !== before.people ||
        now.columns !== before.columns ||
        now.may !== before.may
      before = now
      if (left || around) store.soon()
      else if (card) store.heard(card.revision)
    }
    const stopCards = board.subscribe(look)
    const stopNews = board.listen((news) => {
      // A hand-off or a relation is told under one of its two ends, and this may be the other.
      const between = news?.what === 'hand-offs' || news?.what === 'relations'
      if (news === null || between || news.activityId === null || news.activityId === activityId) store.soon()
    })
    return () => {
      stopCards()
      stopNews()
    }
  }, [board, store, activityId])

  useEffect(() => {
    if (elsewhere === null) return
    let gone = false
    let stop = () => {}
    void import('./listen').then(({ listen }) => {
      if (!gone) stop = listen(elsewhere, () => store.soon())
    })
    return () => {
      gone = true
      stop()
    }
  }, [elsewhere, store])
}
