import { createHash, randomBytes } from 'node:crypto'

/** 32 random bytes for a link; kept as its hash only, so that whoever reads the database can open nothing. */
export function newMailedToken(): { readonly token: string; readonly hash: string } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashMailedToken(token) }
}

/** The name a token is kept under. No salt or slow hash: there is nothing to guess in 256 bits. */
export function hashMailedToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
