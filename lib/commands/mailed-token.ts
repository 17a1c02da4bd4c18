import { randomBytes } from 'node:crypto'

/** What opens a mailed link: 32 random bytes. The database keeps its hash only. */
export function newMailedToken(): string {
  return randomBytes(32).toString('base64url')
}
