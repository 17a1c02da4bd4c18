import type { Say } from '@/app/_i18n/say'
import type { Language } from '@/lib/domain/language'
import { queryOnBoard } from '@/lib/domain/notification'
import { departmentName, reviewName, sayTold } from '@/lib/i18n/say-told'
import type { InboxEntry } from '@/lib/queries/inbox'

/** How an entry reads: what happened, where, and the way there. */
export interface EntryWords {
  readonly line: string
  readonly place: string
  readonly href: string
  /** Whether it repeats what somebody said, which may be gone. */
  readonly repeats: boolean
}

export function sayEntry(
  { t, language }: { readonly t: Say; readonly language: Language },
  workspace: string,
  { by, kind, of, where, speech }: InboxEntry,
): EntryWords {
  const who = by?.name ?? t('inbox.former')
  const repeats = speech && (kind === 'mention' || kind === 'reply' || kind === 'comment')
  if (where.in === 'strategy') {
    const page = `/${workspace}/strategy/${where.id}`
    return {
      line: kind === 'mention' ? t('inbox.mention', { who }) : sayTold({ t, language }, who, kind, of),
      place: where.title,
      href: where.threadId === null ? page : `${page}?thread=${where.threadId}`,
      repeats,
    }
  }
  if (where.in === 'review')
    return {
      line: sayTold({ t, language }, who, kind, of),
      place: `${t('inbox.reviews')} · ${reviewName(t, where)}`,
      href: where.mayRead ? `/${workspace}/reviews/${where.id}` : `/${workspace}/my-work#decisions`,
      repeats,
    }
  const page = `/${workspace}/boards/${where.department.kind ?? where.id}`
  return {
    line: sayTold({ t, language }, who, kind, of),
    place: `${t('inbox.boards')} · ${departmentName(t, where.department)}`,
    href: page + queryOnBoard(kind, where.activityId),
    repeats,
  }
}
