import type { Db } from '../database'

export function rateLimitReader(_db: Db) {
  return {}
}

export function rateLimitWriter(db: Db) {
  return { ...rateLimitReader(db) }
}
