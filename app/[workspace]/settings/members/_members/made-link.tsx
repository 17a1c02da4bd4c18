'use client'
import { useWords } from '@/app/_i18n/words-provider'
import { CopyField } from '@/app/_ui/copy-field'
import { OpenDialog } from '@/app/_ui/dialog-open'
import type { Role } from '@/lib/domain/role'

export { CopyField } from '@/app/_ui/copy-field'

/** The new link of an invitation. */
export function Renewed({
  link,
  email,
  role,
  days,
  close,
}: {
  link: string
  email: string | null
  role: Role
  /** How long a link works. */
  days: number
  close: () => void
}) {
  const t = useWords()
  return (
    <OpenDialog title={t('people.renew_title')} onClose={close} closeButton wide={false} sheet={false}>
      <p>{t('people.renew_done')}</p>
      <CopyField
        label={t(email ? 'people.link_for' : 'people.link_for_anyone', {
          email: email ?? '',
          role: t(`common.role_${role}`),
        })}
        value={link}
        help={t('people.invite_link_help', { days })}
      />
    </OpenDialog>
  )
}
