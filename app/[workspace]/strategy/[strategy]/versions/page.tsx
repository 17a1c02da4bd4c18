import { Suspense } from 'react'
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
import { Skeleton } from '@/app/_ui/skeleton'
import type { Context } from '@/lib/commands/context'
import { betweenSentences } from '@/lib/domain/comma'
import { Refusal } from '@/lib/domain/refusal'
import { readMoment, type Version } from '@/lib/domain/version'
import { isId } from '@/lib/kit/ids'
import { compareVersions, type VersionsPage, versionsPage } from '@/lib/queries/versions'
import { type Address, addressOf, views } from '../_versions/address'
import { DiffChapters } from '../_versions/diff-sheet'
import { labelsIn } from '../_versions/labels'
import { VersionList } from '../_versions/list'
import { NameVersion } from '../_versions/name-version'
import { RestoreVersion } from '../_versions/restore-version'
import { summaryWords } from '../_versions/summary'
import { versionTitle } from '../_versions/title'
import type { Clockwork } from '../_versions/when'
import '../strategy.css'
import '../_versions/versions.css'

const moment = z.string().transform((value, issue) => {
  const read = readMoment(value)
  if (read === null) issue.addIssue('no such moment')
  return read ?? z.NEVER
})

const path = z.object({
  workspace: z.string().max(80),
  strategy: z.string().max(40),
  from: moment.optional(),
  to: moment.optional(),
  view: z.enum(views).default('text'),
  person: z
    .string()
    .refine((id) => isId('usr', id))
    .or(z.literal(''))
    .optional(),
  q: z.string().max(80).optional(),
  named: z.enum(['1']).optional(),
  below: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .optional(),
})

export default page(
  'strategy.read',
  async ({ context, params }) => {
    const t = await getWords()
    const at: Address = {
      from: params.from ?? null,
      to: params.to ?? null,
      view: params.view,
      person: params.person || null,
      name: params.q?.trim() || null,
      named: params.named === '1',
      below: params.below ? Number(params.below) : null,
    }
    const found = await versionsPage(context, { ...at, strategyId: params.strategy, userId: at.person })
    const clock = { language: context.language, t, now: context.clock.now(), zone: await readZone() }
    const strategyPath = `/${params.workspace}/strategy/${found.strategy.id}`
    const here = `${strategyPath}/versions`
    const link = (change: Partial<Address>) => addressOf(here, { ...at, ...change })
    const person = found.people.find(({ id }) => id === at.person)
    return (
      <Words of={['versions.ui_*']}>
        <PageTitle of={[t('versions.title'), found.strategy.title]} />
        <section className="bar compare-bar" aria-label={t('versions.compare')}>
          <LinkButton size="sm" look="plain" href={strategyPath}>
            <Icon name="back" />
            {t('versions.back')}
          </LinkButton>
          <b>{t('versions.compare')}</b>
          <Pick label={t('versions.pick_old')} chosen={found.from} {...{ found, clock, link }} side="from" />
          <span className="quiet">{t('versions.with')}</span>
          <Pick label={t('versions.pick_new')} chosen={found.to} {...{ found, clock, link }} side="to" />
          <span className="grow" />
          <LinkButton size="sm" look="plain" href={`${here}/replay`}>
            <Icon name="clock" />
            {t('versions.replay')}
          </LinkButton>
          <Menu
            label={t('versions.pick_person')}
            triggerClassName="chip"
            trigger={
              <>
                {person?.name ?? t('versions.everyone')} <Icon name="down" />
              </>
            }
            align="end"
          >
            <MenuItem href={link({ person: null, below: null })} checked={at.person === null}>
              {t('versions.everyone')}
            </MenuItem>
            {found.people.map(({ id, name }) => (
              <MenuItem key={id} href={link({ person: id, below: null })} checked={id === at.person}>
                {name}
              </MenuItem>
            ))}
          </Menu>
          {/* biome-ignore lint/a11y/useSemanticElements: links, not fields of a form */}
          <div className="seg" role="group" aria-label={t('versions.view')}>
            {views.map((view) => (
              <Link key={view} href={link({ view })} aria-current={view === at.view || undefined}>
                {t(`versions.view_${view}`)}
              </Link>
            ))}
          </div>
        </section>
        <div className="lay" data-view={at.view}>
          <VersionList page={found} clock={clock} path={here} at={at} me={context.user.id} />
          <main className="sheet" id="main" tabIndex={-1}>
            {found.from ? (
              <>
                <h1>{headline(clock, found)}</h1>
                <Suspense key={addressOf('', at)} fallback={<Skeleton label={t('versions.comparing')} />}>
                  <Compared {...{ context, found, at, clock, here }} workspace={params.workspace} />
                </Suspense>
              </>
            ) : (
              <div className="empty">
                <h1>{t('versions.title')}</h1>
                <p>{t('versions.empty')}</p>
                {found.mayName && (
                  <NameVersion
                    workspace={params.workspace}
                    strategyId={found.strategy.id}
                    version="now"
                    name={null}
                  >
                    {t('versions.name_now')}
                  </NameVersion>
                )}
              </div>
            )}
          </main>
        </div>
      </Words>
    )
  },
  path,
)

