'use client'
import { useEffect } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'

/** Opens the browser's own print dialog: at once when the page was asked for in order to print. */
export function PrintNow({ now }: { now: boolean }) {
  const t = useWords()
  useEffect(() => {
    if (!now) return
    // After the pictures, or they would be white rectangles on paper.
    const ready = () => window.print()
    if (document.readyState === 'complete') ready()
    else window.addEventListener('load', ready, { once: true })
    return () => window.removeEventListener('load', ready)
  }, [now])
  return (
    <Button look="ink" size="sm" title={t('exchange.print_help')} onClick={() => window.print()}>
      {t('exchange.print')}
    </Button>
  )
}
