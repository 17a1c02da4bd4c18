import type { Context } from '@/lib/commands/context'
import { worksInDepartments } from '@/lib/domain/member'
import { can } from '@/lib/domain/permissions'
import { must } from '@/lib/kit/assert'
import type { Id } from '@/lib/kit/ids'
import type { DepartmentName } from './members-page'

export interface PersonLine {
  readonly id: Id<'mem'>
  readonly userId: Id<'usr'>
  readonly name: string
  readonly image: string | null
}

export interface DepartmentLine extends DepartmentName {
  readonly leads: readonly PersonLine[]
  readonly members: readonly PersonLine[]
  readonly mayStaff: boolean
}

export interface DepartmentsPage {
  readonly slug: string
  /** In chain order. */
  readonly chain: readonly DepartmentLine[]
  /** For those who may bring one back. */
  readonly archived: readonly DepartmentName[]
  /** Who can work in a department: everybody but advisers and viewers. */
  readonly people: readonly PersonLine[]
  readonly mayCreate: boolean
  readonly mayUpdate: boolean
  readonly mayArchive: boolean
}

export async function departmentsPage({ actor, store }: Context): Promise<DepartmentsPage> {
  const mayArchive = can(actor, 'department.archive')
  const [workspace, chain, archived, members] = await Promise.all([
    store.read.workspaces.find(actor.workspaceId),
    store.read.departments.chain(actor.workspaceId),
    mayArchive ? store.read.departments.archived(actor.workspaceId) : Promise.resolve([]),
    store.read.members.list(actor.workspaceId),
  ])
  const staffOf = (departmentId: Id<'dep'>, lead: boolean): PersonLine[] =>
    members
      .filter((member) =>
        member.departments.some((place) => place.id === departmentId && place.lead === lead),
      )
      .map(person)
  return {
    slug: must(workspace, 'an actor acts in a workspace').slug,
    chain: chain.map(({ id, kind, name }) => ({
      id,
      kind,
      name,
      leads: staffOf(id, true),
      members: staffOf(id, false),
      mayStaff: can(actor, 'department.staff', { kind: 'department', id }),
    })),
    archived: archived.map(({ id, kind, name }) => ({ id, kind, name })),
    people: members.filter((member) => worksInDepartments(member.role)).map(person),
    mayCreate: can(actor, 'department.create'),
    mayUpdate: can(actor, 'department.update'),
    mayArchive,
  }
}

function person({ id, userId, name, image }: PersonLine): PersonLine {
  return { id, userId, name, image }
}
