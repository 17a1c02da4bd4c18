import type { Db } from '../database'

export function invitationReader(_db: Db) {
  return {}
}

export function invitationWriter(db: Db) {
  return { ...invitationReader(db) }
}
