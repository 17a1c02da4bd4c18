'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/**
 * Follows every <Link> within the app, once for the whole document. The framework's own link is 3 KB in every page,
 * and asks the server about each link in sight; here a page is asked for when somebody points at the way to it.
 */
export function SoftLinks() {
  const router = useRouter()
  useEffect(() => {
    let last = ''
    const near = (event: Event) => {
      const to = leadsTo(event)
      if (to === null || to === last) return
      last = to
      router.prefetch(to)
    }
    const follow = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0) return
      // With a key held the browser opens a tab or a window, or saves.
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
      const to = leadsTo(event)
      if (to === null) return
      event.preventDefault()
      router.push(to)
    }
    document.addEventListener('pointerover', near, { passive: true })
    document.addEventListener('focusin', near)
    document.addEventListener('click', follow)
    return () => {
      document.removeEventListener('pointerover', near)
      document.removeEventListener('focusin', near)
      document.removeEventListener('click', follow)
    }
  }, [router])
  return null
}

function leadsTo({ target }: Event): string | null {
  const link = target instanceof Element ? target.closest('a[data-soft]') : null
  return link && !link.hasAttribute('target') && !link.hasAttribute('download')
    ? link.getAttribute('href')
    : null
}
