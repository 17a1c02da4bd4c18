import { getWords } from '@/app/_i18n/words'
import { page } from '@/app/_server/page'
import { Field, Input } from '@/app/_ui/field'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { requestReset } from '../actions'
import { doorParams } from '../door-visit'

export default page(
  'public',
  async ({ context, params }) => {
    const t = await getWords()
    const mails = context.mailer.delivers
    const back = (
      <p>
        <Link href="/sign-in">{t('auth.back_to_sign_in')}</Link>
      </p>
    )
    if (params.sent !== undefined) {
      const title = mails ? t('auth.mail_sent') : t('auth.reset_sent_title_no_mail')
      return (
        <section>
          <PageTitle of={[title]} />
          <h1>{title}</h1>
          <p>{mails ? t('auth.reset_sent') : t('auth.reset_sent_no_mail')}</p>
          {back}
        </section>
      )
    }
    return (
      <>
        <PageTitle of={[t('auth.reset')]} />
        <SubmitForm action={requestReset}>
          <h1>{t('auth.reset')}</h1>
          <p>{mails ? t('auth.reset_lead') : t('auth.reset_lead_no_mail')}</p>
          <Field name="email" label={t('auth.email')}>
            <Input type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
          </Field>
          <Submit size="lg">{mails ? t('auth.reset_send') : t('auth.reset_ask')}</Submit>
        </SubmitForm>
        {back}
      </>
    )
  },
  doorParams,
)
