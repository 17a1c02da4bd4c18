'use client'
import { useRouter } from 'next/navigation'
import { useCallback, useRef, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Field, Input, Select } from '@/app/_ui/field'
import { Late } from '@/app/_ui/late'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { useToast } from '@/app/_ui/toast'
import type { Invited } from '@/lib/commands/invite-members'
import { isRole, type Role } from '@/lib/domain/role'
import { inviteMember } from '../../actions'
import { linkParts } from './link-parts'

/** Invites one person: by mail where the server sends mail, else by a link to hand on. */
export function InviteForm({
  workspace,
  roles,
  departments,
  pending,
  mails,
  days,
}: {
  workspace: string
  roles: readonly Role[]
  departments: readonly { readonly id: string; readonly name: string }[]
  /** The invitations on their way: id and end of each. */
  pending: readonly { readonly id: string; readonly until: number }[]
  mails: boolean
  /** How long an invitation works. */
  days: number
}) {
  const t = useWords()
  const toast = useToast()
  const router = useRouter()
  const forAnyone = useRef(false)
  const [made, setMade] = useState<(Invited & { readonly until: number | null }) | null>(null)

  // A link stays in sight only as long as it opens something: used, taken back or renewed, it goes.
  const line = made && pending.find((one) => one.id === made.id)
  if (made && line && made.until === null) setMade({ ...made, until: line.until })
  else if (made && made.until !== null && line?.until !== made.until) setMade(null)

  const invite = useCallback(
    (fields: { email: string; role: string; departmentId: string }) =>
      inviteMember({
        workspace,
        email: forAnyone.current ? null : fields.email,
        role: isRole(fields.role) ? fields.role : 'viewer',
        departmentId: fields.departmentId === '' ? null : fields.departmentId,
      }).then((answer) =>
        // The command counts the rows of a longer form; here there is one.
        answer.ok || answer.detail.field !== 'email-0'
          ? answer
          : { ...answer, detail: { ...answer.detail, field: 'email' } },
      ),
    [workspace],
  )
  return (
    <>
      <SubmitForm
        className="invite"
        onFocus={linkParts.warm}
        action={invite}
        clear
        done={(invited: Invited) => {
          setMade(invited.link === null ? null : { ...invited, until: null })
          if (invited.link === null)
            toast({ text: t('people.invite_mailed', { email: invited.email ?? '' }) })
          router.refresh()
        }}
      >
        <Field name="email" label={t('people.email')}>
          <Input type="email" autoComplete="off" placeholder={t('people.email_example')} />
        </Field>
        <Field name="role" label={t('people.role')}>
          <Select defaultValue={roles.includes('member') ? 'member' : roles[0]}>
            {roles.map((role) => (
              <option key={role} value={role}>
                {t(`common.role_${role}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field name="departmentId" label={t('people.invite_department')}>
          <Select defaultValue="">
            <option value="">{t('people.invite_no_department')}</option>
            {departments.map((department) => (
              <option key={department.id} value={department.id}>
                {department.name}
              </option>
            ))}
          </Select>
        </Field>
        <div className="row wrap">
          <Submit
            onClick={() => {
              forAnyone.current = false
            }}
          >
            {t(mails ? 'people.invite_send' : 'people.invite_make')}
          </Submit>
          <Submit
            look="outline"
            onClick={() => {
              forAnyone.current = true
            }}
          >
            {t('people.invite_link')}
          </Submit>
        </div>
      </SubmitForm>
      <div aria-live="polite">
        {made?.link && (
          <Late part={linkParts} missed={() => undefined}>
            {({ CopyField }) => (
              <CopyField
                label={
                  made.email
                    ? t('people.link_for', { email: made.email, role: t(`common.role_${made.role}`) })
                    : t('people.link_for_anyone', { role: t(`common.role_${made.role}`) })
                }
                value={made.link ?? ''}
                help={t('people.invite_link_help', { days })}
              />
            )}
          </Late>
        )}
      </div>
    </>
  )
}
