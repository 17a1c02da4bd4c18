'use client'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Avatar } from '@/app/_ui/avatar'
import { Button } from '@/app/_ui/button'
import { keyName } from '@/app/_ui/keys'
import type { Language } from '@/lib/domain/language'
import type { BoardPerson } from '@/lib/queries/board'
import { fieldKeys } from '../field-keys'
import { match } from '../match'
import type { DescriptionSession, DescriptionState, Tool } from './session'

const tools: readonly { readonly tool: Tool; readonly sign: string; readonly keys?: string }[] = [
  { tool: 'bold', sign: 'B', keys: 'Control+B' },
  { tool: 'italic', sign: 'I', keys: 'Control+I' },
  { tool: 'strike', sign: 'S', keys: 'Control+Shift+S' },
  { tool: 'bulletList', sign: '•', keys: 'Control+Shift+8' },
  { tool: 'orderedList', sign: '1.', keys: 'Control+Shift+7' },
  { tool: 'taskList', sign: '☑', keys: 'Control+Shift+9' },
]

type Mentionable = Pick<BoardPerson, 'id' | 'userId' | 'name' | 'image'>

/** So many people are offered behind `@`. */
const OFFERED = 6

/** Marks, lists, link, picture and mention, in one row under the text as soon as somebody writes in it. */
export function TextTools({
  session,
  state,
  people,
  hrefOf,
  at,
  language,
  picture = true,
}: {
  session: DescriptionSession
  state: DescriptionState
  people: readonly Mentionable[]
  hrefOf: (id: string) => string
  at: RefObject<HTMLElement | null>
  language: Language
  /** Whether the text takes pictures. */
  picture?: boolean
}) {
  const t = useWords()
  const [here, setHere] = useState(false)
  const [linking, setLinking] = useState(false)

  useEffect(() => {
    const part = at.current
    if (!part) return
    // Once there it stays: leaving the text by pressing a button below must not move that button away.
    const look = () => {
      if (part.contains(document.activeElement)) setHere(true)
    }
    const link = () => setLinking(true)
    look()
    document.addEventListener('focusin', look)
    part.addEventListener('description:link', link)
    return () => {
      document.removeEventListener('focusin', look)
      part.removeEventListener('description:link', link)
    }
  }, [at])

  if (!here) return null
  const walk = (event: React.KeyboardEvent<HTMLDivElement>) => {
    const name = keyName(event)
    if (name === 'Escape') {
      session.focus()
      event.stopPropagation()
      event.preventDefault()
      return
    }
    if (name !== 'ArrowLeft' && name !== 'ArrowRight') return
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
    const index = all.findIndex((button) => button.matches(':focus'))
    all[(index + (name === 'ArrowRight' ? 1 : all.length - 1)) % all.length]?.focus()
    event.preventDefault()
  }
  return (
    <>
      {linking ? (
        <LinkField
          first={state.href ?? ''}
          set={(href) => session.link(href)}
          end={() => {
            setLinking(false)
            session.focus()
          }}
        />
      ) : (
        <div
          className="text-tools"
          role="toolbar"
          aria-label={t('activity.text_tools')}
          lang={language === 'zh' ? 'zh-Hans' : 'en'}
          onKeyDown={walk}
          // Pressing a button must not take the selection away from the text.
          onPointerDown={(event) => event.preventDefault()}
        >
          {tools.map(({ tool, sign, keys: shortcut }) => (
            <button
              key={tool}
              type="button"
              className="btn icon sm"
              aria-pressed={state.marks.includes(tool)}
              aria-label={t(`activity.tool_${tool}`)}
              aria-keyshortcuts={shortcut}
              title={t(`activity.tool_${tool}`)}
              onClick={() => session.toggle(tool)}
            >
              {/* A sign that is drawn: as words it would be another name than the button's. */}
              <span aria-hidden="true" className={`sign-${tool}`} data-sign={sign} />
            </button>
          ))}
          <Button
            size="sm"
            look="plain"
            aria-pressed={state.href !== null}
            aria-keyshortcuts="Control+K"
            onClick={() => setLinking(true)}
          >
            {t('activity.tool_link')}
          </Button>
          {picture && (
            <Button size="sm" look="plain" onClick={() => session.addPicture()}>
              {t('activity.tool_picture')}
            </Button>
          )}
          <Button
            size="sm"
            look="plain"
            aria-label={t('activity.tool_mention')}
            onClick={() => session.beginMention()}
          >
            @
          </Button>
        </div>
      )}
      {state.mention && (
        <MentionList session={session} mention={state.mention} people={people} hrefOf={hrefOf} />
      )}
    </>
  )
}

function LinkField({ first, set, end }: { first: string; set: (href: string) => boolean; end: () => void }) {
  const t = useWords()
  const [value, setValue] = useState(first)
  const [wrong, setWrong] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  const done = () => {
    if (set(value)) end()
    else setWrong(true)
  }
  return (
    <div className="text-tools">
      <input
        ref={field}
        className="input"
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        placeholder="https://"
        aria-label={t('activity.link_address')}
        aria-invalid={wrong || undefined}
        value={value}
        onChange={(event) => {
          setValue(event.target.value)
          setWrong(false)
        }}
        onKeyDown={fieldKeys({
          enter: () => {
            done()
          },
          escape: () => {
            end()
          },
        })}
      />
      <Button size="sm" onClick={done}>
        {t('activity.link_set')}
      </Button>
      {wrong && (
        <p className="error" role="alert">
          {t('activity.link_wrong')}
        </p>
      )}
    </div>
  )
}

/** Who may be meant by what is typed behind the sign. The text keeps the focus and gives its arrows and Enter. */
function MentionList({
  session,
  mention,
  people,
  hrefOf,
}: {
  session: DescriptionSession
  mention: NonNullable<DescriptionState['mention']>
  people: readonly Mentionable[]
  hrefOf: (id: string) => string
}) {
  const t = useWords()
  const [chosen, setChosen] = useState(0)
  const offers = people
    .map((person) => ({ person, order: match(mention.query, person.name) }))
    .filter(({ order }) => order > 0)
    .sort((a, b) => b.order - a.order)
    .slice(0, OFFERED)
    .map(({ person }) => person)
  const current = Math.min(chosen, offers.length - 1)
  const take = (person: Mentionable | undefined) => {
    if (person) session.mention(person, hrefOf(person.id))
  }
  useLayoutEffect(() => {
    session.mentionKey = (name) => {
      if (offers.length === 0) return false
      if (name === 'ArrowDown') setChosen((current + 1) % offers.length)
      else if (name === 'ArrowUp') setChosen((current + offers.length - 1) % offers.length)
      else take(offers[current])
      return true
    }
    return () => {
      session.mentionKey = null
    }
  })
  if (offers.length === 0) return null
  return (
    <div className="menu mention-list" role="listbox" aria-label={t('activity.people')}>
      {offers.map((person, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text has the keys
        // biome-ignore lint/a11y/useFocusableInteractive: the text keeps the focus
        <div
          key={person.id}
          role="option"
          aria-selected={i === current}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => take(person)}
        >
          <Avatar id={person.userId} name={person.name} image={person.image} size="sm" />
          <span className="grow">{person.name}</span>
        </div>
      ))}
    </div>
  )
}
