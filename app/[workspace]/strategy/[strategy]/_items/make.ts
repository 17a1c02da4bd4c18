import type { Fragment, Node as PmNode, Schema } from '@tiptap/pm/model'
import type { ItemKind } from '@/lib/document/items/kinds'
import { newItem } from '@/lib/document/items/new-item'
import type { Json } from '@/lib/document/json'
import type { Language } from '@/lib/domain/language'
import { newId } from '@/lib/kit/ids'

/** A new item as it begins: an id and its empty lines. The code comes from the server. */
export function makeItem(
  schema: Schema,
  kind: ItemKind,
  written: Language,
  attrs: Readonly<Record<string, Json>> = {},
  first?: Fragment,
): PmNode {
  const made = schema.nodeFromJSON(newItem(kind, { id: newId('itm'), language: written, attrs }))
  const line = made.firstChild
  if (!first || !line) return made
  return made.copy(made.content.replaceChild(0, line.copy(first)))
}
