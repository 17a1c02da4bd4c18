'use client'
import { type ReactNode, useState } from 'react'
import { useWords } from '@/app/_i18n/words-provider'
import { Button } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { keyName } from '@/app/_ui/keys'
import { Late } from '@/app/_ui/late'
import { Menu } from '@/app/_ui/menu'
import type { DepartmentKind } from '@/lib/domain/department'
import { useAct } from '../../_parts/use-act'
import { archiveDepartment } from '../../actions'
import { lateRow } from './late-row'
import { type Person, Staff } from './staff'

export interface DepartmentOfChain {
  readonly id: string
  readonly kind: DepartmentKind | null
  /** The workspace's own name for it, or null. */
  readonly ownName: string | null
  /** The usual name of its kind, or null for one the workspace added. */
  readonly usualName: string | null
  /** What it is called here. */
  readonly name: string
  readonly mayStaff: boolean
  /** Drawn by the server. */
  readonly mark: ReactNode
}

/** One link of the chain: its name, its place, its people. */
export function ChainRow({
  workspace,
  department,
  leads,
  members,
  people,
  first,
  last,
  move,
  gone,
  mayUpdate,
  mayArchive,
}: {
  workspace: string
  department: DepartmentOfChain
  leads: readonly Person[]
  members: readonly Person[]
  /** Who could work here. */
  people: readonly Person[]
  first: boolean
  last: boolean
  /** One place towards the beginning or the end. */
  move: (by: -1 | 1) => void
  /** The row has gone: the focus must not fall out of the page with it. */
  gone: () => void
  mayUpdate: boolean
  mayArchive: boolean
}) {
  const t = useWords()
  const act = useAct()
  const [renaming, setRenaming] = useState(false)
  const [archiving, setArchiving] = useState(false)
  const { id, name } = department
  const archive = async () => {
    setArchiving(false)
    const done = await act(
      archiveDepartment,
      { workspace, departmentId: id, archived: true },
      t('people.dep_archived_now', { department: name }),
      () =>
        act(
          archiveDepartment,
          { workspace, departmentId: id, archived: false },
          t('people.dep_restored', { department: name }),
        ),
    )
    if (done) gone()
  }
  return (
    <li
      data-dept={department.kind ?? 'other'}
      onKeyDown={(event) => {
        const key = keyName(event)
        if (!mayUpdate || (key !== 'Alt+ArrowUp' && key !== 'Alt+ArrowDown')) return
        event.preventDefault()
        move(key === 'Alt+ArrowUp' ? -1 : 1)
      }}
    >
      <header>
        {department.mark}
        {renaming ? (
          <Late part={lateRow} missed={() => setRenaming(false)}>
            {({ Rename }) => (
              <Rename
                workspace={workspace}
                departmentId={id}
                ownName={department.ownName}
                usualName={department.usualName}
                close={() => setRenaming(false)}
              />
            )}
          </Late>
        ) : (
          <>
            <h2>{name}</h2>
            {mayUpdate && (
              <div className="acts">
                <Button
                  look="plain"
                  icon
                  className="up"
                  aria-label={t('people.dep_up', { department: name })}
                  aria-disabled={first || undefined}
                  onClick={() => move(-1)}
                >
                  <Icon name="down" />
                </Button>
                <Button
                  look="plain"
                  icon
                  aria-label={t('people.dep_down', { department: name })}
                  aria-disabled={last || undefined}
                  onClick={() => move(1)}
                >
                  <Icon name="down" />
                </Button>
                <Menu
                  label={t('people.dep_more', { department: name })}
                  trigger={<Icon name="dots" />}
                  look="plain"
                  icon
                  align="end"
                  width={200}
                  warm={lateRow.warm}
                  panel={(given) => (
                    <Late part={lateRow} missed={given.close}>
                      {({ RowMenu }) => (
                        <RowMenu
                          given={given}
                          rename={() => setRenaming(true)}
                          archive={mayArchive ? () => setArchiving(true) : null}
                        />
                      )}
                    </Late>
                  )}
                />
              </div>
            )}
          </>
        )}
      </header>
      <Staff workspace={workspace} department={department} leads={leads} members={members} people={people} />
      {archiving && (
        <Late part={lateRow} missed={() => setArchiving(false)}>
          {({ Archiving }) => (
            <Archiving name={name} close={() => setArchiving(false)} archive={() => void archive()} />
          )}
        </Late>
      )}
    </li>
  )
}
