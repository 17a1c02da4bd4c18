'use client'
import { createContext, useContext } from 'react'
import type { PanelData } from './panel-data'
import type { PanelStore } from './panel-store'
import type { PanelActs } from './use-acts'
import type { Names } from './use-names'

/** What every part of the panel needs. */
export interface Panel {
  readonly data: PanelData
  readonly store: PanelStore
  readonly acts: PanelActs
  readonly names: Names
  /** Whether this person may change it now: by right, and because it is neither archived nor trashed. */
  readonly mayEdit: boolean
}

export const PanelContext = createContext<Panel | null>(null)

export function usePanel(): Panel {
  const panel = useContext(PanelContext)
  if (!panel) throw new Error('drawn inside <ActivityPanel>')
  return panel
}
