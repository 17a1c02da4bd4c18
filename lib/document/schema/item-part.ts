import { Node } from '@tiptap/core'
import { partAttributes, readPartAttributes } from '../items/attributes'
import { attributesOf } from './item'

/** The words of one field of an item. */
export const ItemPart = Node.create({
  name: 'itemPart',
  content: 'inline*',
  defining: true,

  addAttributes() {
    return attributesOf(this.name)
  },

  parseHTML() {
    return [
      {
        tag: 'div.part[data-name]',
        getAttrs: (element) => readPartAttributes((name) => element.getAttribute(name)),
      },
    ]
  },

  renderHTML({ node }) {
    return ['div', partAttributes(node.attrs), 0]
  },
})
