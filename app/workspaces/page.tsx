import { formatMoment } from '@/app/_i18n/time'
import { getWords, Words } from '@/app/_i18n/words'
import { MakeSample } from '@/app/_sample/make-sample'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Glyph } from '@/app/_ui/glyph'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'
import { myDeletedWorkspaces, myWorkspaces } from '@/lib/queries/workspaces'
import { Restore } from './restore'
import '../_sample/sample.css'
import './workspaces.css'

export default page('user', async ({ context }) => {
  const t = await getWords()
  const [workspaces, deleted, zone] = await Promise.all([
    myWorkspaces(context),
    myDeletedWorkspaces(context),
    readZone(),
  ])
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
                  <span>
                    {workspace.sample && <i className="chip">{t('shell.ui_example')}</i>}
                    {t(`common.role_${workspace.role}`)}
                  </span>
                  <span className="num">{t('people.people_count', { n: workspace.members })}</span>
                </li>
              ))}
            </ul>
            <LinkButton href="/new">{t('people.new_title')}</LinkButton>
          </>
        )}
        {!workspaces.some(({ sample }) => sample) && (
          <Words of={['sample.ui_*']}>
            <MakeSample language={context.language} />
          </Words>
        )}
        {deleted.length > 0 && (
          <section aria-labelledby="deleted">
            <h2 id="deleted">{t('people.workspaces_deleted')}</h2>
            <p>{t('people.workspaces_deleted_text')}</p>
            <ul>
              {deleted.map(({ id, name, until, now }) => (
                <li key={id}>
                  <b>{name}</b>
                  <span>
                    {t('people.workspaces_deleted_until', {
                      date: formatMoment(context.language, 'date', until, { now, zone }),
                    })}
                  </span>
                  <Restore id={id} name={name}>
                    {t('people.workspaces_restore')}
                  </Restore>
                </li>
              ))}
            </ul>
          </section>
        )}
      </main>
    </div>
  )
})
