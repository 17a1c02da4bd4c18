'use client'
import { useEffect } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { toast } from '@/app/_ui/toast'
import type { Session } from '../_editor/session'
import { Composer } from './composer'
import { useHouse } from './house'
import { base64 } from './range'
import type { NewThread } from './thread-ui'

/** Words typed a moment ago reach the server before the comment on them; milliseconds. */
const PATIENCE = 8_000

/** The note of a thread that is only beginning. */
export function BeginThread({ session, begun }: { session: Session; begun: NewThread }) {
  const t = useWords()
  const { acts, ui, lang } = useHouse()
  const quote = begun.kind === 'words' ? begun.words.quote : begun.quote

  // The focus is in the field now: the chosen words keep a tint of their own.
  useEffect(() => {
    if (begun.kind !== 'words' || typeof Highlight === 'undefined') return
    CSS.highlights.set('commenting', new Highlight(begun.range))
    return () => {
      CSS.highlights.delete('commenting')
    }
  }, [begun])

  const send = async (text: string) => {
    if (!(await session.whenSaved(PATIENCE))) {
      toast({ text: t('threads.wait_saved') })
      return false
    }
    const made = await acts.create(
      begun.kind === 'words'
        ? {
            kind: 'words',
            start: base64(begun.words.start),
            end: base64(begun.words.end),
            quote: begun.words.quote,
          }
        : { kind: 'item', itemId: begun.itemId, part: begun.part },
      text,
    )
    if (!made) return false
    ui.begun.set(null)
    ui.active.set(made.id)
    return true
  }

  return (
    <section className="thread on begun" aria-label={t('threads.begin')}>
      {quote !== '' && (
        <span className="q" lang={lang}>
          {quote.length > 160 ? `${quote.slice(0, 159)}…` : quote}
        </span>
      )}
      <Composer
        label={t('threads.placeholder')}
        send={t('threads.comment')}
        onCancel={() => ui.begun.set(null)}
        onSend={send}
      />
    </section>
  )
}
