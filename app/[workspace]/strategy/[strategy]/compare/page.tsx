import { z } from 'zod'
import { localeOf } from '@/app/_i18n/locale'
import { getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { LinkButton } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Link } from '@/app/_ui/link'
import { Menu } from '@/app/_ui/menu'
import { MenuItem } from '@/app/_ui/menu-items'
import { PageTitle } from '@/app/_ui/page-title'
import { compareStrategies } from '@/lib/queries/versions'
import { views } from '../_versions/address'
import { DiffChapters } from '../_versions/diff-sheet'
import { labelsIn } from '../_versions/labels'
import { summaryWords } from '../_versions/summary'
import '../strategy.css'
import '../_versions/versions.css'

const path = z.object({
  workspace: z.string().max(80),
  strategy: z.string().max(40),
  with: z.string().max(40).optional(),
  view: z.enum(views).default('text'),
})

/** Two alternative drafts, compared as two versions are. */
export default page(
  'strategy.read',
  async ({ context, params }) => {
    const t = await getWords()
    const { one, other, others, view, faces } = await compareStrategies(context, {
      strategyId: params.strategy,
      withId: params.with ?? null,
      labels: labelsIn(context.language),
    })
    const clock = { language: context.language, t, now: context.clock.now(), zone: await readZone() }
    const back = `/${params.workspace}/strategy/${one.id}`
    const link = (id: string | undefined, shape: string) =>
      `${back}/compare?${new URLSearchParams({ ...(id && { with: id }), ...(shape !== 'text' && { view: shape }) })}`
    return (
      <Words of={['versions.ui_*']}>
        <PageTitle of={[t('versions.drafts_title'), one.title]} />
        <section className="bar compare-bar" aria-label={t('versions.compare')}>
          <LinkButton size="sm" look="plain" href={back}>
            <Icon name="back" />
            {t('versions.back')}
          </LinkButton>
          <b>{t('versions.compare')}</b>
          <span className="chip">{one.title}</span>
          {others.length > 0 && <span className="quiet">{t('versions.with')}</span>}
          {others.length > 0 && (
            <Menu
              label={t('versions.drafts_pick')}
              triggerClassName="chip"
              trigger={
                <>
                  {other?.title ?? t('versions.drafts_choose')} <Icon name="down" />
                </>
              }
            >
              {others.map(({ id, title }) => (
                <MenuItem key={id} href={link(id, params.view)} checked={id === other?.id}>
                  {title}
                </MenuItem>
              ))}
            </Menu>
          )}
          <span className="grow" />
          {other && (
            // biome-ignore lint/a11y/useSemanticElements: links, not fields of a form
            <div className="seg" role="group" aria-label={t('versions.view')}>
              {views.map((shape) => (
                <Link
                  key={shape}
                  href={link(other.id, shape)}
                  aria-current={shape === params.view || undefined}
                >
                  {t(`versions.view_${shape}`)}
                </Link>
              ))}
            </div>
          )}
        </section>
        <div className="lay drafts" data-view={params.view}>
          <main className="sheet" id="main" tabIndex={-1}>
            {other && view ? (
              <>
                <h1>{t('versions.drafts_headline', { one: one.title, other: other.title })}</h1>
                <p className="sum num">
                  {summaryWords(t, view)} {t('versions.drafts_lead', { one: one.title, other: other.title })}
                </p>
                <DiffChapters
                  view={view}
                  faces={faces}
                  clock={clock}
                  shape={params.view === 'side' ? 'side' : 'text'}
                  lang={localeOf(one.language)}
                  me={context.user.id}
                  {...(params.view === 'policy' && { only: 'policy' as const })}
                />
              </>
            ) : (
              <div className="empty">
                <h1>{t('versions.drafts_title')}</h1>
                <p>{others.length > 0 ? t('versions.drafts_choose') : t('versions.drafts_none')}</p>
                <ul>
                  {others.map(({ id, title }) => (
                    <li key={id}>
                      <Link href={link(id, params.view)}>{title}</Link>
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </main>
        </div>
      </Words>
    )
  },
  path,
)
