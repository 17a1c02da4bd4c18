import type { Metadata } from 'next'
import { z } from 'zod'
import { formatMoment } from '@/app/_i18n/time'
import { getLanguage, getWords } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { viewInvitation } from '@/app/_server/invitation'
import { page } from '@/app/_server/page'
import { LinkButton } from '@/app/_ui/button'
import { PageTitle } from '@/app/_ui/page-title'
import { doorLink } from '../../door-visit'
import { Accept } from './accept'
import { SignOutHere } from './sign-out-here'

// The address is the key: it must not be told to wherever a link on this page leads.
export const metadata: Metadata = { referrer: 'no-referrer' }

/** What has become of a link that opens nothing: heading and advice. Neither names the workspace. */
const dead = {
  unknown: ['people.invite_unknown', 'people.invite_unknown_text'],
  used: ['people.invite_used', 'people.invite_used_text'],
  expired: ['people.invite_expired', 'people.invite_expired_text'],
} as const

export default page(
  'public',
  async ({ context, params: { token } }) => {
    const t = await getWords()
    const { view, user } = await viewInvitation(context, token)
    const next = `/invite/${token}`
    switch (view.state) {
      case 'unknown':
      case 'used':
      case 'expired': {
        const [heading, advice] = dead[view.state]
        return (
          <section>
            <PageTitle of={[t('people.invite_title')]} />
            <h1>{t(heading)}</h1>
            <p>{t(advice)}</p>
            {user === null ? (
              <LinkButton href="/sign-in" size="lg">
                {t('people.invite_sign_in')}
              </LinkButton>
            ) : (
              <LinkButton href="/workspaces" size="lg">
                {t('people.invite_home')}
              </LinkButton>
            )}
          </section>
        )
      }
      case 'wrong-address':
        return (
          <section>
            <PageTitle of={[t('people.invite_title')]} />
            <h1>{t('people.invite_wrong')}</h1>
            <p>{t('people.invite_wrong_text', { email: user?.email ?? '' })}</p>
            <SignOutHere userId={user?.id ?? ''}>{t('people.invite_sign_out')}</SignOutHere>
          </section>
        )
      case 'member':
        return (
          <section>
            <PageTitle of={[t('people.invite_title')]} />
            <h1>{t('people.invite_member', { workspace: view.workspace })}</h1>
            <LinkButton look="ink" size="lg" href={`/${view.slug}`}>
              {t('people.made_open')}
            </LinkButton>
          </section>
        )
      case 'open': {
        const [language, zone] = await Promise.all([getLanguage(), readZone()])
        const date = formatMoment(language, 'day', view.until, { now: view.now, zone })
        return (
          <section>
            <PageTitle of={[t('people.invite_title')]} />
            <h1>{t('people.invite_head', { inviter: view.inviter, workspace: view.workspace })}</h1>
            <p>
              {t('people.invite_as', {
                role: t(`common.role_${view.role}`),
                does: t(`people.role_${view.role}_does`),
              })}
            </p>
            <p>{t('people.invite_until', { date })}</p>
            {user === null ? (
              <>
                <p>{t(view.bound ? 'people.invite_bound' : 'people.invite_first')}</p>
                <LinkButton look="ink" size="lg" href={doorLink('/sign-up', next)}>
                  {t('people.invite_sign_up')}
                </LinkButton>
                <LinkButton size="lg" href={doorLink('/sign-in', next)}>
                  {t('people.invite_sign_in')}
                </LinkButton>
              </>
            ) : (
              <>
                <Accept token={token}>{t('people.invite_accept', { workspace: view.workspace })}</Accept>
                <p className="quiet">{t('people.invite_signed_in', { email: user.email })}</p>
              </>
            )}
          </section>
        )
      }
    }
  },
  z.object({ token: z.string().max(100) }),
)
