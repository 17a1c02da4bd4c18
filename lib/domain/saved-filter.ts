import type { Id } from '@/lib/kit/ids'
import { cleanLine } from './plain-text'
import { Refusal } from './refusal'

/** What somebody looks through boards by, under a name: the query of the page's address. */
export interface SavedFilter {
  readonly id: Id<'sfl'>
  readonly workspaceId: Id<'ws'>
  /** Whose it is. */
  readonly memberId: Id<'mem'>
  readonly name: string
  /** `owner=mem_…&phase=do`, without a question mark. */
  readonly query: string
  /** For everybody who reads boards here; else its member's alone. */
  readonly shared: boolean
  readonly removed: boolean
  readonly revision: number
}

export const MAX_FILTER_NAME = 60
/** A menu of more is not looked through. */
export const MAX_FILTERS = 50
export const MAX_SHARED_FILTERS = 200
const MAX_QUERY = 2_000
const MAX_PARTS = 100
const NAME = /^[a-z][a-z-]{0,23}$/

/** What is open just now is no part of what one looks by. */
const passing: ReadonlySet<string> = new Set(['card', 'filter'])

export const cleanFilterName = (text: string) => cleanLine(text, { field: 'name', max: MAX_FILTER_NAME })

/**
 * The query as it is kept: in the one way of writing it, without what is only open at the moment. What its names mean is
 * for the page to say, which passes over those it does not know. Refuses `required` for one that filters nothing,
 * `too_long`, `invalid_input`.
 */
export function cleanFilterQuery(text: string): string {
  if (text.length > MAX_QUERY) throw new Refusal('too_long', { field: 'query', max: MAX_QUERY })
  const parts = [...new URLSearchParams(text.replace(/^\?/, ''))].filter(
    ([name, value]) => !passing.has(name) && value !== '',
  )
  if (parts.length === 0) throw new Refusal('required', { field: 'query' })
  if (parts.length > MAX_PARTS) throw new Refusal('invalid_input', { field: 'query' })
  // A zero byte makes PostgreSQL refuse the whole statement; nothing invisible belongs into an address.
  if (parts.some(([name, value]) => !NAME.test(name) || /[\p{Cc}\p{Surrogate}]/u.test(value)))
    throw new Refusal('invalid_input', { field: 'query' })
  const query = new URLSearchParams(parts).toString()
  // Letters that have to be escaped take nine signs each: the text somebody looks for may still be a sentence.
  if (query.length > MAX_QUERY * 2) throw new Refusal('too_long', { field: 'query', max: MAX_QUERY })
  return query
}
