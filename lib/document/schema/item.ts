import { Node } from '@tiptap/core'
import { itemAttributes, readItemAttributes } from '../items/attributes'
import { NODES } from './spec'

/** Fields lie in the node's attributes; the tag is made of all of them at once, so none is rendered by itself. */
export const attributesOf = (name: string) =>
  Object.fromEntries(
    Object.entries(NODES[name]?.attrs ?? {}).map(([attr, spec]) => [
      attr,
      { default: spec.default, rendered: false },
    ]),
  )

/** An item of the method as a block of the page. */
export const Item = Node.create({
  name: 'item',
  group: 'block',
  content: 'itemPart*',
  defining: true,
  isolating: true,

  addAttributes() {
    return attributesOf(this.name)
  },

  parseHTML() {
    return [
      {
        tag: 'div.item[data-kind]',
        // On a page the words stand between what is drawn around them.
        contentElement: (element) => element.querySelector<HTMLElement>(':scope > .parts') ?? element,
        getAttrs: (element) => readItemAttributes((name) => element.getAttribute(name)),
      },
    ]
  },

  renderHTML({ node }) {
    return ['div', itemAttributes(node.attrs), 0]
  },
})
