'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { archiveDepartment as archive } from '@/lib/commands/archive-department'
import { changeRole as setRole } from '@/lib/commands/change-role'
import { createDepartment as addDepartment } from '@/lib/commands/create-department'
import { deleteWorkspace as remove } from '@/lib/commands/delete-workspace'
import { inviteMembers as invite } from '@/lib/commands/invite-members'
import { leaveWorkspace as leave } from '@/lib/commands/leave-workspace'
import { moveDepartment as move } from '@/lib/commands/move-department'
import { removeMember as endMembership } from '@/lib/commands/remove-member'
import { renameDepartment as rename } from '@/lib/commands/rename-department'
import { renewInvitation as renew } from '@/lib/commands/renew-invitation'
import { revokeInvitation as revoke } from '@/lib/commands/revoke-invitation'
import { staffDepartment as staff } from '@/lib/commands/staff-department'
import { updateWorkspace as update } from '@/lib/commands/update-workspace'
import { languages } from '@/lib/domain/language'
import { roles } from '@/lib/domain/role'
import { must } from '@/lib/kit/assert'

const workspace = z.string().max(80)
const id = z.string().max(40)
/** Longer than any rule allows: the rule itself says so, in words. */
const name = z.string().max(1_000)
const role = z.enum(roles)

export const updateWorkspace = action(
  'workspace.update',
  z.strictObject({
    workspace,
    name,
    slug: z.string().max(200),
    language: z.enum(languages),
    yearStart: z.coerce.number().int(),
  }),
  async (context, input) => ({ slug: (await update(context, input)).slug }),
)

export const deleteWorkspace = action(
  'workspace.delete',
  z.strictObject({ workspace, name }),
  async (context, input) => remove(context, input),
)

export const inviteMember = action(
  'member.invite',
  z.strictObject({ workspace, email: z.string().max(400).nullable(), role, departmentId: id.nullable() }),
  async (context, { email, role, departmentId }) => {
    const [invited] = await invite(context, { invites: [{ email, role, departmentId }] })
    return must(invited, 'one was asked for')
  },
)

export const renewInvitation = action(
  'member.invite',
  z.strictObject({ workspace, invitationId: id }),
  async (context, input) => ({ link: (await renew(context, input)).link }),
)

export const revokeInvitation = action(
  'invitation.revoke',
  z.strictObject({ workspace, invitationId: id }),
  async (context, input) => revoke(context, input),
)

export const changeRole = action(
  'member.change-role',
  z.strictObject({ workspace, memberId: id, role }),
  async (context, input) => setRole(context, input),
)

export const removeMember = action(
  'member.remove',
  z.strictObject({ workspace, memberId: id }),
  async (context, input) => endMembership(context, input),
)

export const leaveWorkspace = action('member.leave', z.strictObject({ workspace }), async (context) =>
  leave(context),
)

export const createDepartment = action(
  'department.create',
  z.strictObject({ workspace, name }),
  async (context, input) => ({ id: (await addDepartment(context, input)).id }),
)

export const renameDepartment = action(
  'department.update',
  z.strictObject({ workspace, departmentId: id, name }),
  async (context, input) => rename(context, input),
)

export const moveDepartment = action(
  'department.update',
  z.strictObject({ workspace, departmentId: id, after: id.nullable() }),
  async (context, input) => move(context, input),
)

export const archiveDepartment = action(
  'department.archive',
  z.strictObject({ workspace, departmentId: id, archived: z.boolean() }),
  async (context, input) => archive(context, input),
)

export const staffDepartment = action(
  'department.staff',
  z.strictObject({
    workspace,
    departmentId: id,
    memberId: id,
    as: z.enum(['lead', 'member']).nullable(),
  }),
  async (context, input) => staff(context, input),
)
