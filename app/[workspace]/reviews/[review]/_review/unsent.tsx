'use client'
import type { ReactNode } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import type { Kept, Outbox } from './use-outbox'

/** What waits on this device for the server, and what the server would not have. */
export function UnsentList<T extends Kept>({
  outbox: { unsent, drop },
  title,
  say,
}: {
  outbox: Outbox<T>
  title: string
  say: (one: T) => ReactNode
}) {
  const t = useWords()
  if (unsent.length === 0) return null
  return (
    <div className="unsent" role="status">
      <p>{title}</p>
      <ul>
        {unsent.map((one) => (
          <li key={one.id}>
            {say(one)}
            {one.refused !== '' && (
              <span className="error">
                {one.refused}
                <Button size="sm" look="plain" onClick={() => drop(one.id)}>
                  {t('reviews.ui_unsent_drop')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
