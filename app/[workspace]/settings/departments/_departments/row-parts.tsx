'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { OpenDialog } from '@/app/_ui/dialog-open'
import type { Panel } from '@/app/_ui/menu'
import { MenuItem, MenuRule } from '@/app/_ui/menu-items'
import { MenuPanel } from '@/app/_ui/menu-panel'

/** What else can be done with a department. */
export function RowMenu({
  given,
  rename,
  archive,
}: {
  given: Panel
  rename: () => void
  /** Null where this one has to stay. */
  archive: (() => void) | null
}) {
  const t = useWords()
  return (
    <MenuPanel {...given}>
      <MenuItem onSelect={rename}>{t('people.dep_rename')}</MenuItem>
      {archive && (
        <>
          <MenuRule />
          <MenuItem danger onSelect={archive}>
            {t('people.dep_archive')}
          </MenuItem>
        </>
      )}
    </MenuPanel>
  )
}

/** What can be done with somebody who works here. */
export function PersonMenu({
  given,
  lead,
  set,
}: {
  given: Panel
  lead: boolean
  set: (to: 'lead' | 'member' | null) => void
}) {
  const t = useWords()
  return (
    <MenuPanel {...given}>
      <MenuItem onSelect={() => set(lead ? 'member' : 'lead')}>
        {t(lead ? 'people.person_make_member' : 'people.person_make_lead')}
      </MenuItem>
      <MenuRule />
      <MenuItem onSelect={() => set(null)}>{t('people.person_take_out')}</MenuItem>
    </MenuPanel>
  )
}

/** Those who could work here. */
export function OthersMenu<P extends { readonly id: string; readonly name: string }>({
  given,
  others,
  add,
}: {
  given: Panel
  others: readonly P[]
  add: (person: P) => void
}) {
  const t = useWords()
  return (
    <MenuPanel {...given}>
      {others.length === 0 && <MenuItem disabled>{t('people.person_add_none')}</MenuItem>}
      {others.map((person) => (
        <MenuItem key={person.id} onSelect={() => add(person)}>
          {person.name}
        </MenuItem>
      ))}
    </MenuPanel>
  )
}

/** Asks before a department is put away. */
export function Archiving({
  name,
  close,
  archive,
}: {
  name: string
  close: () => void
  archive: () => void
}) {
  const t = useWords()
  return (
    <OpenDialog
      onClose={close}
      title={t('people.dep_archive_title', { department: name })}
      closeButton={false}
      wide={false}
      sheet={false}
    >
      <p>{t('people.dep_archive_body')}</p>
      <footer>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Button look="danger" onClick={archive}>
          {t('people.dep_archive_do')}
        </Button>
      </footer>
    </OpenDialog>
  )
}

export { Rename } from './rename'
