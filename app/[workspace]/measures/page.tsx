import { notFound } from 'next/navigation'
import { z } from 'zod'
import type { Say } from '@/app/_i18n/say'
import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { Avatar } from '@/app/_ui/avatar'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'
import type { Language } from '@/lib/domain/language'
import { stale } from '@/lib/domain/measure'
import { type MeasureRow, type MeasuresPage, measuresPage } from '@/lib/queries/measures'
import { sayDay } from '../my-work/_work/say-day'
import { departmentName } from './_measures/department'
import { figure, plainFigure } from './_measures/figure'
import { formWorld } from './_measures/form-world'
import { NewMeasure } from './_measures/new-measure'
import { RestoreMeasure } from './_measures/restore-measure'
import { sayCycle } from './_measures/say-cycle'
import { ServedLine } from './_measures/serves'
import { Spark } from './_measures/spark'
import { StandingBadge } from './_measures/standing'
import './_measures/measures.css'

/** What is measured, for whom, and whether it will be enough. */
export default page(
  'measure.read',
  async ({ context, params }) => {
    const zone = await readZone()
    const [it, t, language] = await Promise.all([measuresPage(context, zone), getWords(), getLanguage()])
    if (!it) notFound()
    const active = it.measures.filter(({ status }) => status === 'active')
    const archived = it.measures.filter(({ status }) => status === 'archived')
    const add = it.mayCreate && (
      <NewMeasure
        workspace={params.workspace}
        world={formWorld(it, t, language)}
        opened={params.new !== undefined}
      />
    )
    return (
      <Words of={['measures.ui_*']}>
        <main className="measures" id="main" tabIndex={-1}>
          <PageTitle of={[t('measures.title')]} />
          <header className="mhead">
            <div>
              <h1>{t('measures.title')}</h1>
              {active.length > 0 && <p>{summary(active, t)}</p>}
            </div>
            {active.length > 0 && add}
          </header>
          {active.length === 0 ? (
            <Empty level={2} title={t('measures.empty')} action={add || undefined}>
              {t(it.mayCreate ? 'measures.empty_text' : 'measures.empty_reader')}
            </Empty>
          ) : (
            <Rows page={it} rows={active} t={t} language={language} />
          )}
          {archived.length > 0 && (
            <details className="shelf">
              <summary>{t('measures.archived', { n: archived.length })}</summary>
              <ul>
                {archived.map(({ id, name }) => (
                  <li key={id}>
                    <Link href={`/${it.slug}/measures/${id}`}>{name}</Link>
                    {it.mayCreate && (
                      <RestoreMeasure workspace={params.workspace} measureId={id} name={name} />
                    )}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </main>
      </Words>
    )
  },
  z.object({
    workspace: z.string().max(80),
    /** The palette comes with it: the form is open at once. */
    new: z.string().optional().catch(undefined),
  }),
)

function summary(rows: readonly MeasureRow[], t: Say): string {
  const count = (...of: readonly MeasureRow['standing'][]) =>
    rows.filter(({ standing }) => of.includes(standing)).length
  return t('measures.sum', {
    n: rows.length,
    good: count('reached', 'on_track'),
    behind: count('behind', 'away'),
    unread: count('unread'),
  })
}

function Rows({
  page: it,
  rows,
  t,
  language,
}: {
  page: MeasuresPage
  rows: readonly MeasureRow[]
  t: Say
  language: Language
}) {
  const known = new Set<string | null>(it.departments.map(({ departmentId }) => departmentId))
  const groups = [
    ...it.departments.map((department) => ({
      department,
      rows: rows.filter(({ departmentId }) => departmentId === department.departmentId),
    })),
    // The company's own, and those whose department has left the chain.
    { department: null, rows: rows.filter(({ departmentId }) => !known.has(departmentId)) },
  ].filter((group) => group.rows.length > 0)
  return (
    <table className="mlist">
      <caption className="vh">{t('measures.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('measures.col_name')}</th>
          <th scope="col" className="c-spark">
            {t('measures.col_trend')}
          </th>
          <th scope="col" className="c-num">
            {t('measures.col_latest')}
          </th>
          <th scope="col" className="c-num">
            {t('measures.col_target', { cycle: sayCycle(it.cycle, t, 'quarter') })}
          </th>
          <th scope="col" className="c-state">
            {t('measures.col_state')}
          </th>
        </tr>
      </thead>
      {groups.map(({ department, rows }) => (
        <tbody key={department?.departmentId ?? 'company'} data-dept={department?.kind ?? 'other'}>
          <tr className="grp">
            <th colSpan={5} scope="colgroup">
              <span className="row">
                {department && (
                  <DepartmentMark kind={department.kind} name={department.name} language={language} />
                )}
                {department ? departmentName(department, t) : t('measures.company')}
              </span>
            </th>
          </tr>
          {rows.map((row) => (
            <Row key={row.id} row={row} page={it} t={t} language={language} />
          ))}
        </tbody>
      ))}
    </table>
  )
}

function Row({
  row,
  page: it,
  t,
  language,
}: {
  row: MeasureRow
  page: MeasuresPage
  t: Say
  language: Language
}) {
  const last = row.values.at(-1)
  const owner = it.people.find(({ id }) => id === row.ownerId)
  return (
    <tr>
      <th scope="row">
        <Link href={`/${it.slug}/measures/${row.id}`}>{row.name}</Link>
        <ServedLine measure={row} words={it.words} t={t} />
      </th>
      <td className="c-spark">
        <Spark values={row.values} target={row.target} />
      </td>
      <td className="c-num num">
        {last ? (
          <>
            <b>{figure(language, last.value, row.unit)}</b>
            <small className={stale(row.cadence, last.on, it.today) ? 'loose' : undefined}>
              {stale(row.cadence, last.on, it.today)
                ? t('measures.stale', { day: sayDay(language, last.on, it.today) })
                : sayDay(language, last.on, it.today)}
            </small>
          </>
        ) : (
          <span className="quiet">{t('measures.none_yet')}</span>
        )}
      </td>
      <td className="c-num num">
        <i className="lab">{t('measures.col_target', { cycle: sayCycle(it.cycle, t, 'quarter') })} </i>
        {row.target === null ? (
          <span className="quiet">{t('measures.no_target')}</span>
        ) : (
          plainFigure(language, row.target)
        )}
        {row.target !== null && <small>{t(`measures.bound_${row.direction}`)}</small>}
      </td>
      <td className="c-state">
        <StandingBadge standing={row.standing} t={t} />
        {owner && (
          <span className="own">
            <Avatar id={owner.userId} name={owner.name} image={owner.image} size="sm" />
            {owner.name}
          </span>
        )}
      </td>
    </tr>
  )
}
