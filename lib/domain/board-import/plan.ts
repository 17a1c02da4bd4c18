import type { Halt, Priority } from '../activity'
import type { Cycle } from '../cycle'
import type { DayText } from '../day-text'
import type { HandOffState } from '../hand-off'
import type { Direction } from '../measure'
import type { RelationKind } from '../relation'

/** What a file says, as far as it could be read. Names are still names: `resolve` finds whom and what they mean. */
export interface ReadImport {
  readonly activities: readonly ReadActivity[]
  readonly handOffs: readonly ReadHandOff[]
  readonly relations: readonly ReadRelation[]
  readonly measures: readonly ReadMeasure[]
  readonly problems: readonly ImportProblem[]
}

export interface ReadActivity {
  /** What the file calls it, for hand-offs and relations. */
  readonly ref: string | null
  /** Line or number in the file, from 1. */
  readonly row: number
  readonly title: string
  readonly department: string | null
  readonly column: string | null
  readonly owner: string | null
  readonly cycle: Cycle | null
  readonly start: DayText | null
  readonly due: DayText | null
  readonly priority: Priority | null
  readonly effort: number | null
  readonly labels: readonly string[]
  /** Codes of items (`P2`) or slots of the positioning (`problem`). */
  readonly serves: readonly string[]
  readonly checklist: readonly { readonly title: string; readonly done: boolean }[]
  readonly halt: Halt | null
  readonly archived: boolean
}

export interface ReadHandOff {
  readonly row: number
  readonly from: string
  readonly to: string
  readonly title: string
  readonly due: DayText | null
  readonly state: HandOffState
}

export interface ReadRelation {
  readonly row: number
  readonly kind: RelationKind
  readonly from: string
  readonly to: string
  readonly why: string
  readonly resolved: boolean
}

export interface ReadMeasure {
  readonly row: number
  readonly name: string
  readonly unit: string
  readonly direction: Direction
  readonly department: string | null
  readonly owner: string | null
  readonly serves: readonly string[]
  readonly baseline: number | null
  readonly baselineOn: DayText | null
  readonly targets: readonly { readonly cycle: Cycle; readonly value: number }[]
  readonly readings: readonly {
    readonly on: DayText
    readonly value: number
    readonly note: string
    readonly by: string | null
  }[]
}

export const importProblems = [
  'no_title',
  'too_long',
  'bad_date',
  'dates_reversed',
  'bad_number',
  'bad_priority',
  'unknown_person',
  'unknown_column',
  'unknown_item',
  'unknown_department',
  'unknown_reference',
  'not_kept',
  'too_many',
] as const

/** What is left out, and where: an import never half-works in silence. */
export interface ImportProblem {
  readonly row: number
  readonly code: (typeof importProblems)[number]
  /** The words of the file, at most 80 characters. */
  readonly value: string
}

/** Above this a file is no board. */
export const MAX_IMPORT_BYTES = 5 * 1024 * 1024
export const MAX_IMPORT_ROWS = 5_000

/** Notes problems while a file is read. A file of a million faults is not answered with a million sentences. */
export class Problems {
  readonly list: ImportProblem[] = []

  add(row: number, code: ImportProblem['code'], value: string): void {
    if (this.list.length < 500) this.list.push({ row, code, value: [...value].slice(0, 80).join('') })
  }
}
