'use client'
import { useState } from 'react'
import { formatList } from '@/app/_i18n/time'
import { useWords } from '@/app/_i18n/words-provider'
import { Avatar } from '@/app/_ui/avatar'
import { Moment } from '@/app/_ui/moment'
import { sentencesOf } from './history-words'
import { usePanel } from './use-panel'

/** Everything that was done to it, a sentence each, when somebody wants to read it; and who is told of the next. */
export function History() {
  const t = useWords()
  const { data, names } = usePanel()
  const { history, people, activity } = data
  const [open, setOpen] = useState(false)
  const watchers = activity.watchers.map(names.person)
  return (
    <section className="part history">
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <h3>{t('activity.history')}</h3>
          <span className="num">{history.length}</span>
        </summary>
        {open && (
          <ol>
            {history.map((change) => {
              const by = people.find(({ id }) => id === change.by)
              return (
                <li key={`${change.id}${change.subjectId}`}>
                  <Avatar
                    id={by?.userId ?? change.by}
                    name={names.person(change.by)}
                    image={by?.image ?? null}
                    size="sm"
                  />
                  <div>
                    {sentencesOf(change, names).map((sentence) => (
                      <p key={sentence}>{sentence}</p>
                    ))}
                    <Moment at={change.at} now={data.readAt} zone={data.zone} />
                  </div>
                </li>
              )
            })}
          </ol>
        )}
      </details>
      <p className="quiet watchers">
        {watchers.length === 0
          ? t('activity.no_watchers')
          : t('activity.watched_by', { names: formatList(names.language, watchers) })}
      </p>
    </section>
  )
}
