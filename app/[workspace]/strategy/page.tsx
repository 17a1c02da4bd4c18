import { z } from 'zod'
import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'
import { templates } from '@/lib/document/templates'
import { words } from '@/lib/i18n/words'
import { strategiesPage } from '@/lib/queries/strategies'
import { NewStrategy } from './_list/new-strategy'
import { StrategyRow } from './_list/strategy-row'
import './_list/list.css'

const shelves = ['active', 'archived', 'trashed'] as const

export default page(
  'strategy.list',
  async ({ context, params }) => {
    const t = await getWords()
    const [language, zone] = await Promise.all([getLanguage(), readZone()])
    const { strategies, mayCreate } = await strategiesPage(context)
    const shelf = params.show
    const shown = strategies.filter((strategy) => strategy.status === shelf)
    const count = (status: string) => strategies.filter((strategy) => strategy.status === status).length
    const now = context.clock.now()
    const newStrategy = (
      <NewStrategy
        key={params.new}
        opened={params.new !== undefined}
        workspace={params.workspace}
        language={language}
        year={new Date(now).getUTCFullYear()}
        cards={[
          ...templates.map(({ id, positioning }) => ({ id, sentence: positioning })),
          {
            id: 'blank',
            sentence: { en: words('en')('people.blank_sentence'), zh: words('zh')('people.blank_sentence') },
          },
        ]}
      />
    )
    return (
      <Words of={['strategy', 'exchange']}>
        <PageTitle of={[t('strategy.list_title')]} />
        <main className="sheet list" id="main" tabIndex={-1}>
          <header className="list-head">
            <div>
              <h1>{t('strategy.list_title')}</h1>
              <p>{t('strategy.list_lead')}</p>
            </div>
            {mayCreate && shown.length > 0 && newStrategy}
          </header>
          <nav className="tabs" aria-label={t('strategy.list_title')}>
            {shelves
              .filter((status) => status !== 'trashed' || mayCreate)
              .map((status) => (
                <Link
                  key={status}
                  href={status === 'active' ? '?' : `?show=${status}`}
                  aria-current={status === shelf ? 'page' : undefined}
                >
                  {t(`strategy.show_${status}`)}
                  {count(status) > 0 && <span className="quiet num">{count(status)}</span>}
                </Link>
              ))}
          </nav>
          {shelf === 'trashed' && shown.length > 0 && (
            <p className="quiet list-note">{t('strategy.trash_note')}</p>
          )}
          {shown.length > 0 ? (
            <ul className="strategies">
              {shown.map((strategy) => (
                <StrategyRow
                  key={strategy.id}
                  workspace={params.workspace}
                  strategy={{ ...strategy, changedAt: strategy.changedAt.getTime() }}
                  {...{ t, language, now, zone }}
                />
              ))}
            </ul>
          ) : (
            <Empty
              level={2}
              title={
                shelf === 'active' && !mayCreate
                  ? t('strategy.empty_active_reader')
                  : t(`strategy.empty_${shelf}`)
              }
              action={mayCreate && shelf === 'active' ? newStrategy : undefined}
            />
          )}
        </main>
      </Words>
    )
  },
  z.object({
    workspace: z.string(),
    show: z.enum(shelves).catch('active').default('active'),
    /** The palette and the key C come with it: the dialog is open at once. */
    new: z.string().optional().catch(undefined),
  }),
)
