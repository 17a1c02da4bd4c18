import { createHash, randomBytes } from 'node:crypto'

/** 32 random bytes as 43 characters that need no escaping in a URL. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored. A plain hash is enough: nobody guesses 256 bits, so there is nothing to slow down. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
