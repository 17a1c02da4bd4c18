import type { Metadata } from 'next'
import { z } from 'zod'
import { getWords } from '@/app/_i18n/words'
import { page } from '@/app/_server/page'
import { PageTitle } from '@/app/_ui/page-title'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { readMailedLink } from '@/lib/queries/mailed-link'
import { confirmEmail } from '../../../actions'
import { DeadLink } from '../../../dead-link'

// The address is the key: it must not be told to wherever a link on this page leads.
export const metadata: Metadata = { referrer: 'no-referrer' }

// A button, because mail scanners open every link they see; and for anybody, because mails are read on other devices.
export default page(
  'public',
  async ({ context, params: { token } }) => {
    const t = await getWords()
    const link = await readMailedLink(context, 'emailChange', token)
    if (link.state !== 'open') return <DeadLink state={link.state} again="/account" />
    return (
      <>
        <PageTitle of={[t('auth.confirm_email')]} />
        <SubmitForm action={confirmEmail} values={{ token }}>
          <h1>{t('auth.confirm_email')}</h1>
          <p>{t('auth.confirm_email_lead', { name: link.name ?? '', email: link.email })}</p>
          <Submit size="lg">{t('auth.confirm_email_do')}</Submit>
        </SubmitForm>
      </>
    )
  },
  z.object({ token: z.string().max(100) }),
)
