import { getWords } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { Badge } from '@/app/_ui/badge'
import { Moment } from '@/app/_ui/moment'
import { Submit, SubmitForm } from '@/app/_ui/submit-form'
import type { Device } from '@/lib/domain/device'
import type { Words } from '@/lib/i18n/words'
import type { AccountPage } from '@/lib/queries/account'
import { revokeOtherSessions, revokeSession } from './actions'
import { SignOutButton } from './sign-out-button'

/** Every place the user is signed in, each with a way to end it. */
export async function Sessions({
  sessions,
  userId,
  now,
}: {
  sessions: AccountPage['sessions']
  userId: string
  now: number
}) {
  const [t, zone] = await Promise.all([getWords(), readZone()])
  return (
    <>
      <ul className="sessions">
        {sessions.map((session) => {
          const device = deviceWords(t, session.device)
          return (
            <li key={session.id}>
              <div>
                <p>
                  <b>{device}</b> {session.current && <Badge>{t('auth.here')}</Badge>}
                </p>
                <p className="quiet">
                  <span>{session.address}</span>
                  <span>
                    {t('auth.seen')} <Moment at={session.seenAt} now={now} zone={zone} style="ago" />
                  </span>
                  <span>
                    {t('auth.signed_in')} <Moment at={session.createdAt} now={now} zone={zone} style="date" />
                  </span>
                </p>
              </div>
              {session.current ? (
                <SignOutButton userId={userId} label={t('auth.sign_out')} />
              ) : (
                <SubmitForm action={revokeSession} values={{ sessionId: session.id }}>
                  <Submit look="outline" size="sm" aria-label={t('auth.sign_out_device', { device })}>
                    {t('auth.sign_out')}
                  </Submit>
                </SubmitForm>
              )}
            </li>
          )
        })}
      </ul>
      {sessions.length > 1 ? (
        <SubmitForm action={revokeOtherSessions}>
          <Submit look="outline">{t('auth.sign_out_others')}</Submit>
        </SubmitForm>
      ) : (
        <p className="quiet">{t('auth.only_here')}</p>
      )}
    </>
  )
}

function deviceWords(t: Words, { browser, system }: Device): string {
  if (browser && system) return t('auth.device', { browser, system })
  if (browser) return browser
  return system ? t('auth.device_system', { system }) : t('auth.device_unknown')
}
