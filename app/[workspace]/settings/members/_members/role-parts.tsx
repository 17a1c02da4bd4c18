'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { OpenDialog } from '@/app/_ui/dialog-open'
import type { Panel } from '@/app/_ui/menu'
import { MenuItem } from '@/app/_ui/menu-items'
import { MenuPanel } from '@/app/_ui/menu-panel'
import type { Role } from '@/lib/domain/role'

/** The roles to choose from, each with what it may do. */
export function Roles({
  given,
  role,
  roles,
  choose,
}: {
  given: Panel
  role: Role
  roles: readonly Role[]
  choose: (one: Role) => void
}) {
  const t = useWords()
  return (
    <MenuPanel {...given}>
      {roles.map((one) => (
        <MenuItem
          key={one}
          checked={one === role}
          sub={t(`people.role_${one}_does`)}
          onSelect={() => choose(one)}
        >
          {t(`common.role_${one}`)}
        </MenuItem>
      ))}
    </MenuPanel>
  )
}

/** Asks before somebody lowers themselves. */
export function OwnRole({ to, close, give }: { to: Role; close: () => void; give: () => void }) {
  const t = useWords()
  return (
    <OpenDialog
      onClose={close}
      title={t('people.own_role_title')}
      closeButton={false}
      wide={false}
      sheet={false}
    >
      <p>{t('people.own_role_body', { role: t(`common.role_${to}`) })}</p>
      <footer>
        <Button onClick={close}>{t('common.cancel')}</Button>
        <Button look="danger" onClick={give}>
          {t('people.own_role_do')}
        </Button>
      </footer>
    </OpenDialog>
  )
}
