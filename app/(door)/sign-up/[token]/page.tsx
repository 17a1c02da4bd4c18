import type { Metadata } from 'next'
import { z } from 'zod'
import { getWords } from '@/app/_i18n/words'
import { page } from '@/app/_server/page'
import { PageTitle } from '@/app/_ui/page-title'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { readMailedLink } from '@/lib/queries/mailed-link'
import { finishSignUp } from '../../actions'
import { DeadLink } from '../../dead-link'
import { NewPassword, OwnerAddress, PersonName } from '../../fields'

// The address is the key: it must not be told to wherever a link on this page leads.
export const metadata: Metadata = { referrer: 'no-referrer' }

export default page(
  'guest',
  async ({ context, params: { token } }) => {
    const t = await getWords()
    const link = await readMailedLink(context, 'signUp', token)
    if (link.state !== 'open') return <DeadLink state={link.state} again="/sign-up" />
    return (
      <>
        <PageTitle of={[t('auth.finish_sign_up')]} />
        <SubmitForm action={finishSignUp} values={{ token }}>
          <h1>{t('auth.finish_sign_up')}</h1>
          <p>{t('auth.finish_sign_up_lead', { email: link.email })}</p>
          <PersonName />
          <OwnerAddress email={link.email} />
          <NewPassword label={t('auth.password')} />
          <Submit size="lg">{t('auth.finish')}</Submit>
        </SubmitForm>
      </>
    )
  },
  z.object({ token: z.string().max(100) }),
)
