import type { Db } from '../database'

export function workspaceReader(_db: Db) {
  return {}
}

export function workspaceWriter(db: Db) {
  return { ...workspaceReader(db) }
}
