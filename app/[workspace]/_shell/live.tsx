'use client'
import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { readSoon } from '@/app/_ui/read-again'
import { INBOX_EVENT } from './bell'
import { type Heard, listen } from './listen'

/** Said in the page of a board when a measure, a saved filter, an item of the strategy or a quarter has changed: it reads itself again without being drawn anew. */
export const MEASURES_EVENT = 'measures:changed'

/** Said in the page of a strategy when boards or measures have changed: what is done for its items is read anew. */
export const BOARDS_EVENT = 'boards:changed'

/** Said in the page of a board when words that activities serve have moved, or somebody answered. */
export const IMPACTS_EVENT = 'impacts:changed'

/** Several changes in one breath are read at once, milliseconds. */
const GATHER = 250

/**
 * Keeps the page true: when members, departments, strategies or the workspace itself change, it is read again. The
 * socket is opened once the page is at rest, so that it delays nothing; its code is small, and a board or a strategy
 * speaks by the same.
 */
export function Live({
  workspaceId,
  slug,
  memberId,
}: {
  workspaceId: string
  slug: string
  memberId: string
}) {
  const router = useRouter()
  const path = usePathname()
  const writing = useRef(false)
  writing.current = path.startsWith(`/${slug}/strategy/`)
  const reading = useRef(false)
  reading.current = path === `/${slug}/inbox`
  // A board hears of itself on a channel of its own; of many boards at once only these pages tell.
  const counting = useRef(false)
  counting.current = [`/${slug}`, `/${slug}/boards`, `/${slug}/my-work`].includes(path)
  // Quarters, reviews and coherence are read off boards, measures and words: whatever of them changes, they do.
  const overall = useRef(false)
  overall.current = ['quarters', 'reviews', 'coherence'].some((place) => path.startsWith(`/${slug}/${place}`))
  const measuring = useRef(false)
  measuring.current = path === `/${slug}/my-work` || path.startsWith(`/${slug}/measures`)
  const aBoard = useRef(false)
  aBoard.current = path.startsWith(`/${slug}/boards/`)

  useEffect(() => {
    let stop = () => {}
    let waiting = false
    const refresh = () => {
      if (document.hidden) waiting = true
      else readSoon(router, GATHER)
    }
    const shown = () => {
      if (document.hidden || !waiting) return
      waiting = false
      refresh()
    }
    const heard = (what: Heard) => {
      if (what === 'inbox.changed' || what === 'missed') {
        document.dispatchEvent(new CustomEvent(INBOX_EVENT))
        // The bell asks for itself; only the inbox is drawn anew.
        if (what === 'inbox.changed' && !reading.current) return
      }
      if (writing.current && (what === 'board.changed' || what === 'measures.changed' || what === 'missed'))
        document.dispatchEvent(new CustomEvent(BOARDS_EVENT))
      if (aBoard.current && (what === 'impacts.changed' || what === 'missed'))
        document.dispatchEvent(new CustomEvent(IMPACTS_EVENT))
      // With a quarter its reviews' verdicts are there, the last station of a card's line.
      if (
        aBoard.current &&
        ['measures.changed', 'filters.changed', 'items.changed', 'cycles.changed'].includes(what)
      )
        document.dispatchEvent(new CustomEvent(MEASURES_EVENT))
      if (what === 'board.changed' && !counting.current && !overall.current) return
      const ofCoherence = ['cycles.changed', 'review.changed', 'impacts.changed', 'risks.changed'].includes(
        what,
      )
      if (ofCoherence && !counting.current && !overall.current) return
      // A meeting hears of its review on a line of its own.
      if (what === 'review.changed' && document.querySelector('[data-hears]')) return
      if (what === 'filters.changed' || (what === 'items.changed' && !overall.current)) return
      if (what === 'measures.changed' && !measuring.current && !overall.current) return
      // An open strategy hears of itself on its own connection; reading it again costs the server a long text.
      const mine = what === 'members.changed' || what === 'workspace.changed' || what === 'ended'
      if (!(writing.current || (aBoard.current && what === 'missed')) || mine) refresh()
    }
    const cancel = atRest(() => {
      stop = listen(workspaceId, memberId, heard)
    })
    document.addEventListener('visibilitychange', shown)
    return () => {
      cancel()
      stop()
      document.removeEventListener('visibilitychange', shown)
    }
  }, [router, workspaceId, memberId])
  return null
}

function atRest(work: () => void): () => void {
  // Safari has no requestIdleCallback.
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(work, 2_000)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(work, { timeout: 5_000 })
  return () => cancelIdleCallback(handle)
}
