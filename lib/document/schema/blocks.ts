import { mergeAttributes, Node, wrappingInputRule } from '@tiptap/core'
import { fileIdOf, fileSource } from '../links'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    callout: {
      /** Puts the selected blocks into a callout, or takes them out of one of the same kind. */
      toggleCallout: (kind: CalloutKind) => ReturnType
      /** Changes the kind of the callout around the selection. */
      setCalloutKind: (kind: CalloutKind) => ReturnType
    }
    image: {
      /** Inserts an image that has been uploaded. */
      setImage: (image: { fileId: string; alt?: string; width?: number }) => ReturnType
    }
  }
}

export type CalloutKind = 'note' | 'attention'

export const Callout = Node.create({
  name: 'callout',
  group: 'block',
  content: 'block*',
  defining: true,

  addAttributes() {
    return {
      kind: {
        default: 'note',
        parseHTML: (element) => (element.getAttribute('data-callout') === 'attention' ? 'attention' : 'note'),
        renderHTML: (attributes) => ({
          'data-callout': attributes.kind === 'attention' ? 'attention' : 'note',
        }),
      },
    }
  },

  parseHTML() {
    return [{ tag: 'div[data-callout]' }]
  },

  renderHTML({ HTMLAttributes }) {
    return ['div', mergeAttributes({ class: 'callout' }, HTMLAttributes), 0]
  },

  addCommands() {
    return {
      toggleCallout:
        (kind) =>
        ({ editor, commands }) => {
          if (editor.isActive(this.name, { kind })) return commands.lift(this.name)
          if (editor.isActive(this.name)) return commands.updateAttributes(this.name, { kind })
          return commands.wrapIn(this.name, { kind })
        },
      setCalloutKind:
        (kind) =>
        ({ commands }) =>
          commands.updateAttributes(this.name, { kind }),
    }
  },

  addInputRules() {
    return [
      wrappingInputRule({
        find: /^(?:!!|！！)\s$/,
        type: this.type,
        getAttributes: () => ({ kind: 'attention' }),
      }),
    ]
  },
})

/**
 * An image names a file of ours by id; there is no address in the document that could lead elsewhere. Where the
 * id is none, its alt text stands in the page.
 */
export const Image = Node.create({
  name: 'image',
  group: 'block',
  atom: true,
  draggable: true,

  addAttributes() {
    return { fileId: { default: null }, alt: { default: null }, width: { default: null } }
  },

  parseHTML() {
    return [
      {
        tag: 'img[src]',
        // A pasted picture from elsewhere has to be uploaded first; that is the page's task.
        getAttrs: (element) => {
          const fileId = fileIdOf(element.getAttribute('src'))
          if (fileId === null) return false
          const width = Number.parseInt(element.getAttribute('width') ?? '', 10)
          return {
            fileId,
            alt: element.getAttribute('alt'),
            width: Number.isInteger(width) ? width : null,
          }
        },
      },
    ]
  },

  renderHTML({ node }) {
    const source = fileSource(node.attrs.fileId)
    const alt = typeof node.attrs.alt === 'string' ? node.attrs.alt : ''
    if (source === null) return ['p', { class: 'inert' }, alt]
    const width = typeof node.attrs.width === 'number' ? node.attrs.width : null
    return ['img', { src: source, alt, width, loading: 'lazy' }]
  },

  addCommands() {
    return {
      setImage:
        ({ fileId, alt, width }) =>
        ({ commands }) =>
          commands.insertContent({
            type: this.name,
            attrs: { fileId, alt: alt ?? null, width: width ?? null },
          }),
    }
  },
})

/** Stands for a node this editor cannot hold (see tolerate): its text, kept and not editable. */
export const Foreign = Node.create({
  name: 'foreign',
  group: 'block',
  atom: true,
  selectable: true,

  addAttributes() {
    return { name: { default: null }, text: { default: null } }
  },

  renderHTML({ node }) {
    return ['div', { class: 'inert' }, typeof node.attrs.text === 'string' ? node.attrs.text : '']
  },
})
