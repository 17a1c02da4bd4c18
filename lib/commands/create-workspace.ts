import type { Blank, TemplateId } from '@/lib/document/templates'
import { usualChain } from '@/lib/domain/department'
import type { Language } from '@/lib/domain/language'
import { Refusal } from '@/lib/domain/refusal'
import { cleanSlug, cleanWorkspaceName, isMonth, type Workspace } from '@/lib/domain/workspace'
import { words } from '@/lib/i18n/words'
import { must } from '@/lib/kit/assert'
import { type Id, newId } from '@/lib/kit/ids'
import type { Context, UserContext } from './context'
import { createStrategy } from './create-strategy'
import { countInvitations, type Invite, type Invited, inviteMembers, readInvites } from './invite-members'
import { addDepartmentWithBoard } from './open-board'
import { limit, limitKey } from './rate-limit'

/** Nobody founds more in an hour; a script that fills the table would. */
const PER_USER = { max: 20, seconds: 3600 }

export interface CreateWorkspace {
  readonly name: string
  readonly slug: string
  readonly language: Language
  /** First month of the fiscal year, 1 to 12. */
  readonly yearStart: number
  /** The first strategy, or null for none. */
  readonly template: TemplateId | Blank | null
  readonly invites: readonly Invite[]
}

export interface CreatedWorkspace {
  readonly id: Id<'ws'>
  readonly slug: string
  readonly strategyId: Id<'str'> | null
  readonly invited: readonly Invited[]
}

/**
 * A workspace with its owner, the five departments, a first strategy, and invitations on their way.
 * Refuses with `required`, `too_long`, `invalid_slug`, `slug_taken`, `invalid_email`, `rate_limited`.
 */
export async function createWorkspace(
  context: UserContext,
  input: CreateWorkspace,
): Promise<CreatedWorkspace> {
  const { store, clock, user, sessionId } = context
  const name = cleanWorkspaceName(input.name)
  const slug = cleanSlug(input.slug)
  if (!isMonth(input.yearStart)) throw new Refusal('invalid_input', { field: 'yearStart' })
  // Whatever can be refused is refused before anything is written.
  const invites = readInvites(input.invites, 'owner')
  if (invites.some((invite) => invite.email === user.email.toLowerCase())) {
    throw new Refusal('already_member', { field: 'email' })
  }
  await limit(store, limitKey('create-workspace', user.id), PER_USER, clock.now())
  await countInvitations(context, invites.length)

  const workspace = await addWorkspace(context, {
    name,
    slug,
    language: input.language,
    yearStart: input.yearStart,
  })
  const actor = must(
    await store.read.members.actor(workspace.id, user.id, sessionId),
    'the founder is a member',
  )
  const inside: Context = { ...context, actor }
  try {
    const strategy =
      input.template === null
        ? null
        : await createStrategy(inside, {
            title: words(input.language)('people.first_strategy', { company: name }),
            language: input.language,
            template: input.template,
          })
    const invited = await inviteMembers(inside, { invites }, { counted: true })
    return { id: workspace.id, slug: workspace.slug, strategyId: strategy?.id ?? null, invited }
  } catch (error) {
    // Half a workspace would hold the address, and the next try would read "taken". Long ago: nobody should be offered
    // to bring it back.
    await store.transact((tx) => tx.workspaces.remove(workspace.id, new Date(0)))
    throw error
  }
}

async function addWorkspace(
  { store, clock, user }: UserContext,
  given: Pick<Workspace, 'name' | 'slug' | 'language' | 'yearStart'>,
): Promise<Workspace> {
  const now = new Date(clock.now())
  return store.transact(async (tx) => {
    const workspace = await tx.workspaces.add({ id: newId('ws'), ...given }, now)
    if (!workspace) throw new Refusal('slug_taken', { field: 'slug' })
    await tx.members.admit(workspace.id, user.id, 'owner', now)
    for (const link of usualChain()) {
      await addDepartmentWithBoard(tx, { id: newId('dep'), workspaceId: workspace.id, name: null, ...link })
    }
    return workspace
  })
}
