import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { readTheme, readZone } from '@/app/_server/appearance'
import { providers } from '@/app/_server/auth'
import { findLastWorkspace } from '@/app/_server/last-workspace'
import { page } from '@/app/_server/page'
import { Check } from '@/app/_ui/check'
import { Field, Input } from '@/app/_ui/field'
import { Glyph } from '@/app/_ui/glyph'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'
import { Submit } from '@/app/_ui/submit-form'
import { readAccount } from '@/lib/queries/account'
import { formatList, formatMoment } from '../_i18n/time'
import { changeEmail, changePassword, setMails, updateProfile } from './actions'
import { Appearance } from './appearance'
import { Calendars } from './calendars'
import { SaidForm } from './said-form'
import { Sessions } from './sessions'
import './account.css'

export default page('user', async ({ context }) => {
  const [t, language, theme, account, zone, last] = await Promise.all([
    getWords(),
    getLanguage(),
    readTheme(),
    readAccount(context),
    readZone(),
    findLastWorkspace(context),
  ])
  const mails = context.mailer.delivers
  const names = providers()
    .filter((provider) => account.providers.includes(provider.id))
    .map((provider) => provider.name)
  return (
    <>
      <PageTitle of={[t('auth.account')]} />
      <header className="account-top">
        <Link className="brand" href="/">
          <Glyph />
          {t('shell.product')}
        </Link>
        {last && (
          <Link className="back" href={`/${last.slug}`}>
            {t('auth.back_to', { workspace: last.name })}
          </Link>
        )}
      </header>
      <main className="account" id="main" tabIndex={-1}>
        <h1>{t('auth.account')}</h1>

        <section aria-labelledby="profile">
          <header>
            <h2 id="profile">{t('auth.profile')}</h2>
          </header>
          <SaidForm action={updateProfile} said={t('auth.saved')}>
            <Field name="name" label={t('auth.name')} help={t('auth.name_help')}>
              <Input autoComplete="name" defaultValue={account.name} required />
            </Field>
            <dl className="fact">
              <dt className="label">{t('auth.email')}</dt>
              <dd>{account.email}</dd>
              <dd className="help">{t('auth.email_help')}</dd>
            </dl>
            <Submit>{t('common.save')}</Submit>
          </SaidForm>
        </section>

        <section aria-labelledby="email">
          <header>
            <h2 id="email">{t('auth.change_email')}</h2>
            <p>
              {t(
                !mails
                  ? 'auth.change_email_lead_no_mail'
                  : account.hasPassword
                    ? 'auth.change_email_lead'
                    : 'auth.change_email_told',
              )}
            </p>
          </header>
          {account.hasPassword || mails ? (
            <SaidForm action={changeEmail} said={t(mails ? 'auth.email_sent' : 'auth.email_changed')} clear>
              <Field name="email" label={t('auth.new_email')}>
                <Input type="email" autoComplete="email" autoCapitalize="none" spellCheck={false} required />
              </Field>
              {account.hasPassword && (
                <Field name="present" label={t('auth.email_password')}>
                  <Input type="password" autoComplete="current-password" required />
                </Field>
              )}
              <Submit>{t('auth.change_email_do')}</Submit>
            </SaidForm>
          ) : (
            <p>
              {t('auth.change_email_no_password')} <Link href="/reset">{t('auth.no_password_set')}</Link>
            </p>
          )}
        </section>

        <section aria-labelledby="appearance">
          <header>
            <h2 id="appearance">{t('auth.appearance')}</h2>
          </header>
          <Words
            of={[
              'auth.language',
              'auth.theme',
              'auth.light',
              'auth.dark',
              'auth.system',
              'shell.ui_not_kept',
            ]}
          >
            <Appearance theme={theme} />
          </Words>
        </section>

        {account.mails !== null && (
          <section aria-labelledby="mails">
            <header>
              <h2 id="mails">{t('auth.mails_title')}</h2>
            </header>
            <SaidForm action={setMails} said={t('auth.saved')}>
              <Check name="mails" defaultChecked={account.mails} help={t('auth.mails_help')}>
                {t('auth.mails')}
              </Check>
              <Submit>{t('common.save')}</Submit>
            </SaidForm>
          </section>
        )}

        {account.calendars.length > 0 && (
          <section aria-labelledby="calendar">
            <header>
              <h2 id="calendar">{t('calendar.title')}</h2>
              <p>{t('calendar.lead')}</p>
            </header>
            <Words of={['calendar.ui_*']}>
              <Calendars
                calendars={account.calendars.map(({ since, ...calendar }) => ({
                  ...calendar,
                  since:
                    since === null
                      ? null
                      : formatMoment(language, 'date', since, { now: context.clock.now(), zone }),
                }))}
              />
            </Words>
          </section>
        )}

        <section aria-labelledby="password">
          <header>
            <h2 id="password">{t('auth.change_password')}</h2>
            {account.hasPassword && <p>{t('auth.change_password_lead')}</p>}
          </header>
          {account.hasPassword ? (
            <SaidForm action={changePassword} said={t('auth.changed')} clear>
              <input
                type="email"
                name="email"
                autoComplete="username"
                value={account.email}
                readOnly
                hidden
              />
              <Field name="present" label={t('auth.present_password')}>
                <Input type="password" autoComplete="current-password" required />
              </Field>
              <Field name="password" label={t('auth.new_password')} help={t('auth.password_help')}>
                <Input type="password" autoComplete="new-password" required />
              </Field>
              <Submit>{t('auth.change')}</Submit>
            </SaidForm>
          ) : (
            <div>
              <p>
                {names.length > 0
                  ? t('auth.no_password', { providers: formatList(language, names) })
                  : t('auth.no_password_yet')}
              </p>
              <p>
                <Link href="/reset">{t('auth.no_password_set')}</Link>
              </p>
            </div>
          )}
        </section>

        <section aria-labelledby="sessions">
          <header>
            <h2 id="sessions">{t('auth.sessions')}</h2>
            <p>{t('auth.sessions_lead')}</p>
          </header>
          <div>
            <Sessions sessions={account.sessions} userId={context.user.id} now={context.clock.now()} />
          </div>
        </section>
      </main>
    </>
  )
})
