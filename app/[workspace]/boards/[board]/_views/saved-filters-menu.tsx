'use client'
import { useWords } from '@/app/_i18n/words-provider'
import type { Panel } from '@/app/_ui/menu'
import { MenuCap, MenuItem, MenuRule } from '@/app/_ui/menu-items'
import { MenuPanel } from '@/app/_ui/menu-panel'
import type { SavedFilter } from '@/lib/domain/saved-filter'
import { useBoardPart } from '../_board/use-board'
import { readFilter } from './filter'
import type { SavedDialog } from './saved-filters'
import { useFilter } from './use-filter'

/** Saved filters to choose from, and what can be done with them. */
export function SavedFiltersMenu({
  panel,
  inUse,
  open,
}: {
  panel: Panel
  inUse: string | null
  open: (dialog: SavedDialog) => void
}) {
  const t = useWords()
  const filters = useBoardPart((state) => state.filters)
  const me = useBoardPart((state) => state.me.memberId)
  const { asks, set } = useFilter()
  const own = filters.filter(({ memberId, shared }) => memberId === me && !shared)
  const shared = filters.filter((one) => one.shared)
  const item = ({ id, name, query }: SavedFilter) => (
    <MenuItem key={id} checked={id === inUse} onSelect={() => set(readFilter(new URLSearchParams(query)))}>
      {name}
    </MenuItem>
  )
  return (
    <MenuPanel {...panel}>
      {own.length > 0 && <MenuCap>{t('views.saved_mine')}</MenuCap>}
      {own.map(item)}
      {shared.length > 0 && <MenuCap>{t('views.saved_shared')}</MenuCap>}
      {shared.map(item)}
      {filters.length === 0 && <MenuCap>{t('views.saved_none')}</MenuCap>}
      <MenuRule />
      <MenuItem disabled={!asks} onSelect={() => open('save')} sub={asks ? undefined : t('views.save_what')}>
        {t('views.save_this')}
      </MenuItem>
      {filters.length > 0 && <MenuItem onSelect={() => open('manage')}>{t('views.saved_manage')}</MenuItem>}
    </MenuPanel>
  )
}
