import type { Sent } from '@/app/_i18n/words'
import type { Activity } from '@/lib/domain/activity'
import type { Change } from '@/lib/domain/change'
import type { ActivityPanel, Description, FoundActivity } from '@/lib/queries/activity'

export interface Said {
  readonly id: string
  readonly memberId: string
  readonly text: string
  /** Milliseconds since 1970, like every moment here. */
  readonly at: number
  readonly edited: boolean
}

export type Told = Omit<Change, 'at'> & { readonly at: number }
export type PanelActivity = Omit<Activity, 'createdAt' | 'updatedAt'>

/** Everything the panel shows, as it travels to the browser: plain values, moments as numbers. */
export interface PanelData extends Omit<ActivityPanel, 'activity' | 'comments' | 'history'> {
  readonly activity: PanelActivity
  readonly comments: readonly Said[]
  readonly history: readonly Told[]
  /** Null when it was not asked for: while the editor is open it knows better. */
  readonly description: Description | null
  /** What the panel says, sent with the first reading: a board without a panel does not carry it. */
  readonly words: Sent | null
  readonly zone: string
  readonly readAt: number
}

export type { FoundActivity }

export function panelData(
  panel: ActivityPanel,
  given: Pick<PanelData, 'description' | 'words' | 'zone' | 'readAt'>,
): PanelData {
  const { createdAt: _created, updatedAt: _updated, ...activity } = panel.activity
  return {
    ...panel,
    ...given,
    activity,
    comments: panel.comments.map(({ id, memberId, text, createdAt, editedAt }) => ({
      id,
      memberId,
      text,
      at: createdAt.getTime(),
      edited: editedAt !== null,
    })),
    history: panel.history.map((change) => ({ ...change, at: change.at.getTime() })),
  }
}
