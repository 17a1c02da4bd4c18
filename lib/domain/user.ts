import type { Id } from '@/lib/kit/ids'
import type { Language } from './language'
import { Refusal } from './refusal'

/** Someone who signs in. */
export interface User {
  readonly id: Id<'usr'>
  readonly name: string
  readonly email: string
  readonly image: string | null
  /** Null follows the cookie, then the browser. */
  readonly locale: Language | null
  /** Null follows the system. */
  readonly theme: 'light' | 'dark' | null
}

/** Longer names do not fit a caret label; the longest registered ones are shorter. */
export const MAX_NAME = 80

/**
 * A name as others will see it: one line, no blanks around it. Refuses control characters and the ones that turn
 * writing around (U+202E and its family): with them a name can pretend to be another in a list of members.
 */
export function cleanName(typed: string): string {
  const name = typed.normalize('NFC').replace(/\s+/gu, ' ').trim()
  if (name.length === 0) throw new Refusal('required', { field: 'name' })
  if (/[\p{Cc}\p{Co}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u.test(name)) {
    throw new Refusal('invalid_input', { field: 'name' })
  }
  // Something must be visible: a name of nothing but joiners is an empty one.
  if (!/[\p{L}\p{N}\p{S}\p{P}]/u.test(name)) throw new Refusal('invalid_input', { field: 'name' })
  if ([...name].length > MAX_NAME) throw new Refusal('too_long', { field: 'name', max: MAX_NAME })
  return name
}
