'use client'
import { useCallback } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { useStore } from '../_editor/use-store'
import { useHouse } from './house'
import { MentionField } from './mention-field'
import { useNames } from './use-names'

/** The field for a comment on the strategy: offers those who may read it. */
export function Composer(props: {
  label: string
  /** The word on the button. */
  send: string
  /** With tokens, when a comment is put into other words. */
  first?: string
  /** Answers whether it arrived. */
  onSend: (text: string) => Promise<boolean>
  onCancel?: () => void
  focus?: boolean
}) {
  const t = useWords()
  const { store, ui } = useHouse()
  const { people, departments } = useStore(store.state, store.state.get())
  const { nameOf } = useNames()
  const resized = useCallback(() => ui.arrangeSoon(), [ui])
  return (
    <MentionField
      {...props}
      people={people.filter((person) => person.reads)}
      departments={departments}
      listLabel={t('threads.people_list')}
      nameOf={nameOf}
      resized={resized}
    />
  )
}
