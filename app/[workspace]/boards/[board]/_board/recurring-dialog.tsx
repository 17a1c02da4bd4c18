'use client'
import { useState } from 'react'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { swallowComposingEnter } from '@/app/_ui/keys'
import { MAX_ACTIVITY_TITLE } from '@/lib/domain/activity'
import { occurrence, type Recurring, rhythms } from '@/lib/domain/recurring'
import { dayWords } from './day-words'
import { useFacts } from './facts'
import { columnName } from './names'
import { useBoard, useBoardStore } from './use-board'

/** Work that comes every week, month or quarter: what there is, a new one, another shape of one. */
export function RecurringDialog({ onClose }: { onClose: () => void }) {
  const { t, language, today } = useFacts()
  const store = useBoardStore()
  const { recurring, columns } = useBoard()
  const [shown, setShown] = useState<Recurring | 'new' | null>(null)
  const going = recurring.filter(({ stopped }) => !stopped)
  if (shown !== null)
    return (
      <TemplateForm
        key={shown === 'new' ? 'new' : shown.id}
        template={shown === 'new' ? null : shown}
        onClose={() => setShown(null)}
      />
    )
  return (
    <Dialog open onClose={onClose} title={t('boards.recurring')}>
      {going.length === 0 && <p className="quiet">{t('boards.recurring_none')}</p>}
      <ul className="recurring">
        {going.map((one) => {
          const column = columns.find(({ id }) => id === one.columnId) ?? columns[0]
          return (
            <li key={one.id}>
              <div className="grow">
                <b>{one.title}</b>
                <span className="quiet">
                  {t('boards.recurring_line', {
                    rhythm: t(`boards.rhythm_${one.rhythm}`),
                    next: dayWords(language, occurrence(one, one.raised), today),
                    column: column ? columnName(t, column) : '',
                  })}
                </span>
              </div>
              <Button
                size="sm"
                aria-label={t('boards.recurring_edit_of', { title: one.title })}
                onClick={() => setShown(one)}
              >
                {t('boards.recurring_edit')}
              </Button>
              <Button
                size="sm"
                aria-label={t('boards.recurring_stop_of', { title: one.title })}
                onClick={() => void store.recurring({ do: 'stop', recurringId: one.id })}
              >
                {t('boards.recurring_stop')}
              </Button>
            </li>
          )
        })}
      </ul>
      <footer>
        <Button look="ink" onClick={() => setShown('new')}>
          {t('boards.recurring_new')}
        </Button>
      </footer>
    </Dialog>
  )
}

function TemplateForm({ template, onClose }: { template: Recurring | null; onClose: () => void }) {
  const { t, today, people } = useFacts()
  const store = useBoardStore()
  const { columns, labels } = useBoard()
  const [busy, setBusy] = useState(false)
  const next = template ? occurrence(template, template.raised) : today
  return (
    <Dialog
      open
      onClose={onClose}
      title={template ? t('boards.recurring_edit_of', { title: template.title }) : t('boards.recurring_new')}
    >
      <form
        className="recurring-form"
        onKeyDown={(event) => {
          swallowComposingEnter(event)
        }}
        onSubmit={async (event) => {
          event.preventDefault()
          if (busy) return
          const form = new FormData(event.currentTarget)
          const text = (name: string) => String(form.get(name) ?? '')
          const fields = {
            columnId: text('column'),
            title: text('title'),
            rhythm: rhythms.find((one) => one === text('rhythm')) ?? 'weekly',
            startsOn: text('startsOn'),
            days: Number(text('days')),
            ownerId: text('owner') === '' ? null : text('owner'),
            effort: text('effort') === '' ? null : Number(text('effort')),
            labels: form.getAll('label').map(String),
            serves: template?.serves ?? [],
            checklist: text('checklist')
              .split('\n')
              .map((line) => line.trim())
              .filter((line) => line !== ''),
          }
          setBusy(true)
          const done = await store.recurring(
            template ? { do: 'set', recurringId: template.id, ...fields } : { do: 'add', ...fields },
          )
          setBusy(false)
          if (done) onClose()
        }}
      >
        <div className="field">
          <label htmlFor="r-title">{t('boards.recurring_title')}</label>
          <input
            id="r-title"
            name="title"
            className="input"
            required
            maxLength={MAX_ACTIVITY_TITLE}
            defaultValue={template?.title}
          />
        </div>
        <div className="two">
          <div className="field">
            <label htmlFor="r-rhythm">{t('boards.recurring_rhythm')}</label>
            <select id="r-rhythm" name="rhythm" className="input" defaultValue={template?.rhythm ?? 'weekly'}>
              {rhythms.map((rhythm) => (
                <option key={rhythm} value={rhythm}>
                  {t(`boards.rhythm_${rhythm}`)}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor="r-start">{t('boards.recurring_next')}</label>
            <input
              id="r-start"
              name="startsOn"
              type="date"
              className="input"
              required
              min="1970-01-01"
              max="2199-12-31"
              defaultValue={next}
            />
          </div>
          <div className="field">
            <label htmlFor="r-days">{t('boards.recurring_days')}</label>
            <input
              id="r-days"
              name="days"
              type="number"
              className="input"
              required
              min={0}
              max={366}
              defaultValue={template?.days ?? 3}
            />
          </div>
          <div className="field">
            <label htmlFor="r-column">{t('boards.recurring_column')}</label>
            <select
              id="r-column"
              name="column"
              className="input"
              defaultValue={template?.columnId ?? columns[0]?.id}
            >
              {columns.map((column) => (
                <option key={column.id} value={column.id}>
                  {columnName(t, column)}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor="r-owner">{t('boards.owner')}</label>
            <select id="r-owner" name="owner" className="input" defaultValue={template?.ownerId ?? ''}>
              <option value="">{t('boards.no_owner')}</option>
              {[...people.values()].map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor="r-effort">{t('boards.recurring_effort')}</label>
            <input
              id="r-effort"
              name="effort"
              type="number"
              className="input"
              min={0}
              max={10_000}
              step={0.1}
              defaultValue={template?.effort ?? ''}
            />
          </div>
        </div>
        {labels.length > 0 && (
          <fieldset className="field">
            <legend className="label">{t('boards.labels')}</legend>
            <div className="row wrap">
              {labels.map(({ id, name }) => (
                <label key={id} className="check">
                  <input
                    type="checkbox"
                    name="label"
                    value={id}
                    defaultChecked={template?.labels.includes(id)}
                  />
                  {name}
                </label>
              ))}
            </div>
          </fieldset>
        )}
        <div className="field">
          <label htmlFor="r-checklist">{t('boards.recurring_checklist')}</label>
          <textarea
            id="r-checklist"
            name="checklist"
            className="input"
            rows={3}
            defaultValue={template?.checklist.join('\n')}
          />
        </div>
        <footer>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="ink" type="submit" busy={busy}>
            {t('common.save')}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
