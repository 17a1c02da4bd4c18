'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Segmented } from '@/app/_ui/segmented'
import { warmView } from './shown-view'
import { useView, viewNames } from './use-filter'

/** Board, list, timeline, calendar: the same cards in other shapes. */
export function ViewSwitch() {
  const t = useWords()
  const { view, show } = useView()
  return (
    <div className="view-switch">
      <Segmented
        label={t('views.view')}
        value={view}
        options={viewNames.map((name) => ({
          value: name,
          label: <span onPointerEnter={() => warmView(name)}>{t(`views.view_${name}`)}</span>,
        }))}
        onChange={show}
      />
    </div>
  )
}
