import type { Writer } from '@/db/repositories'
import type { ActivityEdit } from '@/lib/domain/activity'
import type { ChecklistChange } from '@/lib/domain/checklist'
import { Refusal } from '@/lib/domain/refusal'
import { readServe } from '@/lib/domain/serves'

type Named = Pick<ActivityEdit, 'ownerId' | 'helpers' | 'watchers' | 'labels' | 'measures' | 'serves'>

/**
 * Refuses ids of people, labels, measures and items that are not of this workspace, or not there any more. What an
 * activity already names may stay, so that a gone label does not stop anybody from giving it another owner.
 */
export async function namesOnlyOurs(
  tx: Writer,
  workspaceId: string,
  names: Named,
  before: Named | null = null,
): Promise<void> {
  const fresh = (field: 'helpers' | 'watchers' | 'labels' | 'measures' | 'serves') =>
    (names[field] ?? []).filter((id) => !(before?.[field] ?? []).some((known) => known === id))
  const people = [...fresh('helpers'), ...fresh('watchers')]
  if (names.ownerId && names.ownerId !== before?.ownerId) people.push(names.ownerId)
  if (people.length > 0) {
    const here = new Set<string>(await tx.members.present(workspaceId))
    if (people.some((id) => !here.has(id))) throw new Refusal('not_found', { field: 'ownerId' })
  }
  const labels = fresh('labels')
  if (labels.length > 0) {
    const known = new Set<string>((await tx.boards.labels(workspaceId)).map(({ id }) => id))
    if (labels.some((id) => !known.has(id))) throw new Refusal('not_found', { field: 'labels' })
  }
  const measures = fresh('measures')
  if (measures.length > 0) {
    const known = new Set<string>((await tx.measures.list(workspaceId)).map(({ id }) => id))
    if (measures.some((id) => !known.has(id))) throw new Refusal('not_found', { field: 'measures' })
  }
  const items = fresh('serves').map((text) => readServe(text)?.itemId ?? '')
  if (items.length > 0) {
    const known = await tx.strategyItems.known(workspaceId, items)
    if (items.some((id) => !known.has(id))) throw new Refusal('not_found', { field: 'serves' })
  }
}

/** The same for the owner of a checklist item. */
export async function checkOwnerIsOurs(
  tx: Writer,
  workspaceId: string,
  change: ChecklistChange,
): Promise<void> {
  if (change.do === 'set' && change.ownerId) await namesOnlyOurs(tx, workspaceId, { ownerId: change.ownerId })
}
