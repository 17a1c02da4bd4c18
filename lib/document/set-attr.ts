import type * as Y from 'yjs'
import type { Json } from './json'

/** Writes an attribute of an element; null takes it away. */
export function setAttr(element: Y.XmlElement, name: string, value: Json): void {
  if (value === null) element.removeAttribute(name)
  // Yjs's types know attributes as strings only; it stores any JSON, and the editor's binding relies on that.
  else element.setAttribute(name, value as string)
}
