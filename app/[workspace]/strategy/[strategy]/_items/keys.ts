import { Extension } from '@tiptap/core'
import { type Command, Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { kinds } from '@/lib/document/items/kinds'
import { latePlugin, pasteLater } from '@/lib/document/schema/late-plugin'
import { atItem } from './at'
import type { Clipboard } from './clipboard'
import {
  type Around,
  backspaceInItem,
  backwards,
  deleteInItem,
  enterInItem,
  goToPart,
  moveItem,
  onwards,
} from './commands'
import { kindOf } from './place'
import { type Act, ItemView } from './view'
import type { ItemWorld } from './world'
import { writersPlugin } from './writers'

export interface ItemHooks extends Clipboard, Around {
  readonly world: ItemWorld
  readonly act: Act
  /** The key that opens the fields of the item one is in. Answers whether there are any. */
  fields(view: EditorView): boolean
}

/** Items in the editor of one chapter: their views, their keys, their way through the clipboard. */
export function itemsExtension(hooks: ItemHooks): Extension {
  return Extension.create({
    name: 'items',
    // Before the page's arrows (900) and the keys of lists and tables, after the slash menu (950).
    priority: 940,

    addKeyboardShortcuts() {
      const run = (command: Command) => () => {
        const { view } = this.editor
        if (view.composing || !view.editable) return false
        return command(view.state, view.dispatch, view)
      }
      const fields = () => {
        const { view } = this.editor
        if (view.composing || !view.editable) return false
        return hooks.fields(view)
      }
      return {
        Enter: run(enterInItem(hooks)),
        Tab: run(onwards(hooks)),
        'Shift-Tab': run(backwards(hooks)),
        Backspace: run(backspaceInItem(hooks)),
        Delete: run(deleteInItem(hooks)),
        'Alt-Shift-ArrowUp': run(moveItem(-1)),
        'Alt-Shift-ArrowDown': run(moveItem(1)),
        'Mod-Enter': fields,
        'Alt-Enter': fields,
      }
    },

    addProseMirrorPlugins() {
      const { schema } = this.editor
      return [
        latePlugin(
          () => import('./clipboard').then(({ itemClipboard }) => itemClipboard(schema, hooks)),
          (ask) => ({ handlePaste: (view, event) => pasteLater(view, event, ask()) }),
        ),
        atItem(),
        writersPlugin(),
        new Plugin({
          key: new PluginKey('itemViews'),
          props: {
            nodeViews: {
              item: (node, view, getPos) => new ItemView(node, view, getPos, hooks.world, hooks.act),
            },
            handleClickOn(view, _at, node, position, _event, direct) {
              // One without any part has nowhere to write; the click makes a place.
              if (!direct || !view.editable || node.type.name !== 'item' || node.childCount > 0) return false
              const kind = kindOf(node)
              const first = kind ? kinds[kind].parts[0] : undefined
              return first ? goToPart(position, first)(view.state, view.dispatch) : false
            },
          },
        }),
      ]
    },
  })
}
