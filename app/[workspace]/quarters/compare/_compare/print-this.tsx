'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'

/** Opens the browser's own print dialog. */
export function PrintThis() {
  const t = useWords()
  return <Button onClick={() => window.print()}>{t('quarters.ui_print')}</Button>
}
