/**
 * Places where a process may be killed, thrown at or held up on purpose (docs/torture.md). In order of an edit's way: received, judged,
 * written, told; then what goes on beside it.
 */
export const FAILPOINTS = [
  'recv',
  'afterGuard',
  'beforeInsert',
  'afterInsertBeforeCommit',
  'afterCommitBeforeAck',
  'afterAckBeforeFanout',
  'snapshotMid',
  'snapshotDoneBeforeTrim',
  'trimMid',
  'loadMid',
  'unloadMid',
  'versionMid',
] as const

export type Failpoint = (typeof FAILPOINTS)[number]
export type Fuse = (name: Failpoint) => Promise<void> | undefined

let fuse: Fuse | null = null

/** Nothing at all, unless a torture has armed this process: the app never does. May throw, or keep who awaits it waiting. */
export function failpoint(name: Failpoint): Promise<void> | undefined {
  return fuse === null ? undefined : fuse(name)
}

/** Null: none any more. */
export function armFailpoints(next: Fuse | null): void {
  fuse = next
}
