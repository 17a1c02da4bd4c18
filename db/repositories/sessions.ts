import type { Db } from '../database'

export function sessionReader(_db: Db) {
  return {}
}

export function sessionWriter(db: Db) {
  return { ...sessionReader(db) }
}
