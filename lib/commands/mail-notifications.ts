import type { Pending } from '@/db/repositories/notifications'
import { plainComment } from '@/lib/domain/mention'
import { MAIL_LATEST, MAIL_QUIET } from '@/lib/domain/notification'
import { strategyAccess } from '@/lib/domain/strategy-access'
import { words } from '@/lib/i18n/words'
import type { Letter, Services } from './context'

/** A letter is read in the tram; the rest is in the inbox. */
const LISTED = 20
/** Of one comment; its thread has all of it. */
const QUOTED = 600

/**
 * Sends what is due: one letter per member and strategy, when nothing more has come for a while. What was read
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
    if (strategyAccess({ role: reader.role }, strategy) === 'none') continue
    const letter = await letterOf(services, pending)
    if (letter && (await mailer.send(letter))) sent += 1
  }
  return sent
}

async function letterOf(
  { store, appUrl }: Pick<Services, 'store' | 'appUrl'>,
  { notifications, reader, strategy, strategyId, workspace }: Pending,
): Promise<Letter | null> {
  const t = words(reader.language ?? workspace.language)
  const [said, threads, members] = await Promise.all([
    store.read.threads.saidByIds(notifications.flatMap((one) => one.commentId ?? [])),
    store.read.threads.byIds([...new Set(notifications.flatMap((one) => one.threadId ?? []))]),
    store.read.members.list(strategy.workspaceId),
  ])
  const comments = new Map(said.map((comment) => [comment.id, comment]))
  const quotes = new Map(threads.map((thread) => [thread.id, thread.anchor.quote]))
  const names = new Map<string, string>(members.map((member) => [member.id, member.name]))
  const page = `${appUrl}/${workspace.slug}/strategy/${strategyId}`
  const entries = notifications.flatMap((one) => {
    const comment = one.commentId ? comments.get(one.commentId) : undefined
    // What was taken back before the letter left is not in it.
    if (one.commentId !== null && (!comment || comment.deletedAt !== null)) return []
    const quote = shorten((one.threadId && quotes.get(one.threadId)) || '', 80)
    const who = names.get(one.by) ?? t('mail.notify_former')
    const head = t(`mail.notify_${one.kind}${quote === '' ? '_plain' : ''}`, { who, quote })
    const body = comment
      ? shorten(
          plainComment(comment.text, (id) => names.get(id) ?? null),
          QUOTED,
        )
          .split('\n')
          .map((line) => `  ${line}`)
          .join('\n')
      : null
    const link = one.threadId ? `${page}?thread=${one.threadId}` : page
    return [[head, ...(body === null ? [] : [body]), link].join('\n')]
  })
  if (entries.length === 0) return null
  const more = entries.length - LISTED
  const inbox = `${appUrl}/${workspace.slug}/inbox`
  const list = [
    ...entries.slice(0, LISTED),
    ...(more > 0 ? [`${t('mail.notify_more', { count: more })}\n${inbox}`] : []),
  ].join('\n\n')
  return {
    to: reader.email,
    subject: t('mail.notify_subject', { title: strategy.title, count: entries.length }),
    text: t('mail.notify_text', {
      name: reader.name,
      title: strategy.title,
      workspace: workspace.name,
      list,
      off: `${appUrl}/account`,
    }),
  }
}

function shorten(text: string, length: number): string {
  const letters = [...text]
  return letters.length <= length ? text : `${letters.slice(0, length - 1).join('')}…`
}
