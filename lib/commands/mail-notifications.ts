import type { Pending } from '@/db/repositories/notifications'
import { plainComment } from '@/lib/domain/mention'
import {
  decisionKinds,
  MAIL_LATEST,
  MAIL_QUIET,
  type Notification,
  queryOnBoard,
} from '@/lib/domain/notification'
import { readsBoards, readsReview } from '@/lib/domain/permissions'
import { strategyAccess } from '@/lib/domain/strategy-access'
import { peopleOfReview } from '@/lib/domain/telling'
import { sayTold, toldOf } from '@/lib/i18n/say-told'
import { words } from '@/lib/i18n/words'
import type { Letter, Services } from './context'

/** A letter is read in the tram; the rest is in the inbox. */
const LISTED = 20
/** Of one comment; its thread has all of it. */
const QUOTED = 600

/**
 * Sends what is due: one letter per member and strategy, one for all boards, and one for all reviews, when nothing more has come for a while. What was read
 * meanwhile is not mailed, nor is what may no longer be read. Answers how many letters left.
 * `quiet`: how long nothing must have come, milliseconds.
 */
export async function mailNotifications(
  services: Pick<Services, 'store' | 'mailer' | 'clock' | 'appUrl'>,
  quiet: number = MAIL_QUIET,
): Promise<number> {
  const { store, mailer, clock } = services
  if (!mailer.delivers) return 0
  const now = clock.now()
  // Taken before it is sent: two nodes never write to the same person. A letter lost to a crash stays in the inbox.
  const due = await store.transact((tx) =>
    tx.notifications.takeDue(
      new Date(now - quiet),
      new Date(now - Math.max(quiet, MAIL_LATEST)),
      new Date(now),
    ),
  )
  let sent = 0
  for (const pending of due) {
    const { reader, strategy, workspace } = pending
    if (!reader.present || !reader.wantsMail || workspace.deleted) continue
    if (strategy && strategyAccess({ role: reader.role }, strategy) === 'none') continue
    if (pending.notifications.some(({ boardId }) => boardId !== null) && !readsBoards(reader.role)) continue
    const letter = await letterOf(services, pending)
    if (letter && (await mailer.send(letter))) sent += 1
  }
  return sent
}

async function letterOf(
  { store, appUrl }: Pick<Services, 'store' | 'appUrl'>,
  { memberId, notifications, reader, strategy, workspace }: Pending,
): Promise<Letter | null> {
  const language = reader.language ?? workspace.language
  const t = words(language)
  const [comments, threads, members, about] = await Promise.all([
    store.read.threads.saidByIds(notifications.flatMap((one) => one.commentId ?? [])),
    store.read.threads.byIds([...new Set(notifications.flatMap((one) => one.threadId ?? []))]),
    store.read.members.list(workspace.id),
    store.read.notifications.about(notifications),
  ])
  const said = new Map([
    ...comments.map(({ id, text, deletedAt }) => [id, { text, gone: deletedAt !== null }] as const),
    ...about.said,
  ])
  const quotes = new Map(threads.map((thread) => [thread.id, thread.anchor.quote]))
  const names = new Map<string, string>(members.map((member) => [member.id, member.name]))
  const home = `${appUrl}/${workspace.slug}`
  const entries = notifications.flatMap((one) => {
    // The recap is a letter of its own.
    if (one.kind === 'review_closed' || !mayKnow(one)) return []
    const saidId = one.commentId ?? one.saidId
    const comment = saidId === null ? undefined : said.get(saidId)
    // What was taken back before the letter left is not in it.
    if (saidId !== null && (!comment || comment.gone)) return []
    const who = names.get(one.by ?? '') ?? t('mail.notify_former')
    const text = comment
      ? plainComment(comment.text, (id) => names.get(id) ?? null)
      : (about.moved.get(one.subjectId ?? '')?.now ?? about.asked.get(one.subjectId ?? '')?.words ?? null)
    const body = text === null ? [] : [indented(shorten(text, QUOTED))]
    return [
      [head(one, who, text === null ? '.' : ':'), ...body, `${home}/${pageOf(one, mayRead)}`].join('\n'),
    ]
  })
  if (entries.length === 0) return null
  const more = entries.length - LISTED
  const list = [
    ...entries.slice(0, LISTED),
    ...(more > 0 ? [`${t('mail.notify_more', { count: more })}\n${home}/inbox`] : []),
  ].join('\n\n')
  const given = { name: reader.name, workspace: workspace.name, list, off: `${appUrl}/account` }
  const count = entries.length
  const to = reader.email
  if (strategy) {
    const { title } = strategy
    const subject = t('mail.notify_subject', { title, count })
    return { to, subject, text: t('mail.notify_text', { ...given, title }) }
  }
  const where = notifications.some(({ reviewId }) => reviewId !== null) ? 'reviews' : 'boards'
  return {
    to,
    subject: t(`mail.notify_${where}_subject`, { workspace: workspace.name, count }),
    text: t(`mail.notify_${where}_text`, given),
  }

  /** Whoever is in a review no more hears nothing of it; a decision is its owner's all the same. */
  function mayKnow(one: Notification): boolean {
    if (one.reviewId === null) return true
    const review = about.reviews.get(one.reviewId)
    if (!review) return false
    return decisionKinds.includes(one.kind)
      ? about.decisions.has(one.subjectId ?? '')
      : peopleOfReview(review).includes(memberId) && mayRead(one)
  }

  function mayRead({ reviewId }: Notification): boolean {
    const review = about.reviews.get(reviewId ?? '')
    const member = { memberId, workspaceId: workspace.id, role: reader.role }
    return review !== undefined && readsReview(member, review)
  }

  function head(one: Notification, who: string, end: string): string {
    switch (one.kind) {
      case 'mention':
      case 'reply':
      case 'resolved':
      case 'reopened': {
        if (one.strategyId === null) break
        const quote = shorten((one.threadId && quotes.get(one.threadId)) || '', 80)
        return t(`mail.notify_${one.kind}${quote === '' ? '_plain' : ''}`, { who, quote })
      }
    }
    const sentence = sayTold({ t, language }, who, one.kind, toldOf(one, about))
    return `${sentence}${language === 'zh' ? (end === ':' ? '：' : '。') : end}`
  }
}

function pageOf(one: Notification, mayRead: (one: Notification) => boolean): string {
  const { strategyId, threadId, boardId, activityId, reviewId, kind } = one
  if (reviewId !== null) return mayRead(one) ? `reviews/${reviewId}` : 'my-work#decisions'
  if (strategyId !== null) return `strategy/${strategyId}${threadId === null ? '' : `?thread=${threadId}`}`
  return `boards/${boardId}${queryOnBoard(kind, activityId)}`
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
}

function shorten(text: string, length: number): string {
  const letters = [...text]
  return letters.length <= length ? text : `${letters.slice(0, length - 1).join('')}…`
}
