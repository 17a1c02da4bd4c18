import { getWords } from '@/app/_i18n/words'
import { page } from '@/app/_server/page'
import { Field, Input } from '@/app/_ui/field'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import { signIn } from '../actions'
import { doorLink, doorParams, isInvited, wayBack } from '../door-visit'
import { OtherWays } from '../other-ways'

export default page(
  'guest',
  async ({ context, params }) => {
    const t = await getWords()
    const next = wayBack(params, context.appUrl)
    return (
      <>
        <PageTitle of={[t('auth.sign_in')]} />
        <SubmitForm action={signIn} values={{ next }}>
          <h1>{t('auth.sign_in')}</h1>
          <p>{isInvited(next) ? t('auth.sign_in_invited') : t('auth.sign_in_lead')}</p>
          {params.error !== undefined && (
            <p className="error" role="alert">
              {t('auth.provider_failed')}
            </p>
          )}
          <Field name="email" label={t('auth.email')}>
            <Input type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
          </Field>
          <Field
            name="password"
            label={t('auth.password')}
            aside={<Link href="/reset">{t('auth.forgot')}</Link>}
          >
            <Input type="password" autoComplete="current-password" required />
          </Field>
          <Submit size="lg">{t('auth.sign_in')}</Submit>
        </SubmitForm>
        <OtherWays next={next} />
        <p className="quiet">
          {t('auth.no_user')} <Link href={doorLink('/sign-up', next)}>{t('auth.to_sign_up')}</Link>
        </p>
      </>
    )
  },
  doorParams,
)
