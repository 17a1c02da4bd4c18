import type { Context } from '@/lib/commands/context'
import { can } from '@/lib/domain/permissions'
import type { Workspace } from '@/lib/domain/workspace'
import { must } from '@/lib/kit/assert'

export interface SettingsPage {
  readonly workspace: Workspace
  readonly mayUpdate: boolean
  readonly mayDelete: boolean
  /** `throughline.example/`, for the field of the address. */
  readonly before: string
}

export async function settingsPage({ actor, store, appUrl }: Context): Promise<SettingsPage> {
  return {
    workspace: must(await store.read.workspaces.find(actor.workspaceId), 'an actor acts in a workspace'),
    mayUpdate: can(actor, 'workspace.update'),
    mayDelete: can(actor, 'workspace.delete'),
    before: `${new URL(appUrl).host}/`,
  }
}
