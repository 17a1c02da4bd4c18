/** The engine's front, for the server. Browser code imports lib/collab/client instead. */
export { defaultLimits, type Limits } from './limits'
export {
  type CommittedListener,
  createEngine,
  type DocumentState,
  type Engine,
  type EngineOptions,
  type EngineStats,
  type PresentPerson,
} from './room/engine'
export type {
  Authorizer,
  Bus,
  BusNote,
  DistantEntry,
  EngineLog,
  EngineSession,
  Grant,
  JournalStore,
  Meter,
  Resolution,
  RevokeTarget,
  Roots,
} from './room/ports'
export { type Edited, type EditOptions, EditRefused, type ServerAuthor } from './room/server-edit'
export { NoSuchDocument, StoredDocumentBroken } from './room/stored-document'
