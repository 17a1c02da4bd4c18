'use client'
import { useCallback, useMemo, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { toast } from '@/app/_ui/toast'
import type { FoundActivity } from './panel-data'
import { usePanel } from './use-panel'

/** The activities of all boards, asked for when a list of them is opened. Null: on their way. */
export function useActivities(): {
  readonly activities: readonly FoundActivity[] | null
  readonly ask: () => void
} {
  const t = useWords()
  const { data } = usePanel()
  const [activities, setActivities] = useState<readonly FoundActivity[] | null>(null)
  const ask = useCallback(() => {
    fetch(`/api/workspaces/${data.slug}/activities`, { cache: 'no-store' })
      .then(async (response) => {
        if (!response.ok) throw new Error(String(response.status))
        setActivities((await response.json()) as FoundActivity[])
      })
      .catch(() => toast({ text: t('common.no_answer') }))
  }, [data.slug, t])
  return useMemo(() => ({ activities, ask }), [activities, ask])
}
