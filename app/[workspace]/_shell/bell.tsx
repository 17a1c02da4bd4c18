'use client'
import { usePathname } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { buttonClass } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Link } from '@/app/_ui/link'

import { markReview } from '../inbox/actions'

/** Said in the page when one's inbox may have changed; live.tsx hears it from the server. */
export const INBOX_EVENT = 'inbox:changed'

/** How much waits in one's inbox. Asks again when the bell has rung. */
export function Bell({ slug, unread }: { slug: string; unread: number }) {
  const t = useWords()
  const path = usePathname()
  const here = path === `/${slug}/inbox`
  const [known, setKnown] = useState({ said: unread, n: unread })
  // A page that was read anew knows better than what was heard before.
  if (known.said !== unread) setKnown({ said: unread, n: unread })

  useEffect(() => {
    let asked = 0
    const ask = async () => {
      asked += 1
      const mine = asked
      try {
        const response = await fetch(`/api/workspaces/${slug}/inbox`, { cache: 'no-store' })
        const body: unknown = response.ok ? await response.json() : null
        if (mine !== asked || typeof body !== 'object' || body === null || !('unread' in body)) return
        const { unread } = body
        if (typeof unread === 'number') setKnown((now) => ({ ...now, n: unread }))
      } catch {
        // The number stays as it was; the next ring asks again.
      }
    }
    const rung = () => void ask()
    document.addEventListener(INBOX_EVENT, rung)
    return () => {
      asked += 1
      document.removeEventListener(INBOX_EVENT, rung)
    }
  }, [slug])

  const { n } = known
  const reviewId = /\/reviews\/(rev_\w+)/.exec(path)?.[1]
  const waits = n > 0
  useEffect(() => {
    // The bell rings back when something was read by it. What cannot be marked now is marked by the next visit.
    if (reviewId && waits) void markReview({ workspace: slug, reviewId }).catch(() => undefined)
  }, [slug, reviewId, waits])

  return (
    <Link
      className={buttonClass({ icon: true }, 'bell')}
      href={`/${slug}/inbox`}
      aria-label={t('inbox.bell', { n })}
      title={t('inbox.bell', { n })}
      aria-current={here ? 'page' : undefined}
    >
      <Icon name="bell" />
      {n > 0 && (
        <span className="waiting num" aria-hidden="true">
          {n > 99 ? '99+' : n}
        </span>
      )}
    </Link>
  )
}
