import { mergeUpdates } from '@/lib/kit/merge-updates'
import type { HistorySegment, JournalRow } from './ports'

interface Sitting {
  readonly first: JournalRow
  last: JournalRow
  readonly parts: Uint8Array[]
}

/**
 * Journal rows (in order) as history: one segment per author, session and sitting - a pause longer than `pause`
 * milliseconds ends one. Segments of authors who wrote at the same time overlap; applied together they are the rows.
 */
export function toHistory(rows: readonly JournalRow[], pause: number): HistorySegment[] {
  const done: Sitting[] = []
  const open = new Map<string, Sitting>()
  for (const row of rows) {
    const key = `${row.userId ?? ''} ${row.sessionId ?? ''}`
    const sitting = open.get(key)
    if (sitting && row.at - sitting.last.at <= pause) {
      sitting.last = row
      sitting.parts.push(row.bytes)
      continue
    }
    const fresh: Sitting = { first: row, last: row, parts: [row.bytes] }
    open.set(key, fresh)
    done.push(fresh)
  }
  return done.map(({ first, last, parts }) => ({
    fromSeq: first.seq,
    toSeq: last.seq,
    bytes: parts.length === 1 ? first.bytes : mergeUpdates(parts),
    userId: first.userId,
    sessionId: first.sessionId,
    fromAt: first.at,
    toAt: last.at,
  }))
}
