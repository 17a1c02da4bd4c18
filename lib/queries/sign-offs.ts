import type { Context } from '@/lib/commands/context'
import { docOf } from '@/lib/document/suggest/branch-over'
import { wordingOf } from '@/lib/document/suggest/wording'
import { can, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { standsBehind } from '@/lib/domain/sign-off'
import { strategyAccess } from '@/lib/domain/strategy-access'
import type { Id } from '@/lib/kit/ids'

export interface SignView {
  readonly memberId: Id<'mem'>
  readonly userId: Id<'usr'>
  readonly name: string
  readonly image: string | null
  /** Null: has not signed any wording. */
  readonly signed: {
    /** Milliseconds since 1970. */
    readonly at: number
    readonly version: number
    /** The wording has changed since. */
    readonly changed: boolean
  } | null
}

export interface SignsView {
  /** The wording now; null: there is none to stand behind. */
  readonly wording: string | null
  /** Partners and owners who may read the strategy, and whoever else has signed and is still here. */
  readonly people: readonly SignView[]
  readonly me: Id<'mem'>
  readonly maySign: boolean
  /** The newest version somebody signed whose wording is another by now: what to compare with. */
  readonly changedSince: number | null
}

/** Who stands behind the present wording of the positioning, who not yet, and for whom it has changed. */
export async function positioningSigns(context: Context, strategyId: string): Promise<SignsView> {
  const { actor, store, live } = context
  const strategy = await store.read.strategies.find(strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  const subject = { kind: 'strategy', strategy } as const
  permit(actor, 'strategy.read', subject)
  const [signs, members, levels, state] = await Promise.all([
    store.read.signOffs.ofStrategy(strategy.id),
    store.read.members.list(actor.workspaceId),
    store.read.strategies.access(strategy.id),
    live.readDocument(strategy.documentId),
  ])
  const doc = docOf(state)
  const wording = wordingOf(doc)
  doc.destroy()
  const levelOf = new Map(levels.map((row) => [row.memberId, row.level]))
  const people = members.flatMap((member): SignView[] => {
    const sign = signs.find(({ memberId }) => memberId === member.id)
    const asked =
      (member.role === 'owner' || member.role === 'partner') &&
      strategyAccess({ role: member.role }, { ...strategy, given: levelOf.get(member.id) ?? null }) !== 'none'
    if (!asked && !sign) return []
    const { id, userId, name, image } = member
    return [
      {
        memberId: id,
        userId,
        name,
        image,
        signed: sign
          ? { at: sign.at.getTime(), version: sign.version, changed: !standsBehind(sign, wording) }
          : null,
      },
    ]
  })
  const old = people.flatMap(({ signed }) => (signed?.changed ? [signed.version] : []))
  return {
    wording,
    people,
    me: actor.memberId,
    maySign: can(actor, 'positioning.sign', subject),
    changedSince: old.length > 0 ? Math.max(...old) : null,
  }
}
