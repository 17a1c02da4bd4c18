import type { Db } from '../database'

export function userReader(_db: Db) {
  return {}
}

export function userWriter(db: Db) {
  return { ...userReader(db) }
}
