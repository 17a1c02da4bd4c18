import type { LiveEvent } from '@/lib/domain/live-event'

const known: ReadonlySet<string> = new Set<LiveEvent['type']>([
  'cards.changed',
  'columns.changed',
  'beside.changed',
])

/** Whether something heard is news of a board. A newer server may tell of things this page does not know. */
export function isLiveEvent(value: unknown): value is LiveEvent {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('boardId' in value)) return false
  if (typeof value.type !== 'string' || !known.has(value.type) || typeof value.boardId !== 'string')
    return false
  if (value.type === 'cards.changed') return 'cards' in value && isListOfRows(value.cards)
  if (value.type === 'columns.changed') return 'columns' in value && isListOfRows(value.columns)
  return 'what' in value
}

function isListOfRows(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (row: unknown) =>
        typeof row === 'object' &&
        row !== null &&
        'id' in row &&
        typeof row.id === 'string' &&
        'revision' in row &&
        typeof row.revision === 'number',
    )
  )
}
