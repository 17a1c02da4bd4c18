import { notFound } from 'next/navigation'
import { z } from 'zod'
import type { Say } from '@/app/_i18n/say'
import { getLanguage, getWords, Words } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import { page } from '@/app/_server/page'
import { Avatar } from '@/app/_ui/avatar'
import { Badge } from '@/app/_ui/badge'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import { PageTitle } from '@/app/_ui/page-title'
import { cycleOf } from '@/lib/domain/cycle'
import type { Language } from '@/lib/domain/language'
import { reached, targetFor } from '@/lib/domain/measure'
import { type MeasurePage, measurePage } from '@/lib/queries/measures'
import { boardHref } from '../../boards/board-href'
import { sayDay } from '../../my-work/_work/say-day'
import { AddReading } from '../_measures/add-reading'
import { Chart } from '../_measures/chart'
import { departmentName } from '../_measures/department'
import { figure, plainFigure } from '../_measures/figure'
import { formWorld } from '../_measures/form-world'
import { MeasureActs } from '../_measures/measure-acts'
import { ReadingActs } from '../_measures/reading-acts'
import { sayCycle } from '../_measures/say-cycle'
import { ServedList, servedBy } from '../_measures/serves'
import { StandingBadge } from '../_measures/standing'
import '../_measures/measures.css'

/** A quarter of weekly readings and a few more; the rest is a link away. */
const SHOWN = 16

/** One measure: its line over time, its numbers, whom it serves and what is done about it. */
export default page(
  'measure.read',
  async ({ context, params }) => {
    const zone = await readZone()
    const [it, t, language] = await Promise.all([
      measurePage(context, params.measure, zone),
      getWords(),
      getLanguage(),
    ])
    if (!it) notFound()
    const { measure, readings, mayEdit, mayArchive, mayRecord } = it
    const archived = measure.status === 'archived'
    return (
      <Words of={['measures.ui_*']}>
        <main className="measures one" id="main" tabIndex={-1}>
          <PageTitle of={[measure.name, t('measures.title')]} />
          <p className="crumb">
            <Link href={`/${it.slug}/measures`}>{t('measures.title')}</Link>
          </p>
          <header className="mhead">
            <div>
              <h1>{measure.name}</h1>
              <p className="row wrap num">
                {archived ? (
                  <Badge>{t('measures.is_archived')}</Badge>
                ) : (
                  <StandingBadge standing={it.standing} t={t} />
                )}
                <span>{inWords(it, t, language)}</span>
              </p>
            </div>
            {(mayEdit || mayArchive) && (
              <MeasureActs
                workspace={params.workspace}
                measure={measure}
                world={formWorld(it, t, language, measure)}
                mayEdit={mayEdit}
                mayArchive={mayArchive}
              />
            )}
          </header>
          {/* Without a value there is no line, only an empty frame. */}
          {(readings.length > 0 || measure.targets.length > 0) && (
            <Chart {...{ measure, readings, t, language }} today={it.today} yearStart={it.yearStart} />
          )}
          <div className="mcols">
            <section aria-labelledby="readings">
              <h2 id="readings">
                {t('measures.readings')} <small className="num">{readings.length}</small>
              </h2>
              {mayRecord && !archived && (
                <AddReading
                  workspace={params.workspace}
                  measureId={measure.id}
                  unit={measure.unit}
                  today={it.today}
                  known={readings.map(({ on }) => on)}
                />
              )}
              <Readings
                it={it}
                all={params.all !== undefined}
                workspace={params.workspace}
                t={t}
                language={language}
              />
            </section>
            <aside>
              {it.words && (servedBy(measure, it.words).found.length > 0 || measure.serves.length > 0) ? (
                <section>
                  <h2>{t('measures.why')}</h2>
                  <ServedList measure={measure} words={it.words} slug={it.slug} t={t} />
                </section>
              ) : (
                it.words && (
                  <section>
                    <h2>{t('measures.why')}</h2>
                    <p className="quiet">{t(mayEdit ? 'measures.why_none' : 'measures.serves_none')}</p>
                  </section>
                )
              )}
              <Targets it={it} t={t} language={language} />
              <Facts it={it} t={t} language={language} />
              {it.activities.length > 0 && (
                <section>
                  <h2>
                    {t('measures.activities')} <small className="num">{it.activities.length}</small>
                  </h2>
                  <ul className="acts-on">
                    {it.activities.slice(0, 12).map((activity) => {
                      const board = it.departments.find(({ boardId }) => boardId === activity.boardId)
                      return (
                        board && (
                          <li key={activity.id}>
                            <DepartmentMark kind={board.kind} name={board.name} language={language} />
                            <Link href={`${boardHref(it.slug, board)}?card=${activity.id}`}>
                              {activity.title}
                            </Link>
                          </li>
                        )
                      )
                    })}
                  </ul>
                </section>
              )}
            </aside>
          </div>
        </main>
      </Words>
    )
  },
  z.object({
    workspace: z.string().max(80),
    measure: z.string().max(40),
    all: z.string().optional().catch(undefined),
  }),
)

