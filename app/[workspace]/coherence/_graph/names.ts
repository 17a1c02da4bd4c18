import type { Say } from '@/app/_i18n/say'
import type { GraphNode } from '@/lib/domain/coherence/graph'
import type { ItemKind } from '@/lib/domain/strategy-item'
import type { DrawnNode } from './drawn'

export interface GraphBoard {
  readonly departmentId: string
  readonly kind: string
  readonly name: string
  readonly href: string
}

export interface Places {
  /** Null: not theirs to read. */
  readonly strategy: string | null
  readonly measures: string
}

/** What a point is called. */
export function nameOf({ station, label, code, verdict }: GraphNode, t: Say): string {
  if (station === 'slot' && (label === 'whom' || label === 'problem' || label === 'solution'))
    return t(`coherence.ui_slot_${label}`)
  if (verdict) return t(`coherence.ui_verdict_${verdict}`)
  return code ? `${code} ${label}` : label
}

/** What a point that stands for several is called: how many, and of what. */
export function drawnName(node: DrawnNode, boards: readonly GraphBoard[], t: Say): string {
  if (node.members === null) return nameOf(node, t)
  return t('coherence.ui_group', { n: node.members.length, name: groupName(node, boards, t) })
}

export function groupName(node: DrawnNode, boards: readonly GraphBoard[], t: Say): string {
  const department = boards.find(({ departmentId }) => departmentId === node.departmentId)
  if (department) return department.name
  if (node.verdict) return t(`coherence.ui_verdict_${node.verdict}`)
  return node.kind && isDifficulty(node.kind)
    ? t(`coherence.ui_kind_${node.kind}`)
    : t(`coherence.ui_station_${node.station}`)
}

function isDifficulty(kind: ItemKind): kind is 'segment' | 'pain' | 'itch' | 'delight' | 'gap' {
  return ['segment', 'pain', 'itch', 'delight', 'gap'].includes(kind)
}

/** Where a point lives; null: nowhere of its own, or not theirs to read. */
export function hrefOf(
  { id, departmentId }: Pick<GraphNode, 'id' | 'departmentId'>,
  boards: readonly GraphBoard[],
  places: Places,
): string | null {
  if (id.startsWith('itm_')) return places.strategy && `${places.strategy}#${id.split('/')[0]}`
  if (id.startsWith('mea_')) return `${places.measures}/${id}`
  const board = id.startsWith('act_') && boards.find((one) => one.departmentId === departmentId)
  return board ? `${board.href}?card=${id}` : null
}
