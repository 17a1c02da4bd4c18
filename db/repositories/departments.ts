import type { Db } from '../database'

export function departmentReader(_db: Db) {
  return {}
}

export function departmentWriter(db: Db) {
  return { ...departmentReader(db) }
}
