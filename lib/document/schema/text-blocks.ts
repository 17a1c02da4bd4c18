import {
  canInsertNode,
  type Editor,
  isNodeSelection,
  Node,
  nodeInputRule,
  textblockTypeInputRule,
  wrappingInputRule,
} from '@tiptap/core'
import { type NodeType, Slice } from '@tiptap/pm/model'
import { NodeSelection, TextSelection, type Transaction } from '@tiptap/pm/state'

// Blocks of plain text and what stands between them. Content is made lenient; see NODES in spec.ts for the reason.

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    horizontalRule: {
      /** Inserts a divider; the caret goes on behind it. */
      setHorizontalRule: () => ReturnType
    }
  }
}

export const Document = Node.create({ name: 'doc', topNode: true, content: 'block+' })

export const Text = Node.create({ name: 'text', group: 'inline' })

export const Paragraph = Node.create({
  name: 'paragraph',
  priority: 1000,
  group: 'block',
  content: 'inline*',
  parseHTML: () => [{ tag: 'p' }],
  renderHTML: ({ HTMLAttributes }) => ['p', HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return { 'Mod-Alt-0': () => this.editor.commands.setNode('paragraph') }
  },
})

const LEVELS = [3, 4, 5] as const

export const Heading = Node.create({
  name: 'heading',
  content: 'inline*',
  group: 'block',
  defining: true,
  addAttributes: () => ({ level: { default: 3, rendered: false } }),
  parseHTML: () => LEVELS.map((level) => ({ tag: `h${level}`, attrs: { level } })),
  renderHTML: ({ node, HTMLAttributes }) => [
    `h${LEVELS.find((level) => level === node.attrs.level) ?? 3}`,
    HTMLAttributes,
    0,
  ],
  addKeyboardShortcuts() {
    return Object.fromEntries(
      LEVELS.map((level) => [
        `Mod-Alt-${level}`,
        () => this.editor.commands.toggleNode('heading', 'paragraph', { level }),
      ]),
    )
  },
  // One to three signs make the largest heading there is inside a chapter, so nobody has to know that the
  // chapter's own title is level 2.
  addInputRules() {
    return [
      textblockTypeInputRule({
        find: /^(#{1,5})\s$/,
        type: this.type,
        getAttributes: (match) => ({ level: Math.max(3, match[1]?.length ?? 3) }),
      }),
    ]
  },
})

export const Quote = Node.create({
  name: 'blockquote',
  content: 'block*',
  group: 'block',
  defining: true,
  parseHTML: () => [{ tag: 'blockquote' }],
  renderHTML: ({ HTMLAttributes }) => ['blockquote', HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return {
      'Mod-Shift-b': () => this.editor.commands.toggleWrap('blockquote'),
      Backspace: () => backIntoQuote(this.editor, this.type),
    }
  },
  addInputRules() {
    return [wrappingInputRule({ find: /^\s*>\s$/, type: this.type })]
  },
})

/**
 * At the beginning of a block inside a quote the block leaves it; of one behind a quote, its words join the quote's
 * last line. What the editor does by itself would pull the whole block in.
 */
function backIntoQuote(editor: Editor, quote: NodeType): boolean {
  const { empty, $from } = editor.state.selection
  const outside = $from.depth - 1
  if (!empty || $from.parentOffset !== 0 || outside < 0) return false
  const parent = $from.node(outside)
  const before = $from.index(outside) > 0 ? parent.child($from.index(outside) - 1) : null
  if (!before) return false
  if (parent.type === quote) return editor.commands.lift(quote.name)
  if (before.type !== quote || !before.lastChild?.isTextblock) return false
  // Past the quote's end and that of its last line.
  const into = $from.before() - 2
  const { content } = $from.parent
  return editor.commands.command(({ tr, dispatch }) => {
    if (!dispatch) return true
    tr.replace(into, $from.after(), new Slice(content, 0, 0))
    tr.setSelection(TextSelection.create(tr.doc, into + content.size)).scrollIntoView()
    return true
  })
}

export const HorizontalRule = Node.create({
  name: 'horizontalRule',
  group: 'block',
  parseHTML: () => [{ tag: 'hr' }],
  renderHTML: ({ HTMLAttributes }) => ['hr', HTMLAttributes],
  addCommands() {
    return {
      setHorizontalRule:
        () =>
        ({ chain, state }) => {
          if (!canInsertNode(state, this.type)) return false
          const { selection } = state
          const rule = { type: this.name }
          const inserted = isNodeSelection(selection)
            ? chain().insertContentAt(selection.$to.pos, rule)
            : chain().insertContent(rule)
          return inserted
            .command(({ tr, dispatch }) => {
              if (dispatch) goOnBehind(tr)
              return true
            })
            .run()
        },
    }
  },
  addInputRules() {
    return [nodeInputRule({ find: /^(?:---|—-|___\s|\*\*\*\s)$/, type: this.type })]
  },
})

/** The caret goes into the block behind it; where there is none, one is made. */
function goOnBehind(tr: Transaction): void {
  const { $to } = tr.selection
  const { nodeAfter, pos } = $to
  const { paragraph } = tr.doc.type.schema.nodes
  if (nodeAfter?.isTextblock) tr.setSelection(TextSelection.create(tr.doc, pos + 1))
  else if (nodeAfter?.isBlock) tr.setSelection(NodeSelection.create(tr.doc, pos))
  else if (nodeAfter) tr.setSelection(TextSelection.create(tr.doc, pos))
  else if (paragraph) {
    const end = $to.end()
    tr.insert(end, paragraph.create())
    tr.setSelection(TextSelection.create(tr.doc, end + 1))
  }
  tr.scrollIntoView()
}

export const HardBreak = Node.create({
  name: 'hardBreak',
  inline: true,
  group: 'inline',
  selectable: false,
  linebreakReplacement: true,
  parseHTML: () => [{ tag: 'br' }],
  renderHTML: ({ HTMLAttributes }) => ['br', HTMLAttributes],
  renderText: () => '\n',
  addKeyboardShortcuts() {
    const insert = () =>
      this.editor.commands.first(({ commands }) => [
        () => commands.exitCode(),
        () =>
          commands.command(({ state, chain }) => {
            const { selection, storedMarks } = state
            if (selection.$from.parent.type.spec.isolating) return false
            // Whoever writes bold goes on in bold.
            const marks = storedMarks ?? (selection.$to.parentOffset > 0 ? selection.$from.marks() : null)
            const { splittableMarks } = this.editor.extensionManager
            return chain()
              .insertContent({ type: 'hardBreak' })
              .command(({ tr, dispatch }) => {
                if (dispatch && marks)
                  tr.ensureMarks(marks.filter(({ type }) => splittableMarks.includes(type.name)))
                return true
              })
              .scrollIntoView()
              .run()
          }),
      ])
    return { 'Mod-Enter': insert, 'Shift-Enter': insert }
  },
})
