import type { Db } from '../database'

export function memberReader(_db: Db) {
  return {}
}

export function memberWriter(db: Db) {
  return { ...memberReader(db) }
}
