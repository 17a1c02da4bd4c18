/** RFC 5321: 254 characters in all, 64 before the @. */
const MAX_ADDRESS = 254
const MAX_LOCAL = 64

const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z][a-z0-9-]{0,61}[a-z0-9])$/
const ASCII = /^[\x21-\x7e]+$/

/**
 * One plain address in small letters, or null.
 *
 * Stricter than the standards on purpose. A quoted local part (`"a@evil.test"@victim.test`) and lists (`a@b,c@d`)
 * are read differently by mail libraries, which has delivered sign-in mail to strangers (GHSA-5jpx-9hw9-2fx4).
 * Only ASCII, looked at before letters are made small: the Kelvin sign would become a `k`, and two spellings
 * of one mailbox would be two users.
 */
export function parseEmail(text: string): string | null {
  const trimmed = text.trim()
  if (trimmed.length > MAX_ADDRESS || !ASCII.test(trimmed)) return null
  const address = trimmed.toLowerCase()
  const parts = address.split('@')
  const [local = '', domain = ''] = parts
  if (parts.length !== 2 || local.length > MAX_LOCAL) return null
  return LOCAL.test(local) && DOMAIN.test(domain) ? address : null
}
