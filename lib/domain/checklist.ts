import type { Id } from '@/lib/kit/ids'
import { cleanDay, type DayText } from './day-text'
import { cleanLine } from './plain-text'
import { Refusal } from './refusal'

export interface ChecklistItem {
  readonly id: Id<'chk'>
  readonly title: string
  readonly done: boolean
  readonly ownerId: Id<'mem'> | null
  readonly due: DayText | null
}

export type Checklist = readonly ChecklistItem[]

export const MAX_CHECKLIST = 100
export const MAX_CHECK_TITLE = 300

export type ChecklistChange =
  | { readonly do: 'add'; readonly id: Id<'chk'>; readonly title: string }
  | {
      readonly do: 'set'
      readonly id: string
      readonly title?: string | undefined
      readonly done?: boolean | undefined
      readonly ownerId?: Id<'mem'> | null | undefined
      readonly due?: string | null | undefined
    }
  | { readonly do: 'remove'; readonly id: string }
  /** Right after another item; null: first. */
  | { readonly do: 'move'; readonly id: string; readonly after: string | null }

/**
 * The list after one change. Changes name an item, never the whole list: two people who tick two items at once both
 * have their tick. Refuses `not_found` for an item that is gone.
 */
export function changeChecklist(list: Checklist, change: ChecklistChange): Checklist {
  if (change.do === 'add') {
    if (list.length >= MAX_CHECKLIST)
      throw new Refusal('too_many', { field: 'checklist', max: MAX_CHECKLIST })
    // A repeated request finds its item and adds no second one.
    if (list.some(({ id }) => id === change.id)) return list
    return [...list, { id: change.id, title: title(change.title), done: false, ownerId: null, due: null }]
  }
  const item = list.find(({ id }) => id === change.id)
  if (!item) throw new Refusal('not_found')
  const others = list.filter(({ id }) => id !== change.id)
  switch (change.do) {
    case 'remove':
      return others
    case 'move': {
      const index = change.after === null ? -1 : others.findIndex(({ id }) => id === change.after)
      if (change.after !== null && index < 0) throw new Refusal('not_found')
      return [...others.slice(0, index + 1), item, ...others.slice(index + 1)]
    }
    case 'set': {
      const next: ChecklistItem = {
        ...item,
        ...(change.title === undefined ? {} : { title: title(change.title) }),
        ...(change.done === undefined ? {} : { done: change.done }),
        ...(change.ownerId === undefined ? {} : { ownerId: change.ownerId }),
        ...(change.due === undefined ? {} : { due: cleanDay(change.due, 'due') }),
      }
      return list.map((other) => (other.id === item.id ? next : other))
    }
  }
}

export function checked(list: Checklist): { readonly done: number; readonly of: number } {
  return { done: list.filter(({ done }) => done).length, of: list.length }
}

const title = (text: string) => cleanLine(text, { field: 'title', max: MAX_CHECK_TITLE })
