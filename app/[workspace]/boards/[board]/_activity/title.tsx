'use client'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { MAX_ACTIVITY_TITLE } from '@/lib/domain/activity'
import { useBoardStore } from '../_board/use-board'
import { fieldKeys } from './field-keys'
import { usePanel } from './use-panel'

/** Chinese words keep their own punctuation on an English page. */
export const writtenIn = (text: string) => (/\p{Script=Han}/u.test(text) ? 'zh-Hans' : undefined)

/** The activity's name, written over in its place: Enter or leaving saves, Esc brings the old one back. */
export function Title({ id }: { id: string }) {
  const t = useWords()
  const board = useBoardStore()
  const { data, mayEdit } = usePanel()
  const { title } = data.activity
  const [draft, setDraft] = useState<string | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const back = useRef(false)
  const editing = draft !== null

  useEffect(() => {
    if (!editing) {
      if (back.current) button.current?.focus()
      back.current = false
      return
    }
    const element = field.current
    element?.focus()
    element?.setSelectionRange(element.value.length, element.value.length)
  }, [editing])
  useLayoutEffect(() => {
    const element = field.current
    if (!element || draft === null) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [draft])

  const save = async () => {
    if (draft === null) return
    const wanted = draft.replace(/\s+/g, ' ').trim()
    setDraft(null)
    if (wanted === '' || wanted === title) return
    // A name the server does not take stands in the field again, so that nothing typed is lost.
    if (!(await board.edit(data.activity.id, { title: wanted }))) setDraft(wanted)
  }

  if (!mayEdit)
    return (
      <h2 id={id} lang={writtenIn(title)}>
        {title}
      </h2>
    )
  return (
    <h2 id={id} className="title" lang={writtenIn(draft ?? title)}>
      {editing ? (
        <textarea
          ref={field}
          rows={1}
          value={draft}
          maxLength={MAX_ACTIVITY_TITLE}
          aria-label={t('activity.title')}
          // Line ends of a pasted text would be none in a title.
          onChange={(event) => setDraft(event.target.value.replace(/\n+/g, ' '))}
          onBlur={() => void save()}
          onKeyDown={fieldKeys({
            enter: () => {
              back.current = true
              void save()
            },
            escape: () => {
              back.current = true
              setDraft(null)
            },
          })}
        />
      ) : (
        <button ref={button} type="button" title={t('activity.edit_title')} onClick={() => setDraft(title)}>
          {title}
        </button>
      )}
    </h2>
  )
}
