import type { Language } from '@/lib/domain/language'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { cleanSlug, cleanWorkspaceName, isMonth, type Workspace } from '@/lib/domain/workspace'
import type { Context } from './context'
import { lockWorkspace } from './lock-workspace'

export interface UpdateWorkspace {
  readonly name: string
  readonly slug: string
  readonly language: Language
  readonly yearStart: number
}

/** Name, address, language and first month. Links with the old address stop working; ids go on. */
export async function updateWorkspace(context: Context, input: UpdateWorkspace): Promise<Workspace> {
  const { store, live } = context
  const saved = await store.transact(async (tx) => {
    const { workspace, actor } = await lockWorkspace(tx, context.actor)
    permit(actor, 'workspace.update')
    const name = cleanWorkspaceName(input.name)
    const slug = cleanSlug(input.slug)
    if (!isMonth(input.yearStart)) throw new Refusal('invalid_input', { field: 'yearStart' })
    if (slug !== workspace.slug && (await tx.workspaces.slugTaken(slug))) {
      throw new Refusal('slug_taken', { field: 'slug' })
    }
    return tx.workspaces.save({
      ...workspace,
      name,
      slug,
      language: input.language,
      yearStart: input.yearStart,
    })
  })
  live.publish(saved.id, { type: 'workspace.changed' })
  return saved
}
