import { Node, textblockTypeInputRule } from '@tiptap/core'
import { Plugin, Selection, TextSelection } from '@tiptap/pm/state'

/** What stands before a language's name in the class of pasted code. */
const LANGUAGE = 'language-'

export const CodeLines = Node.create({
  name: 'codeBlock',
  content: 'text*',
  // Its words can be discussed like any others.
  marks: 'comment',
  group: 'block',
  code: true,
  defining: true,

  addAttributes: () => ({
    language: {
      default: null,
      parseHTML: (element) =>
        [...(element.firstElementChild?.classList ?? [])]
          .find((name) => name.startsWith(LANGUAGE))
          ?.slice(LANGUAGE.length) || null,
      rendered: false,
    },
  }),

  parseHTML: () => [{ tag: 'pre', preserveWhitespace: 'full' }],

  renderHTML({ node, HTMLAttributes }) {
    const { language } = node.attrs
    return ['pre', HTMLAttributes, ['code', { class: language ? LANGUAGE + language : null }, 0]]
  },

  addKeyboardShortcuts() {
    const { editor, name } = this
    /** The caret, while it stands in code. */
    const here = () => {
      const { $from, empty } = editor.state.selection
      return empty && $from.parent.type.name === name ? $from : null
    }
    return {
      'Mod-Alt-c': () => editor.commands.toggleNode(name, 'paragraph'),
      // At the very beginning, or where there is no code yet, it becomes a line of text again.
      Backspace: () => {
        const at = here()
        return at !== null && (at.pos === 1 || at.parent.content.size === 0) && editor.commands.clearNodes()
      },
      // After two empty lines one has done.
      Enter: () => {
        const at = here()
        if (!at || at.parentOffset !== at.parent.content.size || !at.parent.textContent.endsWith('\n\n'))
          return false
        return editor
          .chain()
          .command(({ tr }) => {
            tr.delete(at.pos - 2, at.pos)
            return true
          })
          .exitCode()
          .run()
      },
      ArrowUp: () => {
        const at = here()
        return at?.parentOffset === 0 && at.before() === 0 && editor.commands.insertDefaultBlock({ pos: 0 })
      },
      ArrowDown: () => {
        const at = here()
        if (!at || at.parentOffset !== at.parent.content.size) return false
        const { doc } = editor.state
        const after = at.after()
        if (!doc.nodeAt(after)) return editor.commands.exitCode()
        return editor.commands.command(({ tr }) => {
          tr.setSelection(Selection.near(doc.resolve(after)))
          return true
        })
      },
    }
  },

  addInputRules() {
    return [/^```([a-z]+)?[\s\n]$/, /^~~~([a-z]+)?[\s\n]$/].map((find) =>
      textblockTypeInputRule({ find, type: this.type, getAttributes: (match) => ({ language: match[1] }) }),
    )
  },

  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          // An editor of programs says beside the text which language it is.
          handlePaste: (view, event) => {
            const data = event.clipboardData
            const text = data?.getData('text/plain')
            const language = languageIn(data?.getData('vscode-editor-data'))
            if (!text || !language || this.editor.isActive(this.name)) return false
            const { tr, schema } = view.state
            const code = this.type.create({ language }, schema.text(text.replace(/\r\n?/g, '\n')))
            tr.replaceSelectionWith(code)
            if (tr.selection.$from.parent.type !== this.type)
              tr.setSelection(TextSelection.near(tr.doc.resolve(Math.max(0, tr.selection.from - 2))))
            view.dispatch(tr.setMeta('paste', true))
            return true
          },
        },
      }),
    ]
  },
})

function languageIn(said: string | undefined): string | null {
  try {
    const { mode } = JSON.parse(said || '{}')
    return typeof mode === 'string' ? mode : null
  } catch {
    return null
  }
}
