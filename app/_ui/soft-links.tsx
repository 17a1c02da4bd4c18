'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useWords } from '../_i18n/words-provider'
import { readPatiently } from './patient-reads'
import { toast } from './toast'

/**
 * Follows every <Link> within the app, once for the whole document. The framework's own link is 3 KB in every page,
 * and asks the server about each link in sight; here a page is asked for when somebody points at the way to it.
 */
export function SoftLinks() {
  const t = useWords()
  const router = useRouter()
  useEffect(
    () =>
      readPatiently(window, (address) => {
        toast({
          text: t('common.no_line'),
          action: { label: t('common.retry'), run: () => router.push(address) },
        })
        // Going to where one is takes back that one is on the way: actions would wait behind it.
        router.replace(location.href, { scroll: false })
      }),
    [router, t],
  )
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
