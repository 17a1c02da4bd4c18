import type { Say } from '@/app/_i18n/say'
import { Badge } from '@/app/_ui/badge'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import type { MatrixHandOff } from '@/lib/domain/coherence/matrix'
import type { Language } from '@/lib/domain/language'
import type { CoherencePage } from '@/lib/queries/coherence'
import { cardHref } from '../../boards/board-href'
import { sayDay } from '../../my-work/_work/say-day'

/** What lies between two cells: pairs that pull apart, and hand-offs that are late or came back. */
export function Beside({ it, t, language }: { it: CoherencePage; t: Say; language: Language }) {
  const { conflicts, lateHandOffs, returnedHandOffs } = it.matrix
  const known = new Set<string>(lateHandOffs.map(({ handOffId }) => handOffId))
  const handOffs = [...lateHandOffs, ...returnedHandOffs.filter(({ handOffId }) => !known.has(handOffId))]
  return (
    <>
      {conflicts.length > 0 && (
        <section className="coh-part" aria-labelledby="pairs">
          <h2 id="pairs">{t('coherence.pairs')}</h2>
          <ul className="coh-lines">
            {conflicts.map(({ relationId, one, other, why }) => (
              <li key={relationId}>
                <span className="pair">
                  <Card id={one.activityId} it={it} language={language} />
                  <svg viewBox="0 0 20 20" aria-hidden="true">
                    <path d="M9 10H2m3-3-3 3 3 3M11 10h7m-3-3 3 3-3 3" />
                  </svg>
                  <Card id={other.activityId} it={it} language={language} />
                </span>
                {why && <q>{why}</q>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {handOffs.length > 0 && (
        <section className="coh-part" aria-labelledby="hand-offs">
          <h2 id="hand-offs">{t('coherence.hand_offs')}</h2>
          <ul className="coh-lines">
            {handOffs.map((handOff) => (
              <li key={handOff.handOffId}>
                <b>{handOff.title}</b>
                <State handOff={handOff} it={it} t={t} language={language} />
                <span className="pair">
                  <Card id={handOff.fromActivityId} it={it} language={language} />
                  {handOff.toActivityId && (
                    <>
                      <svg viewBox="0 0 20 20" aria-hidden="true">
                        <path d="M3 10h13m-4-4 4 4-4 4" />
                      </svg>
                      <Card id={handOff.toActivityId} it={it} language={language} />
                    </>
                  )}
                </span>
                {handOff.reason && <q>{handOff.reason}</q>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function State({
  handOff: { due, state },
  it,
  t,
  language,
}: {
  handOff: MatrixHandOff
  it: CoherencePage
  t: Say
  language: Language
}) {
  if (state === 'declined') return <Badge state="off">{t('coherence.hand_returned')}</Badge>
  return (
    <Badge state="risk">
      {t('coherence.hand_late', { day: due === null ? '' : sayDay(language, due, it.today) })}
    </Badge>
  )
}

/** A card by its department's mark and its title. */
export function Card({
  id,
  it,
  language,
}: {
  id: string
  it: Pick<CoherencePage, 'cards' | 'boards' | 'slug'>
  language: Language
}) {
  const card = it.cards.get(id)
  const board = it.boards.find(({ boardId }) => boardId === card?.boardId)
  if (!card || !board) return null
  return (
    <span className="coh-card">
      <DepartmentMark kind={board.kind} name={board.name} language={language} />
      <Link href={cardHref(it.slug, board, card.id)}>{card.title}</Link>
    </span>
  )
}
