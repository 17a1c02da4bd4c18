'use client'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { latePart } from '@/app/_ui/late'
import { SaveState } from '@/app/_ui/save-state'
import { toast } from '@/app/_ui/toast'
import { useStore } from '@/app/[workspace]/strategy/[strategy]/_editor/use-store'
import { usePanel } from '../use-panel'
import type { DescriptionSession, DescriptionState } from './session'
import { TextTools } from './text-tools'

/** The editor is a script of its own: it comes when the panel stands. */
const editor = latePart(() => import('./session').then((module) => module.DescriptionSession))

/** An empty text is drawn as the one empty line the editor will show in its place. */
const EMPTY_LINE = '<p><br class="ProseMirror-trailingBreak"></p>'

const unopened: DescriptionState = {
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

/**
 * What the activity is, in a text several people write at once. The stored words stand there before any script for
 * writing has come; then the editor takes the same element over.
 */
export function DescriptionPart({ leave }: { leave: () => void }) {
  const t = useWords()
  const { data, acts, mayEdit, names } = usePanel()
  const { activity, me, slug } = data
  const element = useRef<HTMLDivElement>(null)
  const part = useRef<HTMLElement>(null)
  const [session, setSession] = useState<DescriptionSession | null>(null)
  const state = useStore(session?.state ?? null, unopened)
  // Set once: newer text comes over the socket, and writing it here would look to the editor like a deletion.
  const [first] = useState(() => ({ __html: data.description?.html || EMPTY_LINE }))
  const [empty] = useState(data.description?.empty ?? true)

  const once = useRef({ t, leave, acts, mayEdit, me, slug })
  once.current.leave = leave
  once.current.acts = acts
  useEffect(() => {
    let gone = false
    let made: DescriptionSession | null = null
    editor.ask().then(
      () => {
        const Session = editor.known()
        if (gone || !Session || !element.current) return
        const { t, mayEdit, me, slug } = once.current
        made = new Session({
          room: activity.id,
          userId: me.userId,
          mayEdit,
          element: element.current,
          label: t('activity.description'),
          say: t,
          upload: `/api/workspaces/${slug}/activities/${activity.id}/pictures`,
          leave: () => once.current.leave(),
          named: (memberId) => void once.current.acts.name(memberId),
        })
        setSession(made)
      },
      () => {
        if (!gone) toast({ text: t('common.no_answer') })
      },
    )
    return () => {
      gone = true
      made?.destroy()
    }
  }, [activity.id, t])

  const isEmpty = state.ready ? state.empty : empty
  const reads = !mayEdit || (state.ready && !state.writable)
  const saving = state.holding && state.saving.kind === 'saved'
  return (
    <section className="part description" ref={part}>
      <h3>
        {t('activity.description')}
        <span className="beside">
          {state.writers.length > 0 && (
            <span className="writers">
              {t('activity.writing', { names: state.writers.join(t('activity.comma')) })}
            </span>
          )}
          {session && !reads && (
            <SaveState state={saving ? { kind: 'saving', pending: 1, kept: false } : state.saving} />
          )}
          {session && reads && state.saving.kind === 'offline' && <SaveState state={state.saving} />}
        </span>
      </h3>
      {state.broken && (
        <p className="error" role="alert">
          {t('activity.description_broken')}
        </p>
      )}
      {reads && isEmpty && <p className="quiet">{t('activity.no_description')}</p>}
      <div className="note-frame" hidden={reads && isEmpty}>
        <div
          ref={element}
          className="note ProseMirror"
          data-prompt={isEmpty && !reads ? t('activity.describe') : undefined}
          // biome-ignore lint/security/noDangerouslySetInnerHtml: made by lib/document/render, which believes nothing it reads
          dangerouslySetInnerHTML={first}
        />
      </div>
      {session && !reads && state.ready && (
        <TextTools
          session={session}
          state={state}
          people={data.people}
          hrefOf={(id) => `${location.origin}/${slug}/settings/members#${id}`}
          at={part}
          language={names.language}
        />
      )}
    </section>
  )
}
