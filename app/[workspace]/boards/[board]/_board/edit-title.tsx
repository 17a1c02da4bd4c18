'use client'
import { MAX_ACTIVITY_TITLE } from '@/lib/domain/activity'
import { useFacts } from './facts'
import { focusCard } from './focus-card'
import { useBoardStore } from './use-board'
import { useInPlace } from './use-in-place'
import { useUi } from './use-ui'

/** The title as a field: Enter keeps it, Esc leaves it as it was, going elsewhere keeps it too. */
export function EditTitle({ id, title }: { id: string; title: string }) {
  const { t } = useFacts()
  const store = useBoardStore()
  const ui = useUi()
  const field = useInPlace<HTMLTextAreaElement>((written, back) => {
    const text = written?.replace(/\s*\n\s*/g, ' ').trim() ?? ''
    if (text !== '' && text !== title) void store.edit(id, { title: text })
    ui.set({ editing: null })
    // The link that stood here takes the focus again once it is drawn.
    if (back) requestAnimationFrame(() => focusCard(ui, id))
  })
  return (
    <textarea
      {...field}
      className="input edit"
      rows={2}
      maxLength={MAX_ACTIVITY_TITLE}
      aria-label={t('boards.edit_title')}
      defaultValue={title}
    />
  )
}
