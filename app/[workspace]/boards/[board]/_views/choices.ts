import type { ReactNode } from 'react'

/** One of several things to choose from. */
export interface Choice {
  readonly value: string
  readonly label: string
  /** Drawn before the words: a mark, a face. */
  readonly lead?: ReactNode
  readonly hint?: string
  /** Its words stand in the strategy. */
  readonly quoted?: boolean
  /** Choices under one caption stand together. */
  readonly group?: string
}
