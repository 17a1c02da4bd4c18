'use client'
import type { ReactNode } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Icon } from '@/app/_ui/icon'
import { Late } from '@/app/_ui/late'
import { Menu } from '@/app/_ui/menu'
import { useAct } from '../../_parts/use-act'
import { staffDepartment } from '../../actions'
import type { DepartmentOfChain } from './chain-row'
import { lateRow } from './late-row'

export interface Person {
  readonly id: string
  readonly name: string
  /** Drawn by the server. */
  readonly face: ReactNode
}

/** Who leads the department and who works in it; those who may add and take out. */
export function Staff({
  workspace,
  department,
  leads,
  members,
  people,
}: {
  workspace: string
  department: DepartmentOfChain
  leads: readonly Person[]
  members: readonly Person[]
  people: readonly Person[]
}) {
  const t = useWords()
  const act = useAct()
  const { id, name, mayStaff } = department
  const here = [
    ...leads.map((person) => ({ person, lead: true })),
    ...members.map((person) => ({ person, lead: false })),
  ]
  const others = people.filter((person) => !here.some((other) => other.person.id === person.id))

  const set = (person: Person, to: Position, from: Position): Promise<boolean> =>
    act(
      staffDepartment,
      { workspace, departmentId: id, memberId: person.id, as: to },
      t(said(to, from), { name: person.name, department: name }),
      () => set(person, from, to),
    )
  return (
    <ul className="staff" aria-label={t('people.dep_people', { department: name })}>
      {leads.length === 0 && <li className="none">{t('people.dep_no_lead')}</li>}
      {here.map(({ person, lead }) => (
        <li key={person.id}>
          {person.face}
          <span>{person.name}</span>
          {lead && <span className="lead-word">{t('people.dep_lead')}</span>}
          {mayStaff && (
            <Menu
              label={t('people.person_menu', { name: person.name, department: name })}
              trigger={<Icon name="dots" />}
              look="plain"
              size="sm"
              icon
              width={240}
              warm={lateRow.warm}
              panel={(given) => (
                <Late part={lateRow} missed={given.close}>
                  {({ PersonMenu }) => (
                    <PersonMenu
                      given={given}
                      lead={lead}
                      set={(to) => void set(person, to, lead ? 'lead' : 'member')}
                    />
                  )}
                </Late>
              )}
            />
          )}
        </li>
      ))}
      {mayStaff && (
        <li>
          <Menu
            label={t('people.person_add', { department: name })}
            trigger={
              <>
                <Icon name="plus" />
                {t('people.person_add_short')}
              </>
            }
            look="plain"
            size="sm"
            warm={lateRow.warm}
            panel={(given) => (
              <Late part={lateRow} missed={given.close}>
                {({ OthersMenu }) => (
                  <OthersMenu
                    given={given}
                    others={others}
                    add={(person) => void set(person, 'member', null)}
                  />
                )}
              </Late>
            )}
          />
        </li>
      )}
    </ul>
  )
}

type Position = 'lead' | 'member' | null

function said(to: Position, from: Position) {
  if (to === 'lead') return 'people.person_leads'
  if (to === null) return 'people.person_out'
  return from === 'lead' ? 'people.person_leads_no_more' : 'people.person_added'
}
