import { isLanguage, type Language } from '@/lib/domain/language'
import type { ClosedReview, Review } from '@/lib/domain/review'
import { readResult } from '@/lib/domain/review-result'
import { words } from '@/lib/i18n/words'
import type { Letter, Services } from './context'

/** A recap that could not leave within two days is history: the page has it. */
const LATE = 2 * 86_400_000

/**
 * Mails the recap of reviews that have just closed to those who took part: readable by someone who was not there. Each
 * is taken once, whoever closes or tries again. Answers how many letters left.
 */
export async function mailRecaps(
  services: Pick<Services, 'store' | 'mailer' | 'clock' | 'appUrl'>,
): Promise<number> {
  const { store, mailer, clock } = services
  if (!mailer.delivers) return 0
  const now = clock.now()
  const due = await store.transact((tx) => tx.reviews.takeUnmailed(new Date(now), new Date(now - LATE)))
  let sent = 0
  for (const review of due)
    if (review.state === 'closed')
      for (const letter of await letters(services, review)) if (await mailer.send(letter)) sent++
  return sent
}

async function letters(
  { store, appUrl }: Pick<Services, 'store' | 'appUrl'>,
  review: ClosedReview,
): Promise<Letter[]> {
  const workspace = await store.read.workspaces.find(review.workspaceId)
  if (!workspace) return []
  const readers = await store.transact((tx) => tx.reviews.letterReaders(review.participants))
  const text = new Map<Language, string>()
  return readers.map(({ name, email, locale }) => {
    const language = isLanguage(locale) ? locale : workspace.language
    const t = words(language)
    const recap = text.get(language) ?? recapOf(review, language)
    text.set(language, recap)
    return {
      to: email,
      subject: t('mail.recap_subject', { workspace: workspace.name, cycle: review.cycle }),
      text: t('mail.recap_text', {
        name,
        workspace: workspace.name,
        cycle: review.cycle,
        recap,
        link: `${appUrl}/${workspace.slug}/reviews/${review.id}`,
      }),
    }
  })
}

/** What was found and decided, in plain lines. */
function recapOf(review: Pick<Review, 'cycle'> & Pick<ClosedReview, 'result'>, language: Language): string {
  const t = words(language)
  const result = readResult(review.result)
  const held = result.measures.filter(({ outcome }) => outcome === 'held').length
  const verdict = { keep: t('mail.recap_keep'), adjust: t('mail.recap_adjust'), stop: t('mail.recap_stop') }
  const block = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`${title}\n${lines.map((line) => `- ${line}`).join('\n')}`]
  return [
    ...(result.goals === '' ? [] : [result.goals]),
    t('mail.recap_measures', { held, count: result.measures.length }),
    ...block(
      t('mail.recap_findings'),
      result.findings.map((finding) => `${verdict[finding.verdict]}: ${finding.text}`),
    ),
    ...block(
      t('mail.recap_decisions'),
      result.decisions.map(({ title, due }) => (due === null ? title : `${title} (${due})`)),
    ),
    ...(result.lessons === '' ? [] : [`${t('mail.recap_lessons')}\n${result.lessons}`]),
  ].join('\n\n')
}
