'use client'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Icon } from '@/app/_ui/icon'
import { keyName, shortcuts } from '@/app/_ui/keys'
import { useFilter } from './use-filter'

/** The address is written when a word seems typed: browsers refuse to change it at every key. Milliseconds. */
const PAUSE = 180

/** The words looked for. What an input method is still composing is looked for only when it is chosen. */
export function TextFilter() {
  const t = useWords()
  const { filter, change } = useFilter()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(filter.text)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)

  // Somebody cleared all filters, or went Back: unless words are on their way.
  useEffect(() => {
    if (timer.current === null) setTyped(filter.text)
  }, [filter.text])
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current)
    },
    [],
  )
  useEffect(() => {
    const handle = shortcuts<KeyboardEvent>({
      '/': () => field.current?.focus(),
      // What the same key writes under a Chinese layout.
      '、': () => field.current?.focus(),
    })
    document.addEventListener('keydown', handle)
    return () => document.removeEventListener('keydown', handle)
  }, [])

  const look = (text: string, pause = PAUSE) => {
    if (timer.current) clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      timer.current = null
      change({ text })
    }, pause)
  }
  const clear = () => {
    setTyped('')
    look('', 0)
  }
  return (
    <span className={typed === '' ? 'text-filter' : 'text-filter on'}>
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        aria-label={t('views.filter_text')}
        placeholder={t('views.filter_text')}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          if (!(event.nativeEvent as InputEvent).isComposing) look(event.target.value)
        }}
        onCompositionEnd={(event) => look(event.currentTarget.value)}
        onKeyDown={(event) => {
          const key = keyName(event)
          if (key === 'Enter') look(typed, 0)
          else if (key === 'Escape' && typed !== '') clear()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      {typed !== '' && (
        <button
          type="button"
          aria-label={t('views.filter_clear', { what: t('views.filter_text') })}
          onClick={() => {
            clear()
            field.current?.focus()
          }}
        >
          <Icon name="x" />
        </button>
      )}
    </span>
  )
}
