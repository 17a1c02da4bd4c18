import { getWords } from '@/app/_i18n/words'
import { page } from '@/app/_server/page'
import { Field, Input } from '@/app/_ui/field'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { requestSignUp, signUp } from '../actions'
import { doorLink, doorParams, isInvited, wayBack } from '../door-visit'
import { NewPassword, PersonName } from '../fields'
import { OtherWays } from '../other-ways'

export default page(
  'guest',
  async ({ context, params }) => {
    const t = await getWords()
    const next = wayBack(params, context.appUrl)
    const mails = context.mailer.delivers
    if (mails && params.sent !== undefined) return <Sent />
    const email = (
      <Field name="email" label={t('auth.email')}>
        <Input type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
      </Field>
    )
    return (
      <>
        <PageTitle of={[t('auth.sign_up')]} />
        <SubmitForm action={mails ? requestSignUp : signUp} values={{ next }}>
          <h1>{t('auth.sign_up')}</h1>
          <p>
            {mails ? t('auth.sign_up_mail_lead') : t('auth.sign_up_lead')}{' '}
            {isInvited(next) && t('auth.sign_up_invited')}
          </p>
          {mails ? (
            <>
              {email}
              <Submit size="lg">{t('auth.send_mail')}</Submit>
            </>
          ) : (
            <>
              <PersonName />
              {email}
              <NewPassword label={t('auth.password')} />
              <Submit size="lg">{t('auth.sign_up')}</Submit>
            </>
          )}
        </SubmitForm>
        <OtherWays next={next} />
        <p className="quiet">
          {t('auth.has_user')} <Link href={doorLink('/sign-in', next)}>{t('auth.to_sign_in')}</Link>
        </p>
      </>
    )
  },
  doorParams,
)

async function Sent() {
  const t = await getWords()
  return (
    <section>
      <PageTitle of={[t('auth.mail_sent')]} />
      <h1>{t('auth.mail_sent')}</h1>
      <p>{t('auth.sign_up_sent')}</p>
      <p>
        <Link href="/sign-up">{t('auth.other_address')}</Link>
      </p>
    </section>
  )
}
