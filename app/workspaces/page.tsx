import { getWords } from '@/app/_i18n/words'
import { page } from '@/app/_server/page'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Glyph } from '@/app/_ui/glyph'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'
import { myWorkspaces } from '@/lib/queries/workspaces'
import './workspaces.css'

export default page('user', async ({ context }) => {
  const t = await getWords()
  const workspaces = await myWorkspaces(context)
  return (
    <div className="mine">
      <PageTitle of={[t('people.workspaces_title')]} />
      <header>
        <Link href="/">
          <Glyph />
          {t('shell.product')}
        </Link>
        <Link href="/account">{t('people.new_account', { email: context.user.email })}</Link>
      </header>
      <main id="main" tabIndex={-1}>
        <h1>{t('people.workspaces_title')}</h1>
        {workspaces.length === 0 ? (
          <Empty
            level={2}
            title={t('people.workspaces_empty')}
            action={
              <LinkButton look="ink" href="/new">
                {t('people.new_title')}
              </LinkButton>
            }
          >
            {t('people.workspaces_empty_text')}
          </Empty>
        ) : (
          <>
            <ul>
              {workspaces.map((workspace) => (
                <li key={workspace.id}>
                  <Link href={`/${workspace.slug}`}>{workspace.name}</Link>
                  <span>{t(`common.role_${workspace.role}`)}</span>
                  <span className="num">{t('people.people_count', { n: workspace.members })}</span>
                </li>
              ))}
            </ul>
            <LinkButton href="/new">{t('people.new_title')}</LinkButton>
          </>
        )}
      </main>
    </div>
  )
})