function headline({ t }: Clockwork, { from, to }: VersionsPage): string {
  const since = from?.name ?? t('versions.number', { number: from?.number ?? 0 })
  if (to === 'now') return t('versions.since', { since, kind: from?.kind === 'sealed' ? 'sealed' : 'other' })
  return t('versions.between', { from: since, to: to.name ?? t('versions.number', { number: to.number }) })
}

/** One side of the comparison, chosen among the versions on this page of the list. */
function Pick({
  label,
  chosen,
  side,
  found,
  clock,
  link,
}: {
  label: string
  chosen: Version | 'now' | null
  side: 'from' | 'to'
  found: VersionsPage
  clock: Clockwork
  link: (change: Partial<Address>) => string
}) {
  const { t } = clock
  const now = t('versions.now_number', { number: found.now.number })
  const limit = found.to === 'now' ? Number.POSITIVE_INFINITY : found.to.number
  const offered = found.versions.filter(({ number }) =>
    side === 'from' ? number < limit : number > (found.from?.number ?? 0),
  )
  return (
    <Menu
      label={label}
      triggerClassName="chip"
      trigger={
        <>
          {chosen === 'now' ? now : chosen ? versionTitle(t, chosen) : t('versions.nothing_yet')}{' '}
          <Icon name="down" />
        </>
      }
    >
      {side === 'to' && (
        <MenuItem href={link({ to: 'now' })} checked={chosen === 'now'}>
          {now}
        </MenuItem>
      )}
      {offered.slice(0, 20).map((version) => (
        <MenuItem
          key={version.id}
          href={link({ [side]: version.number })}
          checked={chosen !== 'now' && chosen?.number === version.number}
        >
          {versionTitle(t, version)}
        </MenuItem>
      ))}
    </Menu>
  )
}

/** The frame of the page is on its way by then. Milliseconds. */
const LEAVE = 20

/** What changed, and what can be done about it. Comes after the list: two long texts take a moment to compare. */
async function Compared({
  context,
  found,
  at,
  clock,
  here,
  workspace,
}: {
  context: Context
  found: VersionsPage
  at: Address
  clock: Clockwork
  here: string
  workspace: string
}) {
  const { t } = clock
  // Comparing long texts holds the process for a moment: the list, drawn already, leaves first.
  await new Promise((resolve) => setTimeout(resolve, LEAVE))
  const compared = await compareVersions(context, {
    page: found,
    person: at.person,
    labels: labelsIn(context.language),
  }).catch((error: unknown) => {
    // The list stands already: the refusal is said in its place.
    if (error instanceof Refusal && error.code === 'version_damaged') return null
    throw error
  })
  if (!compared) {
    return (
      <p className="damaged" role="alert">
        {t('refusal.version_damaged')}
      </p>
    )
  }
  const { view, faces, threads } = compared
  const { from, strategy } = found
  // What is there already needs no restoring; a person's filter hides what others did.
  const mayRestore =
    found.mayRestore && (found.to !== 'now' || at.person !== null || view.changedChapters.length > 0)
  const restoring =
    from &&
    [
      threads ? t('versions.restore_threads', { all: threads.all, lost: threads.lost }) : '',
      t('versions.restore_becomes', { number: found.now.number, changed: found.now.changed ? 'yes' : 'no' }),
    ]
      .filter((part) => part !== '')
      .join(betweenSentences(context.language))
  return (
    <>
      <p className="sum num">{summaryWords(t, view)}</p>
      <DiffChapters
        view={view}
        faces={faces}
        clock={clock}
        shape={at.view === 'side' ? 'side' : 'text'}
        lang={localeOf(strategy.language)}
        me={context.user.id}
        {...(at.view === 'policy' && { only: 'policy' as const })}
        {...(from && {
          acts: {
            workspace,
            strategyId: strategy.id,
            from: from.number,
            to: found.to === 'now' ? ('now' as const) : found.to.number,
            // With one person's doing in sight, others' would be put back unseen.
            mayPutBack: found.mayRestore && found.to === 'now' && at.person === null,
            mayAsk: found.mayComment,
          },
        })}
      />
      {from && (found.mayName || mayRestore) && (
        <div className="restore">
          <span className="grow">{mayRestore ? restoring : ''}</span>
          {found.mayName && from.kind !== 'sealed' && (
            <NameVersion
              workspace={workspace}
              strategyId={strategy.id}
              version={from.number}
              name={from.name}
            >
              {t('versions.name_this')}
            </NameVersion>
          )}
          {mayRestore && (
            <RestoreVersion
              workspace={workspace}
              strategyId={strategy.id}
              number={from.number}
              body={restoring ?? ''}
              path={here}
            />
          )}
        </div>
      )}
    </>
  )
}
