'use client'
import { useEffect, useRef } from 'react'
import { localeOf } from '@/app/_i18n/locale'
import { useWords } from '@/app/_i18n/words-provider'
import { keys } from '@/app/_ui/keys'
import { toast } from '@/app/_ui/toast'
import type { Language } from '@/lib/domain/language'
import { renameStrategy } from '../../actions'

export interface Titled {
  readonly title: string
  readonly revision: number
}

/**
 * The headline. Those who write change it in place: Enter or leaving it saves, Esc takes the old one back. What
 * somebody is typing is not overwritten by a colleague's rename; the later one to save wins, as with any word.
 */
export function Title({
  workspace,
  strategyId,
  language,
  known,
  editable,
  renamed,
}: {
  workspace: string
  strategyId: string
  language: Language
  /** The newest title the page has heard of. */
  known: Titled
  editable: boolean
  renamed: (next: Titled) => void
}) {
  const t = useWords()
  const field = useRef<HTMLSpanElement>(null)
  // The words stand in the document, not in React: an input method must find them untouched while it composes.
  const first = useRef(known.title)

  useEffect(() => {
    const element = field.current
    if (element && document.activeElement !== element && element.textContent !== known.title)
      element.textContent = known.title
  }, [known.title])

  if (!editable) return <h1 lang={localeOf(language)}>{known.title}</h1>

  const restore = () => {
    if (field.current) field.current.textContent = known.title
  }
  const leave = () => field.current?.blur()
  const giveUp = () => {
    restore()
    leave()
  }
  const save = async () => {
    const title = (field.current?.textContent ?? '').replace(/\s+/g, ' ').trim()
    if (title === known.title || title === '') {
      restore()
      return
    }
    try {
      const answer = await renameStrategy({ workspace, strategyId, title })
      if (answer.ok) renamed(answer.value)
      else {
        restore()
        toast({ text: answer.message })
      }
    } catch {
      // The words stay in the field; leaving it once more tries again.
      toast({ text: t('common.no_answer') })
    }
  }
  return (
    <h1 lang={localeOf(language)}>
      {/* biome-ignore lint/a11y/useSemanticElements: an input cannot wrap onto a second line */}
      <span
        ref={field}
        className="titled"
        role="textbox"
        tabIndex={0}
        aria-label={t('editor.title_label')}
        aria-multiline="false"
        contentEditable="plaintext-only"
        suppressContentEditableWarning
        spellCheck={false}
        onKeyDown={keys({ Enter: leave, Escape: giveUp })}
        onBlur={() => void save()}
      >
        {first.current}
      </span>
    </h1>
  )
}
