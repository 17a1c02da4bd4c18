import type { Metadata } from 'next'
import { z } from 'zod'
import { getWords } from '@/app/_i18n/words'
import { page } from '@/app/_server/page'
import { PageTitle } from '@/app/_ui/page-title'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { readMailedLink } from '@/lib/queries/mailed-link'
import { resetPassword } from '../../actions'
import { DeadLink } from '../../dead-link'
import { NewPassword, OwnerAddress } from '../../fields'

// The address is the key: it must not be told to wherever a link on this page leads.
export const metadata: Metadata = { referrer: 'no-referrer' }

// Open to the signed-in as well: many open the mail where a session is still alive.
export default page(
  'public',
  async ({ context, params: { token } }) => {
    const t = await getWords()
    const link = await readMailedLink(context, 'reset', token)
    if (link.state !== 'open') return <DeadLink state={link.state} again="/reset" />
    return (
      <>
        <PageTitle of={[t('auth.choose_password')]} />
        <SubmitForm action={resetPassword} values={{ token }}>
          <h1>{t('auth.choose_password')}</h1>
          <p>{t('auth.choose_password_lead', { email: link.email })}</p>
          <OwnerAddress email={link.email} />
          <NewPassword label={t('auth.new_password')} />
          <Submit size="lg">{t('auth.set_password')}</Submit>
        </SubmitForm>
      </>
    )
  },
  z.object({ token: z.string().max(100) }),
)
