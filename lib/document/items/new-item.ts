import type { Language } from '@/lib/domain/language'
import type { Json, NodeJson } from '../json'
import { type ItemKind, type ItemPart, kinds } from './kinds'

/** Words for the parts of a new item: a line of text, or inline nodes. */
export type PartContent = Readonly<Partial<Record<ItemPart, string | readonly NodeJson[]>>>

/**
 * An item as a node, with a place to write for each of its parts: two people who begin the same empty field then meet
 * in one. The sentence of a positioning is the exception, for it composes itself until somebody words it.
 */
export function newItem(
  kind: ItemKind,
  given: {
    readonly id: string
    readonly language: Language
    readonly attrs?: Readonly<Record<string, Json>>
    readonly parts?: PartContent
    /** Items that slots cite. */
    readonly refs?: Readonly<Partial<Record<ItemPart, readonly string[]>>>
  },
): NodeJson {
  const { parts: own, bilingual } = kinds[kind]
  const words = given.parts ?? {}
  const further = (Object.keys(words) as ItemPart[]).filter((name) => !own.includes(name))
  const names = [...own, ...further].filter((name) => name !== 'sentence' || words.sentence !== undefined)
  return {
    type: 'item',
    attrs: { ...given.attrs, id: given.id, kind },
    content: names.map((name) => {
      const content = words[name]
      const refs = given.refs?.[name]
      return {
        type: 'itemPart',
        attrs: {
          name,
          ...(bilingual && own.includes(name) ? { lang: given.language } : {}),
          ...(refs && refs.length > 0 ? { refs: [...refs] } : {}),
        },
        content:
          typeof content === 'string'
            ? content === ''
              ? []
              : [{ type: 'text', text: content }]
            : [...(content ?? [])],
      }
    }),
  }
}
