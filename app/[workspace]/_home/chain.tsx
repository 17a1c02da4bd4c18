import type { ReactNode } from 'react'
import type { Say } from '@/app/_i18n/say'
import { formatList } from '@/app/_i18n/time'
import { Avatar, AvatarStack } from '@/app/_ui/avatar'
import { Badge } from '@/app/_ui/badge'
import { DepartmentMark } from '@/app/_ui/department-mark'
import { Link } from '@/app/_ui/link'
import type { Language } from '@/lib/domain/language'
import type { Face, Home } from '@/lib/queries/home'
import type { BoardLine } from '@/lib/queries/overview'
import { boardHref } from '../boards/board-href'

/** The departments in the order of the chain, who leads each, who works in it. */
export function Chain({
  home,
  boards,
  t,
  language,
}: {
  home: Home
  boards: readonly BoardLine[]
  t: Say
  language: Language
}) {
  const settings = `/${home.slug}/settings/departments`
  const unled = home.departments.some((department) => department.leads.length === 0)
  return (
    <section className="chain">
      <h2>{t('shell.home_departments')}</h2>
      <p className="legend">{t('shell.home_departments_text')}</p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('shell.home_department')}</th>
            {boards.length > 0 && <th scope="col">{t('shell.home_week')}</th>}
            <th scope="col">{t('shell.home_leads')}</th>
            <th scope="col">{t('shell.home_with')}</th>
          </tr>
        </thead>
        <tbody>
          {home.departments.map(({ id, kind, name, leads, others }) => (
            <tr key={id} data-dept={kind ?? 'other'}>
              <th scope="row">
                <span className="nm">
                  <DepartmentMark kind={kind} name={name} language={language} />
                  <DepartmentName board={boards.find((board) => board.departmentId === id)} slug={home.slug}>
                    {name ?? (kind && t(`common.department_${kind}`))}
                  </DepartmentName>
                </span>
              </th>
              {boards.length > 0 && (
                <td className="num">
                  <Week board={boards.find((board) => board.departmentId === id)} t={t} />
                </td>
              )}
              <td>
                {leads.length === 0 ? (
                  <span className="quiet">{t('shell.home_no_lead')}</span>
                ) : (
                  <span className="row wrap">
                    {leads.map((lead) => (
                      <span key={lead.id} className="row">
                        <Avatar {...lead} size="sm" />
                        {lead.name}
                      </span>
                    ))}
                  </span>
                )}
              </td>
              <td>
                <Others people={others} t={t} language={language} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {unled && home.mayStaff && (
        <p className="more">
          <Link href={settings}>{t('shell.home_staff')}</Link>
        </p>
      )}
    </section>
  )
}

function DepartmentName({
  board,
  slug,
  children,
}: {
  board: BoardLine | undefined
  slug: string
  children: ReactNode
}) {
  return board ? <Link href={boardHref(slug, board)}>{children}</Link> : children
}

/** What is late and what is due, in one short line. */
function Week({ board, t }: { board: BoardLine | undefined; t: Say }) {
  if (!board || board.cards === 0) return <span className="quiet">{t('shell.home_week_idle')}</span>
  if (board.late + board.soon === 0) return <span className="quiet">{t('shell.home_week_none')}</span>
  return (
    <span className="row wrap">
      {board.late > 0 && <Badge state="off">{t('shell.home_week_late', { n: board.late })}</Badge>}
      {board.soon > 0 && <Badge>{t('shell.home_week_soon', { n: board.soon })}</Badge>}
    </span>
  )
}

function Others({ people, t, language }: { people: readonly Face[]; t: Say; language: Language }) {
  if (people.length === 0) return <span className="quiet">{t('shell.home_nobody')}</span>
  return (
    <AvatarStack
      people={people}
      max={7}
      size="sm"
      label={formatList(
        language,
        people.map((person) => person.name),
      )}
    />
  )
}
