'use client'
import type { ReactNode } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import type { Language } from '@/lib/domain/language'
import { slotsOf } from './slots'
import './templates.css'

/** A first page as its card shows it: the positioning sentence in both languages. */
export interface TemplateCard {
  readonly id: 'restaurant-saas' | 'smart-tourism' | 'blank'
  readonly sentence: Readonly<Record<Language, string>>
}

/** The first pages to choose from, in the language the workspace will write in. */
export function Templates({
  label,
  cards,
  written,
}: {
  /** Names the choice; a heading beside it may already show it. */
  label: ReactNode
  cards: readonly TemplateCard[]
  written: Language
}) {
  const t = useWords()
  return (
    <fieldset className="tpl">
      <legend>{label}</legend>
      {cards.map((card, i) => (
        <label key={card.id}>
          <input type="radio" name="template" value={card.id} defaultChecked={i === 0} />
          <span
            className={card.id === 'blank' ? 'pg blank' : 'pg'}
            lang={written === 'zh' ? 'zh-Hans' : 'en'}
          >
            {card.id !== 'blank' && <Lines widths={['60%', '100%']} />}
            <span className="sentence">
              {slotsOf(card.sentence[written], written).map((piece) =>
                piece.slot ? <u key={piece.text}>{piece.text}</u> : piece.text,
              )}
            </span>
            {card.id !== 'blank' && <Lines widths={['80%']} />}
          </span>
          <span>
            <b>{t(`strategy.template_${card.id}`)}</b>
            <small>{t(`strategy.template_${card.id}_help`)}</small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function Lines({ widths }: { widths: readonly string[] }) {
  return widths.map((width) => <span key={width} className="skel" style={{ width }} aria-hidden="true" />)
}
