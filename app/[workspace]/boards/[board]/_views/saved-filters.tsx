'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Icon } from '@/app/_ui/icon'
import { Late, latePart } from '@/app/_ui/late'
import { Menu, type Panel } from '@/app/_ui/menu'
import { useBoardPart } from '../_board/use-board'
import { asksNothing, readFilter, writeFilter } from './filter'
import { useFilter } from './use-filter'

const menu = latePart(() => import('./saved-filters-menu').then((module) => module.SavedFiltersMenu))
const dialogs = latePart(() => import('./saved-filters-dialogs').then((module) => module.SavedFiltersDialogs))

export type SavedDialog = 'save' | 'manage' | null

/** Filters under a name: one's own and those everybody uses. */
export function SavedFilters() {
  const t = useWords()
  const [dialog, setDialog] = useState<SavedDialog>(null)
  const filters = useBoardPart((state) => state.filters)
  const { filter, asks } = useFilter()
  const asked = writeFilter(filter).toString()
  const inUse = asks
    ? filters.find(({ query }) => {
        const saved = readFilter(new URLSearchParams(query))
        return !asksNothing(saved) && writeFilter(saved).toString() === asked
      })
    : undefined
  return (
    <>
      <Menu
        label={t('views.saved')}
        trigger={
          <>
            <span className="words">{inUse ? inUse.name : t('views.saved')}</span>
            <Icon name="down" />
          </>
        }
        triggerClassName={inUse ? 'chip saved on' : 'chip saved'}
        width={280}
        warm={menu.warm}
        panel={(given: Panel) => (
          <Late part={menu} missed={given.close}>
            {(SavedFiltersMenu) => (
              <SavedFiltersMenu panel={given} inUse={inUse?.id ?? null} open={setDialog} />
            )}
          </Late>
        )}
      />
      {dialog && (
        <Late part={dialogs} missed={() => setDialog(null)}>
          {(SavedFiltersDialogs) => <SavedFiltersDialogs dialog={dialog} close={() => setDialog(null)} />}
        </Late>
      )}
    </>
  )
}
