'use client'
import { useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Icon } from '@/app/_ui/icon'
import { Late, latePart } from '@/app/_ui/late'
import { Menu } from '@/app/_ui/menu'
import type { Role } from '@/lib/domain/role'
import { useAct } from '../../_parts/use-act'
import { changeRole } from '../../actions'

const parts = latePart(() => import('./role-parts'))

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
        warm={parts.warm}
        panel={(given) => (
          <Late part={parts} missed={given.close}>
            {({ Roles }) => (
              <Roles
                {...{ given, role, roles }}
                choose={(one) => {
                  if (one === role) return
                  if (me) setAsked(one)
                  else void give(one, role)
                }}
              />
            )}
          </Late>
        )}
      />
      {asked && (
        <Late part={parts} missed={() => setAsked(null)}>
          {({ OwnRole }) => (
            <OwnRole
              to={asked}
              close={() => setAsked(null)}
              give={() => {
                void give(asked, role)
                setAsked(null)
              }}
            />
          )}
        </Late>
      )}
    </>
  )
}
