'use client'
import { formatList } from '@/app/_i18n/time'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { initials } from '@/app/_ui/initials'
import type { Person } from './people'

/** Who else has the strategy open. A click follows somebody until one moves oneself. */
export function PeopleHere({
  people,
  following,
  follow,
}: {
  people: readonly Person[]
  following: string | null
  follow: (memberId: string | null) => void
}) {
  const t = useWords()
  const language = useLanguage()
  const followed = people.find((person) => person.memberId === following)
  if (people.length === 0) return null
  const names = formatList(
    language,
    people.map((person) => person.name),
  )
  return (
    <>
      {followed && (
        <span className="following" data-who={followed.who} data-follow="">
          <span role="status">{t('editor.following_short', { name: followed.name })}</span>
          <button type="button" className="btn sm plain" onClick={() => follow(null)}>
            {t('editor.stop')}
          </button>
        </span>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a row of faces is no fieldset */}
      <div className="avs" role="group" aria-label={t('editor.here_now', { names })}>
        {people.map((person) => {
          const isFollowed = person.memberId === following
          const label = sayPlace(t, person, isFollowed)
          return (
            <button
              key={person.memberId}
              type="button"
              className="av here"
              data-who={person.who}
              data-follow=""
              aria-label={label}
              aria-pressed={isFollowed}
              title={label}
              onClick={() => follow(isFollowed ? null : person.memberId)}
            >
              <span aria-hidden="true">{initials(person.name)}</span>
            </button>
          )
        })}
      </div>
    </>
  )
}

function sayPlace(t: ReturnType<typeof useWords>, person: Person, followed: boolean): string {
  if (person.root === null) return t('editor.here_reading', { name: person.name })
  const chapter = t(`editor.${person.root}`)
  return t(followed ? 'editor.follow_stop' : 'editor.here_in', { name: person.name, chapter })
}
