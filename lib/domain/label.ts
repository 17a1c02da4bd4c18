import type { Id } from '@/lib/kit/ids'
import { cleanLine } from './plain-text'

/** Colours of labels, as places in the palette of the screens. */
export const labelTones = ['grey', 'blue', 'green', 'amber', 'red', 'violet', 'teal', 'pink'] as const
export type LabelTone = (typeof labelTones)[number]

export const MAX_LABEL = 30

/** A word activities of the whole workspace may carry. */
export interface Label {
  readonly id: Id<'lbl'>
  readonly workspaceId: Id<'ws'>
  readonly name: string
  readonly tone: LabelTone
  readonly removed: boolean
  readonly revision: number
}

export const cleanLabel = (text: string) => cleanLine(text, { field: 'name', max: MAX_LABEL })
