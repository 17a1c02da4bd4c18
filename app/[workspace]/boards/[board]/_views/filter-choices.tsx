import type { Say } from '@/app/_i18n/say'
import { formatNumber } from '@/app/_i18n/time'
import { Avatar } from '@/app/_ui/avatar'
import { phases } from '@/lib/domain/column'
import { nextCycle } from '@/lib/domain/cycle'
import type { Language } from '@/lib/domain/language'
import { serve, slots } from '@/lib/domain/serves'
import type { ItemKind } from '@/lib/domain/strategy-item'
import type { BoardState } from '../_board/board-store'
import type { Choice } from './choices'
import { dues, type Filter, ME, matches, NONE, noFilter } from './filter'
import { cycleName } from './say-cycle'
import { factsOf } from './shown-cards'

export type FilterField = Exclude<keyof Filter, 'text'>

/** What can be served, in the order of the chain. */
const served: readonly ItemKind[] = ['segment', 'pain', 'gap', 'itch', 'delight', 'positioning', 'principle']

/** What one may choose for a field, each with how many cards of the board it stands for. */
export function filterChoices(
  state: BoardState,
  field: FilterField,
  chosen: readonly string[],
  t: Say,
  language: Language,
): Choice[] {
  const facts = factsOf(state)
  const cards = [...state.cards.values()]
  const counted = (choice: Choice): Choice => {
    const asked: Filter = {
      ...noFilter,
      [field]: field === 'due' || field === 'cycle' ? choice.value : [choice.value],
    }
    const n = cards.filter((card) => matches(card, asked, facts)).length
    return { ...choice, hint: formatNumber(language, n) }
  }
  return choicesOf(state, field, chosen, t).map(counted)
}

function choicesOf(state: BoardState, field: FilterField, chosen: readonly string[], t: Say): Choice[] {
  switch (field) {
    case 'owner':
      return [
        { value: ME, label: t('views.mine') },
        { value: NONE, label: t('views.owner_none') },
        ...state.people
          .filter(({ id }) => id !== state.me.memberId || chosen.includes(id))
          .map((person) => ({
            value: person.id as string,
            label: person.name,
            lead: <Avatar id={person.userId} name={person.name} image={person.image} size="sm" />,
          })),
      ]
    case 'phase':
      return phases.map((phase) => ({ value: phase, label: t(`views.phase_${phase}`) }))
    case 'label':
      return [
        ...state.labels
          .filter(({ id, removed }) => !removed || chosen.includes(id))
          .map((label) => ({
            value: label.id as string,
            label: label.name,
            lead: <span className="label-dot" data-tone={label.tone} aria-hidden="true" />,
          })),
        { value: NONE, label: t('views.label_none') },
      ]
    case 'due':
      return dues.map((due) => ({ value: due, label: t(`views.due_${due}`) }))
    case 'cycle': {
      const known = new Set<string>([state.cycle, nextCycle(state.cycle)])
      for (const { cycle } of state.cards.values()) if (cycle) known.add(cycle)
      for (const one of chosen) known.add(one)
      return [...known].sort().map((cycle) => ({
        value: cycle,
        label:
          cycle === state.cycle ? t('views.cycle_now', { name: cycleName(t, cycle) }) : cycleName(t, cycle),
      }))
    }
    case 'serves':
      return [{ value: NONE, label: t('views.serves_none') }, ...servable(state, chosen, t)]
  }
}

/** Items and slots of the strategy as choices, by kind. */
export function servable(state: Pick<BoardState, 'items'>, chosen: readonly string[], t: Say): Choice[] {
  return served.flatMap((kind) =>
    state.items
      .filter((item) => item.kind === kind && (!item.removed || chosen.includes(item.id)))
      .flatMap((item): Choice[] => {
        const group = t(`views.kind_${kind as 'segment'}`)
        if (kind === 'positioning')
          return slots.map((slot) => ({
            value: serve(item.id, slot),
            label: t(`views.slot_${slot}`),
            group,
          }))
        const label = item.code ? `${item.code} ${item.title}` : item.title
        return [{ value: item.id, label, quoted: true, group }]
      }),
  )
}
