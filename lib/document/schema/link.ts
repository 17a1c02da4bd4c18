import { InputRule, Mark, markPasteRule } from '@tiptap/core'
import type { MarkType } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { safeHref } from '../links'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    link: {
      /** Links the chosen words, or the whole link the caret is in. False for an address that is not safe. */
      setLink: (attributes: { href: string }) => ReturnType
      unsetLink: () => ReturnType
    }
  }
}

/** What every link carries; the page it opens learns nothing of ours and search engines take no advice from us. */
export const LINK_ATTRIBUTES = { target: '_blank', rel: 'noopener noreferrer nofollow' } as const

// An address is plain ASCII, so a Chinese sentence may go on right behind it; a closing sign belongs to the sentence.
const URL = 'https?:\\/\\/[\\x21-\\x7e]*[a-z0-9\\/_~=&#%+-]'
/** An address and the sign just typed behind it, which shows that it is whole. */
const TYPED = new RegExp(`(?:^|[^\\w/])(${URL})([\\s，。；、：！？）」』])$`, 'i')
const PASTED = new RegExp(URL, 'gi')
/** `[words](address)` as in Markdown. */
const MARKDOWN = /\[([^[\]\n]+)\]\(([\x21-\x7e]+)\)$/

/**
 * Only the address lies in the document: a class or target would be a stranger's to choose. An address that is
 * not http, https or mailto leaves the words and no link. The library's own mark would bring a parser of addresses
 * along that is larger than this whole schema (20 KB), and knows nothing of Chinese punctuation.
 */
export const Link = Mark.create({
  name: 'link',
  // First in the order of marks, so it is drawn around the others.
  priority: 1000,
  keepOnSplit: false,
  exitable: true,
  inclusive: false,

  addAttributes() {
    return { href: { default: null } }
  },

  parseHTML() {
    return [
      {
        tag: 'a[href]',
        getAttrs: (element) => {
          const href = safeHref(element.getAttribute('href'))
          return href === null ? false : { href }
        },
      },
    ]
  },

  renderHTML({ mark }) {
    const href = safeHref(mark.attrs.href)
    if (href === null) return ['span', { class: 'inert' }, 0]
    return ['a', { href, ...LINK_ATTRIBUTES }, 0]
  },

  addCommands() {
    return {
      setLink:
        ({ href }) =>
        ({ chain }) =>
          safeHref(href) !== null && chain().extendMarkRange(this.name).setMark(this.name, { href }).run(),
      unsetLink:
        () =>
        ({ chain }) =>
          chain().extendMarkRange(this.name).unsetMark(this.name).run(),
    }
  },

  addInputRules() {
    return [typedRule(this.type), markdownRule(this.type)]
  },

  addPasteRules() {
    return [
      markPasteRule({
        find: PASTED,
        type: this.type,
        getAttributes: ([address]) => (safeHref(address) === null ? false : { href: address }),
      }),
    ]
  },

  addProseMirrorPlugins() {
    return [pasteOver(this.type), openWithKey()]
  },
})

function typedRule(type: MarkType): InputRule {
  return new InputRule({
    find: TYPED,
    handler({ state, range, match }) {
      const [, address = '', after = ''] = match
      const { tr } = state
      // The sign itself has not been written yet.
      const from = range.to - address.length
      if (after === '\n' || safeHref(address) === null || tr.doc.rangeHasMark(from, range.to, type))
        return null
      tr.addMark(from, range.to, type.create({ href: address }))
      tr.insertText(after, range.to)
      tr.removeStoredMark(type)
      return undefined
    },
  })
}

function markdownRule(type: MarkType): InputRule {
  return new InputRule({
    find: MARKDOWN,
    handler({ state, range, match }) {
      const [, words = '', address = ''] = match
      const href = safeHref(address)
      if (href === null) return null
      const { tr } = state
      tr.replaceWith(range.from, range.to, type.schema.text(words, [type.create({ href })]))
      tr.removeStoredMark(type)
      return undefined
    },
  })
}

/** An address pasted over chosen words becomes their link. */
function pasteOver(type: MarkType): Plugin {
  return new Plugin({
    key: new PluginKey('pasteLink'),
    props: {
      handlePaste(view, event) {
        const { selection } = view.state
        if (selection.empty || !view.editable) return false
        const href = safeHref(event.clipboardData?.getData('text/plain').trim())
        if (href === null || !selection.$from.sameParent(selection.$to)) return false
        view.dispatch(view.state.tr.addMark(selection.from, selection.to, type.create({ href })))
        return true
      },
    },
  })
}

/** A click puts the caret into a link; with Ctrl or Cmd it opens it. */
function openWithKey(): Plugin {
  return new Plugin({
    key: new PluginKey('openLink'),
    props: {
      handleClick(view, _at, event) {
        if (!view.editable || !(event.ctrlKey || event.metaKey) || !(event.target instanceof Element))
          return false
        const href = safeHref(event.target.closest('a')?.getAttribute('href'))
        if (href === null) return false
        window.open(href, '_blank', 'noopener,noreferrer')
        return true
      },
    },
  })
}
