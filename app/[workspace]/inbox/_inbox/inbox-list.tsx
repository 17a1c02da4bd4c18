'use client'
import { useRouter } from 'next/navigation'
import { useOptimistic, useTransition } from 'react'
import { localeOf } from '@/app/_i18n/locale'
import type { SaidAs } from '@/app/_i18n/time'
import { useWords } from '@/app/_i18n/words-provider'
import type { Answer } from '@/app/_server/answer'
import { Avatar } from '@/app/_ui/avatar'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Link } from '@/app/_ui/link'
import { SaidMoment } from '@/app/_ui/said-moment'
import { useToast } from '@/app/_ui/toast'
import { reminderKinds } from '@/lib/domain/notification'
import type { InboxEntry } from '@/lib/queries/inbox'
import { markAll, markEntries } from '../actions'
import type { EntryWords } from './say-entry'

/** What one is told. Each leads to where it happened; reading it there marks it here. */
export function InboxList({
  workspace,
  entries,
  unread,
  onlyUnread,
  now,
  zone,
}: {
  workspace: string
  entries: readonly (InboxEntry & EntryWords & { readonly said: SaidAs })[]
  unread: number
  onlyUnread: boolean
  now: number
  zone: string
}) {
  const t = useWords()
  const router = useRouter()
  const toast = useToast()
  const [busy, start] = useTransition()
  const [shown, guess] = useOptimistic(
    entries,
    (before, mark: { ids: readonly string[] | 'all'; read: boolean }) =>
      before.map((entry) =>
        mark.ids === 'all' || mark.ids.includes(entry.id) ? { ...entry, read: mark.read } : entry,
      ),
  )
  const mark = (ids: readonly string[] | 'all', read: boolean) =>
    start(async () => {
      guess({ ids, read })
      try {
        const answer: Answer<void> =
          ids === 'all' ? await markAll({ workspace }) : await markEntries({ workspace, ids: [...ids], read })
        if (!answer.ok) toast({ text: answer.message })
      } catch {
        toast({ text: t('common.no_answer') })
      }
      router.refresh()
    })
  const list = onlyUnread ? shown.filter((entry) => !entry.read) : shown
  const here = `/${workspace}/inbox`

  if (entries.length === 0) return <p className="inbox-empty">{t('inbox.empty')}</p>
  return (
    <>
      <div className="inbox-tools">
        <nav className="seg" aria-label={t('inbox.filter')}>
          <Link href={here} aria-current={onlyUnread ? undefined : 'true'}>
            {t('inbox.all')}
          </Link>
          <Link href={`${here}?show=unread`} aria-current={onlyUnread ? 'true' : undefined}>
            {t('inbox.only_unread')} {unread > 0 && <span className="num">{unread}</span>}
          </Link>
        </nav>
        <span className="grow" />
        {unread > 0 && (
          <Button size="sm" busy={busy} onClick={() => mark('all', true)}>
            {t('inbox.mark_all')}
          </Button>
        )}
      </div>
      {list.length === 0 && <p className="inbox-empty">{t('inbox.none_unread')}</p>}
      <ol className="inbox-list">
        {list.map((entry) => {
          const { line, href, place, where } = entry
          return (
            <li key={entry.id} data-unread={!entry.read || undefined}>
              {reminderKinds.includes(entry.kind) ? (
                <span className="inbox-clock">
                  <Icon name="clock" />
                </span>
              ) : (
                <Avatar
                  id={entry.by?.userId ?? ''}
                  name={entry.by?.name ?? '?'}
                  image={entry.by?.image ?? null}
                />
              )}
              <div>
                <p className="inbox-line">
                  {!entry.read && <span className="vh">{t('inbox.unread')}: </span>}
                  <Link href={href}>{line}</Link>
                  {entry.kind === 'resolved' && entry.outcome && (
                    <span className="badge">{t(`inbox.outcome_${entry.outcome}`)}</span>
                  )}
                  <SaidMoment said={entry.said} at={entry.at} now={now} zone={zone} />
                </p>
                {entry.quote !== '' && (
                  <p
                    className="inbox-quote"
                    lang={where.in === 'strategy' ? localeOf(where.language) : undefined}
                  >
                    {entry.quote}
                  </p>
                )}
                {entry.repeats || entry.words !== null ? (
                  <p
                    className={entry.words === null ? 'inbox-words gone' : 'inbox-words'}
                    lang={entry.words && /\p{Script=Han}/u.test(entry.words) ? 'zh-Hans' : undefined}
                  >
                    {entry.words ?? t('inbox.taken_back')}
                  </p>
                ) : null}
                <p className="inbox-where">{place}</p>
              </div>
              <Button size="sm" look="plain" onClick={() => mark([entry.id], !entry.read)}>
                {entry.read ? t('inbox.mark_unread') : t('inbox.mark_read')}
                <span className="vh">: {line}</span>
              </Button>
            </li>
          )
        })}
      </ol>
    </>
  )
}
