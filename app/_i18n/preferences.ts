'use client'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { setPreferences } from '@/app/_server/actions/preferences'
import { toast } from '@/app/_ui/toast'
import type { Language } from '@/lib/domain/language'
import { localeOf } from './locale'
import { useWords } from './words-provider'

/** Changes language or theme: at once on the page, then for good. */
export function usePreferences() {
  const router = useRouter()
  const t = useWords()
  return useCallback(
    async (wish: { language?: Language; theme?: 'light' | 'dark' | null }) => {
      const root = document.documentElement
      const before = { theme: root.dataset.theme, lang: root.lang }
      if (wish.theme) root.dataset.theme = wish.theme
      else if (wish.theme === null) delete root.dataset.theme
      if (wish.language) root.lang = localeOf(wish.language)
      const kept = await setPreferences(wish).catch(() => null)
      if (kept?.ok) return router.refresh()
      if (before.theme) root.dataset.theme = before.theme
      else delete root.dataset.theme
      root.lang = before.lang
      toast({ text: t('shell.ui_not_kept') })
    },
    [router, t],
  )
}
