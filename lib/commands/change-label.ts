import { MAX_LABELS } from '@/lib/domain/board'
import { cleanLabel, type Label, type LabelTone, labelTones } from '@/lib/domain/label'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { newId } from '@/lib/kit/ids'
import { clickOf, type Done } from './change-activities'
import type { Context } from './context'
import { changeOf } from './keep-change'
import { lockWorkspace } from './lock-workspace'

export type LabelChange =
  | { readonly do: 'add'; readonly name: string; readonly tone: LabelTone }
  | {
      readonly do: 'set'
      readonly labelId: string
      readonly name?: string | undefined
      readonly tone?: LabelTone | undefined
    }
  /** Activities that carry it keep its id; it is shown no more, and undo brings it back on all of them. */
  | { readonly do: 'remove'; readonly labelId: string }

/** Adds, changes or removes a label of the workspace. A name that is taken is `conflict`. */
export async function changeLabel(
  context: Context,
  input: { readonly change: LabelChange },
): Promise<Done<readonly Label[]>> {
  const { change } = input
  const click = clickOf(context, change.do === 'add' ? 'created' : change.do === 'set' ? 'edited' : 'removed')
  const done = await context.store.transact(async (tx) => {
    const { actor } = await lockWorkspace(tx, context.actor)
    permit(actor, 'label.change')
    const { workspaceId } = actor
    const labels = await tx.boards.labels(workspaceId)
    const before = change.do === 'add' ? null : await tx.boards.label(change.labelId)
    if (change.do !== 'add' && (before?.workspaceId !== workspaceId || before.removed))
      throw new Refusal('not_found')
    if (change.do === 'add' && labels.length >= MAX_LABELS)
      throw new Refusal('too_many', { field: 'labels', max: MAX_LABELS })
    const next = after(before, change, workspaceId)
    if (!next.removed && labels.some((other) => other.id !== next.id && sameName(other.name, next.name)))
      throw new Refusal('conflict')
    const was = before ?? { name: next.name, tone: next.tone, removed: true }
    const history = changeOf(click, 'label', was, next, { boardId: null, activityId: null })
    if (Object.keys(history.diff).length === 0) return { labels, changed: false }
    await (before ? tx.boards.saveLabel(next) : tx.boards.addLabel(next))
    await tx.activities.addChanges([history])
    return { labels: await tx.boards.labels(workspaceId), changed: true }
  })
  if (!done.changed) return { value: done.labels, undo: null }
  context.live.publish(context.actor.workspaceId, { type: 'workspace.changed' })
  return { value: done.labels, undo: click.id }
}

const sameName = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

function after(before: Label | null, change: LabelChange, workspaceId: Label['workspaceId']): Label {
  if (before === null || change.do === 'add') {
    if (change.do !== 'add') throw new Refusal('not_found')
    return {
      id: newId('lbl'),
      workspaceId,
      name: cleanLabel(change.name),
      tone: toneOf(change.tone),
      removed: false,
      revision: 1,
    }
  }
  const next = { ...before, revision: before.revision + 1 }
  if (change.do === 'remove') return { ...next, removed: true }
  return {
    ...next,
    name: change.name === undefined ? before.name : cleanLabel(change.name),
    tone: change.tone === undefined ? before.tone : toneOf(change.tone),
  }
}

function toneOf(tone: string): LabelTone {
  const known = labelTones.find((name) => name === tone)
  if (!known) throw new Refusal('invalid_input', { field: 'tone' })
  return known
}