/** "23.4 days on 10 August; the third quarter asks for 22." */
function inWords(
  { measure, readings, target, cycle, today }: MeasurePage,
  t: Say,
  language: Language,
): string {
  const last = readings.at(-1)
  const write = (value: number) => figure(language, value, measure.unit)
  const now = last
    ? t('measures.now', { value: write(last.value), day: sayDay(language, last.on, today) })
    : t('measures.now_none')
  if (target === null) return now
  return `${now} ${t(`measures.asks_${measure.direction}`, { value: write(target), cycle: sayCycle(cycle, t) })}`
}

function Readings({
  it: { measure, readings, people, mayRecord, today, yearStart },
  all,
  workspace,
  t,
  language,
}: {
  it: MeasurePage
  all: boolean
  workspace: string
  t: Say
  language: Language
}) {
  if (readings.length === 0)
    return (
      <p className="quiet none">{t(mayRecord ? 'measures.readings_none' : 'measures.readings_reader')}</p>
    )
  const newest = [...readings].reverse()
  const shown = all ? newest : newest.slice(0, SHOWN)
  const acts = mayRecord && measure.status === 'active'
  return (
    <>
      <table className="table mreadings">
        <caption className="vh">{t('measures.readings_of', { name: measure.name })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('measures.ui_day')}</th>
            <th scope="col" className="c-num">
              {t('measures.ui_value')}
            </th>
            <th scope="col" className="c-num">
              {t('measures.col_change')}
            </th>
            <th scope="col" className="c-num c-target">
              {t('measures.col_against')}
            </th>
            <th scope="col">{t('measures.ui_note')}</th>
            {acts && (
              <th scope="col">
                <span className="vh">{t('measures.col_acts')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {shown.map((reading, i) => {
            const before = newest[i + 1]
            const change = before ? reading.value - before.value : null
            const target = targetFor(measure, cycleOf(reading.on, yearStart))
            const day = sayDay(language, reading.on, today)
            const by = people.find(({ id }) => id === reading.by)
            return (
              <tr key={reading.on}>
                <th scope="row" className="num">
                  <time dateTime={reading.on}>{day}</time>
                </th>
                <td className="c-num num">
                  <b>{plainFigure(language, reading.value)}</b>
                </td>
                <td className="c-num num quiet">
                  {change === null
                    ? ''
                    : change === 0
                      ? t('measures.same')
                      : `${change > 0 ? '+' : '−'}${plainFigure(language, Math.abs(Number(change.toPrecision(12))))}`}
                </td>
                <td className="c-num num c-target">
                  {target === null ? (
                    ''
                  ) : reached(measure.direction, target, reading.value) ? (
                    <Badge state="good">{t('measures.met', { value: plainFigure(language, target) })}</Badge>
                  ) : (
                    <span className="quiet">
                      {t('measures.of', { value: plainFigure(language, target) })}
                    </span>
                  )}
                </td>
                <td className="note">
                  {reading.note}
                  {by && reading.note !== '' && <small> {by.name}</small>}
                </td>
                {acts && (
                  <td className="c-act">
                    <ReadingActs
                      workspace={workspace}
                      measureId={measure.id}
                      reading={{ on: reading.on, value: reading.value, note: reading.note }}
                      day={day}
                    />
                  </td>
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
      {shown.length < newest.length && (
        <p className="more">
          <Link href="?all=1">{t('measures.readings_all', { n: newest.length })}</Link>
        </p>
      )}
    </>
  )
}

function Targets({
  it: { measure, readings, yearStart, cycle },
  t,
  language,
}: {
  it: MeasurePage
  t: Say
  language: Language
}) {
  if (measure.targets.length === 0 && measure.baseline === null) return null
  return (
    <section>
      <h2>{t('measures.targets')}</h2>
      <table className="table mtargets num">
        <caption className="vh">{t('measures.targets')}</caption>
        <thead className="vh">
          <tr>
            <th scope="col">{t('measures.quarter')}</th>
            <th scope="col">{t('measures.targets')}</th>
            <th scope="col">{t('measures.last_in')}</th>
          </tr>
        </thead>
        <tbody>
          {measure.baseline !== null && (
            <tr>
              <th scope="row">{t('measures.baseline')}</th>
              <td>{plainFigure(language, measure.baseline)}</td>
              <td>{measure.baselineOn && sayDay(language, measure.baselineOn, '')}</td>
            </tr>
          )}
          {measure.targets.map((target) => {
            const last = readings.filter(({ on }) => cycleOf(on, yearStart) === target.cycle).at(-1)
            return (
              <tr key={target.cycle} aria-current={target.cycle === cycle ? 'true' : undefined}>
                <th scope="row">{sayCycle(target.cycle, t)}</th>
                <td>{plainFigure(language, target.value)}</td>
                <td>
                  {last ? (
                    <Badge
                      state={
                        reached(measure.direction, target.value, last.value)
                          ? 'good'
                          : target.cycle < cycle
                            ? 'off'
                            : 'none'
                      }
                    >
                      {plainFigure(language, last.value)}
                    </Badge>
                  ) : (
                    <span className="quiet">{t('measures.none_yet')}</span>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function Facts({
  it: { measure, people, departments },
  t,
  language,
}: {
  it: MeasurePage
  t: Say
  language: Language
}) {
  const owner = people.find(({ id }) => id === measure.ownerId)
  const department = departments.find(({ departmentId }) => departmentId === measure.departmentId)
  return (
    <dl className="mfacts">
      <dt>{t('measures.ui_owner')}</dt>
      <dd>
        {owner ? (
          <>
            <Avatar id={owner.userId} name={owner.name} image={owner.image} size="sm" />
            {owner.name}
          </>
        ) : (
          <span className="quiet">{t('measures.ui_nobody')}</span>
        )}
      </dd>
      <dt>{t('measures.ui_department')}</dt>
      <dd>
        {department ? (
          <>
            <DepartmentMark kind={department.kind} name={department.name} language={language} />
            {departmentName(department, t)}
          </>
        ) : (
          t('measures.company')
        )}
      </dd>
      <dt>{t('measures.ui_cadence')}</dt>
      <dd>{t(`measures.ui_cadence_${measure.cadence}`)}</dd>
      {measure.unit !== '' && (
        <>
          <dt>{t('measures.ui_unit')}</dt>
          <dd>{measure.unit}</dd>
        </>
      )}
      <dt>{t('measures.ui_direction')}</dt>
      <dd>{t(`measures.ui_direction_${measure.direction}`)}</dd>
    </dl>
  )
}
