/**
 * Raised whenever a document may hold a node or mark that older code does not know. An editor deletes what it
 * does not know, so the server lets a client write only when its version is at least the document's.
 * 1: text. 2: items and their parts, comments.
 */
export const SCHEMA_VERSION = 2
