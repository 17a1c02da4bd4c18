import type * as Y from 'yjs'
import type { Property } from './markdown/frame'
import { META_ROOT } from './roots'

const KEY = 'properties'

/** The properties an import brought along: kept so that an export can give them back. */
export function propertiesOf(doc: Y.Doc): Property[] {
  const stored: unknown = doc.getMap(META_ROOT).get(KEY)
  return Array.isArray(stored) ? stored.filter(isProperty).map(([key, value]) => [key, value]) : []
}

export function setProperties(doc: Y.Doc, properties: readonly Property[]): void {
  doc.getMap(META_ROOT).set(
    KEY,
    properties.map(([key, value]) => [key, value]),
  )
}

// Anybody who may write the document can write this map past us.
function isProperty(value: unknown): value is Property {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((part) => typeof part === 'string' && part.length <= 2000 && !/[\r\n]/.test(part))
  )
}
