/** The columns of the list, in their order. Each can be sorted by. */
export const listFields = [
  'title',
  'column',
  'owner',
  'start',
  'due',
  'priority',
  'effort',
  'serves',
  'labels',
] as const
export type ListField = (typeof listFields)[number]

/** What stands before them: the box that chooses a row. */
export type ListCell = ListField | 'choose'
export const listCells: readonly ListCell[] = ['choose', ...listFields]
