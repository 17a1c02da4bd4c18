import type { Grouping } from './arrange'
import { codeOf } from './arrange'
import type { ViewFacts } from './use-view-facts'

/** What a group is called. */
export function groupName(by: Grouping, key: string, facts: ViewFacts): string {
  const { t } = facts
  switch (by) {
    case 'none':
      return ''
    case 'column':
      return facts.columns.get(key)?.said ?? ''
    case 'owner':
      return key === 'none' ? t('views.owner_none') : (facts.persons.get(key)?.name ?? t('views.gone'))
    case 'phase':
      return t(`views.phase_${key as 'plan'}`)
    case 'label':
      return key === 'none' ? t('views.label_none') : (facts.tags.get(key)?.name ?? t('views.gone'))
    case 'due':
      return t(`views.duegroup_${key as 'late'}`)
    case 'serves':
      return servedName(key, facts)
  }
}

/** "P1 Revenue per store stands still", "For whom". */
export function servedName(key: string, facts: ViewFacts): string {
  const { t } = facts
  if (key === 'none') return t('views.serves_none')
  const code = codeOf(key, facts)
  if (code === 'whom' || code === 'problem' || code === 'solution') return t(`views.slot_${code}`)
  const title = facts.items.get(key)?.title
  if (title === undefined) return t('views.gone')
  return code === title ? title : `${code} ${title}`
}
