import type { ReactNode } from 'react'
import { localeOf } from '@/app/_i18n/locale'
import type { Say } from '@/app/_i18n/say'
import { formatList } from '@/app/_i18n/time'
import { LinkButton } from '@/app/_ui/button'
import type { MatrixCard } from '@/lib/domain/coherence/matrix'
import type { Language } from '@/lib/domain/language'
import type { CoherencePage } from '@/lib/queries/coherence'
import { cardHref } from '../../boards/board-href'
import { percent } from '../_parts/say'

/** Named in a line; the rest are counted and stand in the table. */
const NAMED = 4

/** What has come apart, in four sentences: each calm when there is nothing. */
export function Summary({ it, t, language }: { it: CoherencePage; t: Say; language: Language }) {
  const { matrix, slug } = it
  const { uncovered, petProjects, conflicts, lateHandOffs, returnedHandOffs } = matrix
  const late = lateHandOffs.length
  const returned = returnedHandOffs.length
  const cardAt = ({ activityId, boardId }: Pick<MatrixCard, 'activityId' | 'boardId'>) => {
    const board = it.boards.find((one) => one.boardId === boardId)
    return board ? cardHref(slug, board, activityId) : `/${slug}/boards`
  }
  const names = (titles: readonly string[]) => {
    const shown = formatList(language, titles.slice(0, NAMED))
    return titles.length > NAMED ? t('coherence.and_more', { words: shown, n: titles.length - NAMED }) : shown
  }
  const [first] = uncovered
  const accepted = matrix.rows.filter((row) => row.accepted !== null).length
  const [pet] = petProjects
  const [pair] = conflicts
  return (
    <div className="verdicts">
      <Said
        mark={<circle cx="10" cy="10" r="7" strokeDasharray={first ? '3 3' : undefined} />}
        calm={!first}
        title={
          !first && accepted > 0
            ? t('coherence.sum_accepted', { n: accepted })
            : t('coherence.sum_uncovered', { n: uncovered.length })
        }
        act={
          first && (
            <LinkButton size="sm" href={`#${first.itemId}`} data-soft={undefined}>
              {t('coherence.see')}
            </LinkButton>
          )
        }
      >
        {first ? (
          <span lang={it.language ? localeOf(it.language) : undefined}>
            {names(uncovered.map(({ code, title }) => (code ? `${code} ${title}` : title)))}
          </span>
        ) : (
          t('coherence.sum_uncovered_none')
        )}
      </Said>
      <Said
        mark={<path d="m10 3 7 7-7 7-7-7z" strokeDasharray={pet ? '3 2.5' : undefined} />}
        calm={!pet}
        title={t('coherence.sum_pets', { n: petProjects.length })}
        act={
          pet && (
            <LinkButton size="sm" href={`${cardAt(pet)}#serves`}>
              {t('coherence.connect')}
            </LinkButton>
          )
        }
      >
        {pet
          ? t('coherence.sum_pets_share', {
              titles: names(petProjects.map(({ title }) => title)),
              share: percent(language, matrix.petShare),
            })
          : t('coherence.sum_pets_none')}
      </Said>
      <Said
        mark={<path d="M9 10H2m3-3-3 3 3 3M11 10h7m-3-3 3 3-3 3" />}
        calm={!pair}
        title={t('coherence.sum_pairs', { n: conflicts.length })}
        act={
          pair && (
            <LinkButton size="sm" href="#pairs" data-soft={undefined}>
              {t('coherence.see')}
            </LinkButton>
          )
        }
      >
        {pair
          ? t('coherence.sum_pair', { one: pair.one.title, other: pair.other.title })
          : t('coherence.sum_pairs_none')}
      </Said>
      <Said
        mark={<path d="M2 10h11m-4-4 4 4-4 4M17 4v12" />}
        calm={late + returned === 0}
        title={t('coherence.sum_hand', { n: late + returned })}
        act={
          late + returned > 0 && (
            <LinkButton size="sm" href="#hand-offs" data-soft={undefined}>
              {t('coherence.see')}
            </LinkButton>
          )
        }
      >
        {late + returned > 0
          ? t('coherence.sum_hand_of', { late, returned, both: String(late > 0 && returned > 0) })
          : t('coherence.sum_hand_none')}
      </Said>
    </div>
  )
}

function Said({
  mark,
  calm,
  title,
  act,
  children,
}: {
  mark: ReactNode
  calm: boolean
  title: string
  act: ReactNode
  children: ReactNode
}) {
  return (
    <div data-calm={calm || undefined}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        {mark}
      </svg>
      <div>
        <b>{title}</b>
        <p>{children}</p>
      </div>
      {act}
    </div>
  )
}
