import type { Say } from '@/app/_i18n/say'
import type { Language } from '@/lib/domain/language'
import type { CoherencePage } from '@/lib/queries/coherence'
import { Card } from '../_matrix/beside'

/** Activities whose words have moved, with who has not answered. */
export function Moved({ it, t, language }: { it: CoherencePage; t: Say; language: Language }) {
  if (it.moved.length === 0) return null
  return (
    <section className="coh-part" aria-labelledby="moved">
      <h2 id="moved">{t('coherence.moved_title', { n: it.moved.length })}</h2>
      <p className="lead">{t('coherence.moved_text')}</p>
      <ul className="coh-lines">
        {it.moved.map(({ activityId, ownerId, impacts }) => {
          const owner = it.people.find(({ id }) => id === ownerId)
          const [last] = impacts
          return (
            <li key={activityId}>
              <Card id={activityId} it={it} language={language} />
              <span className="quiet">
                {owner ? t('coherence.moved_who', { name: owner.name }) : t('coherence.moved_nobody')}
              </span>
              {last && (
                <span className="was">
                  <del>{last.was}</del> <ins>{last.now}</ins>
                </span>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
