'use client'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { latePart } from '@/app/_ui/late'
import { SaveState } from '@/app/_ui/save-state'
import { toast } from '@/app/_ui/toast'
import type {
  DescriptionSession,
  DescriptionState,
} from '@/app/[workspace]/boards/[board]/_activity/description/session'
import type { Someone } from './people'

/** Documents, editor, connection and what stands under the text: a script of its own, which comes when the page stands. */
const editor = latePart(async () => {
  const [{ DescriptionSession }, { TextTools }] = await Promise.all([
    import('@/app/[workspace]/boards/[board]/_activity/description/session'),
    import('@/app/[workspace]/boards/[board]/_activity/description/text-tools'),
  ])
  return { DescriptionSession, TextTools }
})

const EMPTY_LINE = '<p><br class="ProseMirror-trailingBreak"></p>'

export type NotesState = DescriptionState

export const nowhere: NotesState = {
  ready: false,
  writable: false,
  empty: false,
  broken: false,
  saving: { kind: 'connecting', pending: 0, kept: true },
  online: false,
  holding: false,
  writers: [],
  here: [],
  marks: [],
  href: null,
  mention: null,
}

/** The one line of the room: the notes' document, who is here, and word of every change. Null until its script is there. */
export function useNotesSession({
  reviewId,
  userId,
  mayEdit,
  element,
  heard,
}: {
  reviewId: string
  userId: string
  mayEdit: boolean
  element: RefObject<HTMLDivElement | null>
  heard: () => void
}): DescriptionSession | null {
  const t = useWords()
  const [session, setSession] = useState<DescriptionSession | null>(null)
  const once = useRef({ t, mayEdit, heard })
  once.current = { t, mayEdit, heard }
  useEffect(() => {
    let gone = false
    let made: DescriptionSession | null = null
    editor.ask().then(
      () => {
        const Session = editor.known()?.DescriptionSession
        if (gone || !Session || !element.current) return
        const { t, mayEdit } = once.current
        made = new Session({
          room: reviewId,
          userId,
          mayEdit,
          element: element.current,
          label: t('reviews.ui_notes'),
          say: t,
          upload: null,
          leave: () => element.current?.blur(),
          heard: () => once.current.heard(),
        })
        setSession(made)
      },
      () => {
        if (!gone) toast({ text: once.current.t('common.no_answer') })
      },
    )
    return () => {
      gone = true
      made?.destroy()
      setSession(null)
    }
  }, [reviewId, userId, element])
  return session
}

/** What is said while one speaks: everybody writes at once. The stored words stand there before any script. */
export function Notes({
  session,
  state,
  element,
  first,
  people,
  mayEdit,
  slug,
  readers,
}: {
  session: DescriptionSession | null
  state: NotesState
  element: RefObject<HTMLDivElement | null>
  first: { readonly html: string; readonly empty: boolean }
  people: readonly Someone[]
  mayEdit: boolean
  slug: string
  /** How many are invited; null: whoever may read the review. */
  readers: number | null
}) {
  const t = useWords()
  const language = useLanguage()
  const part = useRef<HTMLElement>(null)
  // Set once: newer text comes over the socket, and writing it here would look to the editor like a deletion.
  const [html] = useState(() => ({ __html: first.html || EMPTY_LINE }))
  const isEmpty = state.ready ? state.empty : first.empty
  const reads = !mayEdit || (state.ready && !state.writable)
  const saving = state.holding && state.saving.kind === 'saved'
  const TextTools = editor.known()?.TextTools
  return (
    <section className="notes" ref={part}>
      <h2>
        {t('reviews.ui_notes')}
        <span className="beside">
          {state.writers.length > 0 && (
            <span className="writers">
              {t('activity.writing', { names: state.writers.join(t('activity.comma')) })}
            </span>
          )}
          {session && !reads && (
            <SaveState state={saving ? { kind: 'saving', pending: 1, kept: false } : state.saving} />
          )}
        </span>
      </h2>
      {state.broken && (
        <p className="error" role="alert">
          {t('activity.description_broken')}
        </p>
      )}
      {reads && isEmpty && <p className="quiet">{t('reviews.ui_notes_none')}</p>}
      <div className="note-frame" hidden={reads && isEmpty}>
        <div
          ref={element}
          className="note ProseMirror"
          data-prompt={isEmpty && !reads ? t('reviews.ui_notes_prompt') : undefined}
          // biome-ignore lint/security/noDangerouslySetInnerHtml: made by lib/document/render, which believes nothing it reads
          dangerouslySetInnerHTML={html}
        />
      </div>
      <p className="help">
        {readers === null ? t('reviews.ui_notes_open') : t('reviews.ui_notes_seen', { n: readers })}
      </p>
      {TextTools && session && !reads && state.ready && (
        <TextTools
          session={session}
          state={state}
          people={people}
          hrefOf={(id) => `${location.origin}/${slug}/settings/members#${id}`}
          at={part}
          language={language}
          picture={false}
        />
      )}
    </section>
  )
}
