'use client'
import { useState } from 'react'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { useFacts } from './facts'
import { useBoardStore } from './use-board'

/** Any other day. */
export function DayDialog({
  ids,
  due,
  onClose,
}: {
  ids: readonly string[]
  due: string | null
  onClose: () => void
}) {
  const { t } = useFacts()
  const store = useBoardStore()
  const [day, setDay] = useState(due ?? '')
  return (
    <Dialog open onClose={onClose} title={t('boards.set_due')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onClose()
          void store.many(ids, { do: 'edit', fields: { due: day === '' ? null : day } })
        }}
      >
        <div className="field">
          <label htmlFor="due-day">{t('boards.due_day')}</label>
          <input
            id="due-day"
            className="input"
            type="date"
            min="1970-01-01"
            max="2199-12-31"
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        </div>
        <footer>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="ink" type="submit">
            {t('common.save')}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
