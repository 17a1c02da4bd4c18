'use client'
import { type ReactNode, useEffect, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { toast } from '@/app/_ui/toast'
import { unpackCards } from '@/lib/domain/card'
import type { BoardPage } from '@/lib/queries/board'
import { MEASURES_EVENT } from '../../../_shell/live'
import { asked } from '../../../quarters/_quarters/asked'
import * as actions from './actions'
import { type BoardActs, BoardStore } from './board-store'
import type { BoardLive } from './live'
import { readBoard } from './read-board'
import { sayTold } from './said'
import { BoardContext } from './use-board'

/** A tab that was away longer than this may have missed anything, milliseconds. */
const LONG = 60_000
/** How often the clock is looked at: a machine that slept shows as a jump. */
const TICK = 20_000

/** A board as its page carries it: the cards packed. */
export type SentBoard = Omit<BoardPage, 'cards'> & { readonly cards: string }

/** Holds the board of this page, hears of it, and says what was done. */
export function BoardProvider({
  page,
  workspace,
  children,
}: {
  page: SentBoard
  workspace: string
  children: ReactNode
}) {
  const t = useWords()
  const [{ store, voice }] = useState(() => made(page, workspace))
  voice.words = t

  // The page was drawn anew by the server: something it shows has changed.
  const [drawn, setDrawn] = useState(page)
  useEffect(() => {
    if (drawn === page) return
    setDrawn(page)
    store.soon()
  }, [drawn, page, store])

  useEffect(() => {
    let ended = false
    let live: BoardLive | null = null
    const cancel = atRest(async () => {
      const { listenToBoard } = await import('./live')
      if (ended) return
      live = listenToBoard(store)
      voice.live = live
      if (voice.card !== null) live.say(voice.card)
    })
    let seen = Date.now()
    const look = () => {
      const now = Date.now()
      if (now - seen > LONG + TICK && !document.hidden) void store.reread()
      // A hidden tab is told by the socket like any other; only a machine that slept was told nothing.
      seen = now
    }
    const timer = setInterval(look, TICK)
    let hidden = 0
    const shown = () => {
      if (document.hidden) hidden = Date.now()
      else if (hidden > 0 && Date.now() - hidden > LONG) {
        seen = Date.now()
        void store.reread()
      }
    }
    document.addEventListener('visibilitychange', shown)
    const measured = () => store.soon()
    document.addEventListener(MEASURES_EVENT, measured)
    return () => {
      ended = true
      cancel()
      live?.stop()
      voice.live = null
      clearInterval(timer)
      document.removeEventListener('visibilitychange', shown)
      document.removeEventListener(MEASURES_EVENT, measured)
      store.end()
    }
  }, [store, voice])

  return <BoardContext.Provider value={store}>{children}</BoardContext.Provider>
}

/** What the store speaks with; the words change with the reader's language, the line with the network. */
interface Voice {
  words: ReturnType<typeof useWords> | null
  live: BoardLive | null
  card: string | null
}

function made(page: SentBoard, workspace: string): { store: BoardStore; voice: Voice } {
  const voice: Voice = { words: null, live: null, card: null }
  const { slug, board } = page
  const store: BoardStore = new BoardStore(
    { ...page, cards: unpackCards(page.cards) },
    {
      acts: actsOf(workspace),
      read: (known) => readBoard(slug, board.boardId, known),
      tell: (told) => {
        if (voice.words) toast(sayTold(voice.words, told, store))
      },
      say: (card) => {
        voice.card = card
        voice.live?.say(card)
      },
      later: (work, ms) => {
        const timer = setTimeout(work, ms)
        return () => clearTimeout(timer)
      },
    },
  )
  return { store, voice }
}

function actsOf(workspace: string): BoardActs {
  return {
    create: (input) => asked(actions.createActivity({ workspace, ...input })),
    move: (input) => asked(actions.moveActivity({ workspace, ...input })),
    edit: (input) => asked(actions.editActivity({ workspace, ...input })),
    duplicate: (input) => asked(actions.duplicateActivity({ workspace, ...input })),
    many: (input) => asked(actions.changeMany({ workspace, ...input })),
    undo: (input) => actions.undoChange({ workspace, ...input }),
    column: (input) => actions.changeColumn({ workspace, ...input }),
    label: (input) => actions.changeLabel({ workspace, ...input }),
    recurring: (input) => actions.changeRecurring({ workspace, ...input }),
  }
}

function atRest(work: () => void): () => void {
  // Safari has no requestIdleCallback.
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(work, 400)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(work, { timeout: 1_000 })
  return () => cancelIdleCallback(handle)
}
