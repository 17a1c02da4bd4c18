'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Icon } from '@/app/_ui/icon'
import { Menu } from '@/app/_ui/menu'
import { MenuItem } from '@/app/_ui/menu-items'
import type { Role } from '@/lib/domain/role'
import { useAct } from '../../_parts/use-act'
import { changeRole } from '../../actions'

/**
 * A member's role, and the others to choose from. A menu, not a select: arrows in a closed select change its value at
 * each press, and somebody would be owner for a moment on the way down. Lowering oneself is asked about first.
 */
export function RoleMenu({
  workspace,
  memberId,
  name,
  role,
  roles,
  me,
}: {
  workspace: string
  memberId: string
  name: string
  role: Role
  roles: readonly Role[]
  me: boolean
}) {
  const t = useWords()
  const act = useAct()
  const [asked, setAsked] = useState<Role | null>(null)
  const give = (to: Role, before: Role): Promise<boolean> =>
    act(
      changeRole,
      { workspace, memberId, role: to },
      t('people.role_changed', { name, role: t(`common.role_${to}`) }),
      me ? undefined : () => give(before, to),
    )
  return (
    <>
      <Menu
        label={t('people.role_menu', { name, role: t(`common.role_${role}`) })}
        trigger={
          <>
            {t(`common.role_${role}`)}
            <Icon name="down" />
          </>
        }
        align="end"
        width={340}
      >
        {roles.map((one) => (
          <MenuItem
            key={one}
            checked={one === role}
            sub={t(`people.role_${one}_does`)}
            onSelect={() => {
              if (one === role) return
              if (me) setAsked(one)
              else void give(one, role)
            }}
          >
            {t(`common.role_${one}`)}
          </MenuItem>
        ))}
      </Menu>
      <Dialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        title={t('people.own_role_title')}
        closeButton={false}
      >
        <p>{asked && t('people.own_role_body', { role: t(`common.role_${asked}`) })}</p>
        <footer>
          <Button onClick={() => setAsked(null)}>{t('common.cancel')}</Button>
          <Button
            look="danger"
            onClick={() => {
              if (asked) void give(asked, role)
              setAsked(null)
            }}
          >
            {t('people.own_role_do')}
          </Button>
        </footer>
      </Dialog>
    </>
  )
}
