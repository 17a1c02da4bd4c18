'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { noFilter } from './filter'
import { useFilter } from './use-filter'

/** Nothing to show: because nothing is there, or because of what is asked for. */
export function ViewEmpty() {
  const t = useWords()
  const { asks, set } = useFilter()
  if (!asks)
    return (
      <Empty level={2} title={t('views.empty')}>
        {t('views.empty_help')}
      </Empty>
    )
  return (
    <Empty
      level={2}
      title={t('views.empty_filtered')}
      action={<Button onClick={() => set(noFilter)}>{t('views.clear_all')}</Button>}
    />
  )
}
