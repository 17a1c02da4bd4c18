'use client'
import { memo, useState } from 'react'
import { formatMoment } from '@/app/_i18n/time'
import { useLanguage, useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { keyName } from '@/app/_ui/keys'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import type { ThreadView } from '@/lib/queries/threads'
import { useStore } from '../_editor/use-store'
import { Composer } from './composer'
import { useHouse } from './house'
import { OutcomeForm } from './outcome-form'
import { Said } from './said'
import { standing } from './thread-store'
import { showWords, wordsOnPage } from './thread-ui'
import { useNames } from './use-names'

/** A thread at rest shows its first comment and the last ones; more would push the others off their words. */
const AT_REST = 3

/** A thread: what was said, what can be done about it. Drawn anew only when it itself changes. */
export const ThreadCard = memo(function ThreadCard({
  thread,
  active,
  quoted,
}: {
  thread: ThreadView
  active: boolean
  /** Whether its words are written above it: in the margin they stand beside it. */
  quoted: boolean
}) {
  const t = useWords()
  const { acts, ui, store, lang } = useHouse()
  const { mayComment } = useStore(store.state, store.state.get())
  const [doing, setDoing] = useState<'reply' | 'end' | null>(null)
  const [busy, setBusy] = useState(false)
  const comments = thread.comments
  const hidden = active ? 0 : Math.max(0, comments.length - AT_REST)
  const shown = hidden === 0 ? comments : [...comments.slice(0, 1), ...comments.slice(-AT_REST + 1)]
  const last = comments.findLast((comment) => !comment.deleted && !comment.mine)?.author.name
  const turn = async (work: Promise<boolean>) => {
    setBusy(true)
    try {
      await work
    } finally {
      setBusy(false)
    }
  }

  return (
    <article
      className={`thread${active ? ' on' : ''}`}
      data-id={thread.id}
      tabIndex={-1}
      onFocus={() => ui.near.set(thread.id)}
      onBlur={() => ui.near.set(null)}
      onPointerEnter={() => ui.near.set(thread.id)}
      onPointerLeave={() => ui.near.set(null)}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('button, a, textarea, input')) return
        if (!active) {
          ui.active.set(thread.id)
          const words = wordsOnPage().get(thread.id)
          if (words && !inSight(words)) showWords(words)
        }
      }}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return
        const name = keyName(event)
        if (name === 'Enter' && mayComment) {
          ui.active.set(thread.id)
          setDoing('reply')
          event.preventDefault()
        }
      }}
    >
      <h3 className="vh">
        {thread.quote === '' ? t('threads.thread') : t('threads.thread_on', { quote: thread.quote })}
      </h3>
      {thread.onDeletedText && <span className="badge">{t('threads.deleted_text')}</span>}
      {(quoted || active || thread.onDeletedText) && thread.quote !== '' && (
        <span className="q" lang={lang} aria-hidden="true">
          {thread.quote}
        </span>
      )}
      {shown.map((comment, i) => (
        <div key={comment.id} className="said">
          {i === 1 && hidden > 0 && (
            <button type="button" className="between" onClick={() => ui.active.set(thread.id)}>
              {t('threads.between', { n: hidden })}
            </button>
          )}
          <Said threadId={thread.id} comment={comment} tools={active} />
        </div>
      ))}
      {thread.resolved && <Ended thread={thread} />}
      {doing === 'reply' && active && (
        <Composer
          label={last ? t('threads.reply_to', { name: last }) : t('threads.reply')}
          send={t('threads.send')}
          onCancel={() => setDoing(null)}
          onSend={async (text) => {
            const done = await acts.reply(thread.id, text)
            if (done) setDoing(null)
            return done
          }}
        />
      )}
      {doing === 'end' && active && (
        <OutcomeForm
          onCancel={() => setDoing(null)}
          onEnd={async (outcome) => {
            const done = await acts.resolve(thread.id, outcome)
            if (done) setDoing(null)
            return done
          }}
        />
      )}
      {mayComment && (doing === null || !active) && (
        <div className="acts">
          <Button
            size="sm"
            look="plain"
            onClick={() => {
              ui.active.set(thread.id)
              setDoing('reply')
            }}
          >
            {t('threads.reply')}
          </Button>
          {thread.resolved ? (
            <Button size="sm" look="plain" busy={busy} onClick={() => void turn(acts.reopen(thread.id))}>
              {t('threads.reopen')}
            </Button>
          ) : (
            <Button
              size="sm"
              look="plain"
              busy={busy}
              onClick={() => {
                if (thread.positioning) {
                  ui.active.set(thread.id)
                  setDoing('end')
                } else void turn(acts.resolve(thread.id, null))
              }}
            >
              {thread.positioning ? t('threads.resolve_ask') : t('threads.resolve')}
            </Button>
          )}
        </div>
      )}
      <span className="vh">{t('threads.of_comments', { n: standing(thread) })}</span>
    </article>
  )
})

/** What became of it. */
function Ended({ thread }: { thread: ThreadView }) {
  const t = useWords()
  const language = useLanguage()
  const { zone, path } = useHouse()
  const { voice } = useNames()
  const { resolved } = thread
  if (!resolved) return null
  const { outcome } = resolved
  const reason = outcome?.reason ?? ''
  const day = (text: string) =>
    formatMoment(language, 'date', Date.parse(`${text}T12:00:00Z`), { now: Date.now(), zone: 'UTC' })
  return (
    <div className="ended">
      {outcome && (
        <p>
          {outcome.kind === 'adopted' && (
            <>
              <b>{t('threads.outcome_adopted')}</b>
              {reason && ` · ${reason}`}
            </>
          )}
          {outcome.kind === 'rejected' && (
            <>
              <b>{t('threads.outcome_rejected')}</b> {reason}
            </>
          )}
          {outcome.kind === 'watch' && (
            <>
              <b>{t('threads.outcome_watch')}</b>{' '}
              {outcome.until === '' ? '' : t('threads.returns', { day: day(outcome.until) })} <b>{reason}</b>
              {resolved.measure && (
                <>
                  {' '}
                  {t('threads.watching')}{' '}
                  <Link href={`${path.replace(/\/strategy\/.*$/, '')}/measures/${resolved.measure.id}`}>
                    {resolved.measure.name}
                  </Link>
                </>
              )}
            </>
          )}
        </p>
      )}
      <small>
        {t('threads.resolved_by', { name: voice(resolved.by) })}{' '}
        <Moment at={resolved.at} now={Date.now()} zone={zone} />
      </small>
    </div>
  )
}

function inSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 110 && top < window.innerHeight - 40
}
