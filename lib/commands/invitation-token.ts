import { randomBytes } from 'node:crypto'

/** 32 random bytes as 43 characters that need no escaping in a URL. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}
