import * as Y from 'yjs'
import { TEXT_ROOTS, type TextRoot } from '../roots'

/** A text of the document and what stands around it. */
export interface Around {
  readonly root: TextRoot
  readonly text: Y.XmlText
  /** The item and the part of it the text lies in. */
  readonly item: Y.XmlElement | null
  readonly part: Y.XmlElement | null
  /** The innermost node around the text. */
  readonly block: Y.XmlElement | null
}

/** What is met on the way through a root, in reading order. */
export interface Visitor {
  /** Before child number `index` of `parent`; after the last one, `index` is their number. */
  between?(parent: Y.XmlFragment | Y.XmlElement, index: number): void
  element?(element: Y.XmlElement, root: TextRoot): void
  text?(around: Around): void
}

/** Walks one root. No deeper than the engine lets a document be. */
export function walkRoot(doc: Y.Doc, root: TextRoot, visitor: Visitor): void {
  const inside = (
    parent: Y.XmlFragment | Y.XmlElement,
    item: Y.XmlElement | null,
    part: Y.XmlElement | null,
  ): void => {
    const children: unknown[] = parent.toArray()
    children.forEach((child, index) => {
      visitor.between?.(parent, index)
      if (child instanceof Y.XmlText) {
        const block = parent instanceof Y.XmlElement ? parent : null
        visitor.text?.({ root, text: child, item, part, block })
      } else if (child instanceof Y.XmlElement) {
        visitor.element?.(child, root)
        inside(child, child.nodeName === 'item' ? child : item, child.nodeName === 'itemPart' ? child : part)
      }
    })
    visitor.between?.(parent, children.length)
  }
  inside(doc.getXmlFragment(root), null, null)
}

export function walkAll(doc: Y.Doc, visitor: Visitor): void {
  for (const root of TEXT_ROOTS) walkRoot(doc, root, visitor)
}

/** The root a type of the document hangs under, or null: a map, or a type that was deleted. */
export function rootOf(type: Y.AbstractType<unknown>): TextRoot | null {
  let at: Y.AbstractType<unknown> = type
  for (let item = at._item; item !== null; item = at._item) {
    if (item.deleted || !(item.parent instanceof Y.AbstractType)) return null
    at = item.parent
  }
  return TEXT_ROOTS.find((root) => at.doc?.share.get(root) === at) ?? null
}
