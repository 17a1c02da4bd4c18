import type { Json } from '../json'
import { cleanAttrs, NODES } from '../schema/spec'

type Attrs = Readonly<Record<string, Json>>
type Attributes = Record<string, string | null>

/**
 * The attributes of an item's tag, for the editor and the server's page alike; null is left out. All fields travel
 * in one of them, so that an item cut in one page and pasted into another is whole.
 */
export function itemAttributes(attrs: Attrs): Attributes {
  const { id, kind, code, ...fields } = attrs
  return {
    class: 'item',
    'data-kind': textOf(kind),
    'data-id': textOf(id),
    'data-code': textOf(code),
    'data-fields': packed(fields),
  }
}

export function partAttributes(attrs: Attrs): Attributes {
  return {
    class: 'part',
    'data-name': textOf(attrs.name),
    lang: attrs.lang === 'zh' ? 'zh-CN' : textOf(attrs.lang),
    'data-refs': Array.isArray(attrs.refs) && attrs.refs.length > 0 ? attrs.refs.join(' ') : null,
  }
}

/** What `itemAttributes` wrote, read from a page that may be anybody's. `get` gives an attribute of the tag. */
export function readItemAttributes(get: (name: string) => string | null): Record<string, Json> {
  const fields = unpacked(get('data-fields'))
  const own = { id: get('data-id'), kind: get('data-kind'), code: get('data-code') }
  return cleanAttrs(NODES.item?.attrs ?? {}, { ...fields, ...own })
}

export function readPartAttributes(get: (name: string) => string | null): Record<string, Json> {
  return cleanAttrs(NODES.itemPart?.attrs ?? {}, {
    name: get('data-name'),
    lang: get('lang')?.slice(0, 2) ?? null,
    refs: get('data-refs')?.split(' ') ?? null,
  })
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null
}

function packed(fields: Attrs): string | null {
  const set = Object.entries(fields).filter(([, value]) => value !== null)
  return set.length > 0 ? JSON.stringify(Object.fromEntries(set)) : null
}

function unpacked(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
