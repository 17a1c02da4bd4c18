'use client'
import { formatNumber } from '@/app/_i18n/time'
import { keyName } from '@/app/_ui/keys'
import type { Card } from '@/lib/domain/card'
import { useOpenCard } from '../_board/use-board'
import { saidDates } from './say-dates'
import { asHeld, type Reschedule } from './use-reschedule'
import type { ViewFacts } from './use-view-facts'

/** Activities without a day: each is dragged onto one, or lifted by key. */
export function Undated({
  cards,
  facts,
  reschedule,
}: {
  cards: readonly Card[]
  facts: ViewFacts
  reschedule: Reschedule
}) {
  const { t, may } = facts
  const { show } = useOpenCard()
  const { held } = reschedule
  return (
    <aside className="tl-undated" aria-label={t('views.undated')}>
      <h2>
        {t('views.undated')} <span className="n num">{formatNumber(facts.language, cards.length)}</span>
      </h2>
      {may.edit && <p className="help">{t('views.undated_help')}</p>}
      <ul>
        {cards.map((card) => (
          <li key={card.id}>
            <button
              type="button"
              data-undated={card.id}
              data-held={held?.id === card.id || undefined}
              onPointerDown={(event) => reschedule.onPointerDown(event, card, 'all')}
              onClick={() => {
                if (!reschedule.dragged()) show(card.id)
              }}
              onKeyDown={(event) => {
                const key = keyName(event)
                const by = { ArrowRight: 1, ArrowLeft: -1, 'Shift+ArrowRight': 7, 'Shift+ArrowLeft': -7 }[
                  key ?? ''
                ]
                const mine = held?.keyed && held.id === card.id
                if (mine && by !== undefined) reschedule.shift(by)
                else if (mine && (key === 'Enter' || key === ' ')) {
                  reschedule.drop()
                  // It stands among the bars now, and the keys go on there.
                  requestAnimationFrame(() =>
                    document.querySelector<HTMLElement>(`[data-bar="${CSS.escape(card.id)}"]`)?.focus(),
                  )
                } else if (mine && key === 'Escape') reschedule.leave()
                else if (!mine && key === 'm' && may.edit) reschedule.hold(card.id, 'all')
                else return
                event.preventDefault()
                event.stopPropagation()
                event.nativeEvent.stopPropagation()
              }}
            >
              {card.title}
              {held?.id === card.id && held.keyed && (
                <b className="num">{saidDates(asHeld(card, held, facts.today), facts)}</b>
              )}
            </button>
          </li>
        ))}
      </ul>
    </aside>
  )
}
