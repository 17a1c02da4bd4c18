import type { DepartmentInPage } from '@/lib/document/render/item-face'
import type { TextRoot } from '@/lib/document/roots'
import type { Count } from '@/lib/document/text'
import type { Language } from '@/lib/domain/language'
import type { StrategyStatus } from '@/lib/domain/strategy-access'
import type { Outline } from './outline'

/** How somebody is in the strategy: writing in it, suggesting changes, or only reading. */
export type Mode = 'edit' | 'suggest' | 'read'

/** What the page is given besides the text. Plain values: they travel to the browser. */
export interface Boot {
  readonly workspace: string
  readonly strategy: {
    readonly id: string
    readonly title: string
    readonly revision: number
    readonly language: Language
    readonly status: StrategyStatus
  }
  readonly me: { readonly userId: string; readonly memberId: string }
  /** What the text now is, or will be when it is kept. */
  readonly version: number
  /** Nothing was written since: it is that version. */
  readonly kept: boolean
  readonly mayEdit: boolean
  readonly mayRename: boolean
  /** Which document the page shows: the strategy's room, or that of one's own proposal. */
  readonly room: string
  readonly mode: Mode
  /** What this person may choose between; the first is the usual one. */
  readonly modes: readonly Mode[]
  /** How many proposals are open. */
  readonly proposals: number
  readonly mayRestore: boolean
  readonly mayShare: boolean
  readonly mayAccess: boolean
  readonly mayComment: boolean
  /** The open threads: `ids` of those whose words stand in the text, `count` of all. */
  readonly threads: { readonly ids: readonly string[]; readonly count: number }
  /** When the text below was read from the store; milliseconds since 1970. */
  readonly readAt: number
  readonly zone: string
  readonly outline: Outline
  readonly count: Count
  readonly empty: readonly TextRoot[]
  /** The chain, for intents and hand-offs. */
  readonly departments: readonly DepartmentInPage[]
}
