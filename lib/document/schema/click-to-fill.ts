import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'

/**
 * A merge may leave a quote, cell or list item without a line to write on. A click on it gives it one: then
 * there is one person who wanted it, where repairing on arrival would have every open browser add a line.
 */
export const ClickToFill = Extension.create({
  name: 'clickToFill',

  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey('clickToFill'),
        props: {
          handleClickOn(view, _at, node, position, _event, direct) {
            const paragraph = view.state.schema.nodes.paragraph
            if (!direct || !view.editable || !paragraph || node.isLeaf || node.isTextblock) return false
            if (node.childCount > 0 || !node.type.contentMatch.matchType(paragraph)) return false
            const edit = view.state.tr.insert(position + 1, paragraph.create())
            view.dispatch(edit.setSelection(TextSelection.create(edit.doc, position + 2)))
            return true
          },
        },
      }),
    ]
  },
})
