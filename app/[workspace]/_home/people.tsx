import type { Say } from '@/app/_i18n/say'
import { Avatar } from '@/app/_ui/avatar'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Key } from '@/app/_ui/key'
import { Link } from '@/app/_ui/link'
import type { Home } from '@/lib/queries/home'

/** As many as stand in one look; the rest are a link away. */
const SHOWN = 6

export function People({ home, t }: { home: Home; t: Say }) {
  const { people, slug } = home
  const members = `/${slug}/settings/members`
  const alone = people.length === 1 && home.mayInvite
  return (
    <section>
      <h2>
        {t('shell.home_people')} {people.length > 1 && <small className="num">{people.length}</small>}
      </h2>
      {alone ? (
        <Empty
          title={t('shell.home_alone')}
          action={
            <LinkButton href={`${members}#invite`}>
              {t('shell.home_invite')} <Key>G P</Key>
            </LinkButton>
          }
        >
          {t('shell.home_alone_text')}
        </Empty>
      ) : (
        <>
          <ul className="folk">
            {people.slice(0, SHOWN).map(({ memberId, role, me, ...face }) => (
              <li key={memberId}>
                <Avatar {...face} />
                <b>{face.name}</b>
                {me && <small>{t('shell.home_you')}</small>}
                <span>{t(`common.role_${role}`)}</span>
              </li>
            ))}
          </ul>
          <p className="more">
            <Link href={members}>{t('shell.home_all_people')}</Link>
          </p>
        </>
      )}
    </section>
  )
}
