import { getLanguage, getWords } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'
import { boardsOverview } from '@/lib/queries/overview'
import { Lanes } from './_overview/lanes'
import { boardHref } from './board-href'
import './_overview/overview.css'

/** Every department's board at a glance, in the order of the chain. */
export default page('workspace.read', async ({ context }) => {
  const zone = await readZone()
  const [all, t, language] = await Promise.all([boardsOverview(context, zone), getWords(), getLanguage()])
  const { boards, slug } = all
  const sum = (of: 'cards' | 'effort' | 'late' | 'soon') => boards.reduce((n, board) => n + board[of], 0)
  const own = boards.find(({ mayEdit }) => mayEdit)
  return (
    <main className="lanes-page" id="main" tabIndex={-1}>
      <PageTitle of={[t('overview.title')]} />
      <header>
        <h1>{t('overview.title')}</h1>
        <p className="num">
          {sum('cards') > 0 &&
            t('overview.sum', {
              cards: sum('cards'),
              days: sum('effort'),
              late: sum('late'),
              soon: sum('soon'),
            })}
          <Link href={`/${slug}/measures`}>{t('shell.ui_measures')}</Link>
        </p>
      </header>
      {boards.length === 0 ? (
        <Empty level={2} title={t('overview.none')}>
          {t('overview.none_text')}
        </Empty>
      ) : (
        <>
          {sum('cards') === 0 && own && (
            <Empty
              level={2}
              title={t('overview.empty')}
              action={
                <LinkButton look="ink" href={boardHref(slug, own)}>
                  {t('overview.empty_act')}
                </LinkButton>
              }
            >
              {t('overview.empty_text')}
            </Empty>
          )}
          <Lanes overview={all} t={t} language={language} />
        </>
      )}
    </main>
  )
})
