import { TaskItem as TiptapTaskItem } from '@tiptap/extension-list/task-item'
import type { Node as PmNode } from '@tiptap/pm/model'
import { taskLabel } from '../task-label'

const firstLine = (node: PmNode) => taskLabel(node.firstChild?.isTextblock ? node.firstChild.textContent : '')

/**
 * A check list item. The box is drawn by a small view of our own: the library's repeats the text in a hidden
 * label, which find-in-page would find twice, and names it in English.
 */
export const TaskItem = TiptapTaskItem.extend({
  content: 'block*',

  addAttributes() {
    return {
      checked: {
        default: false,
        keepOnSplit: false,
        parseHTML: (element) => ['', 'true'].includes(element.getAttribute('data-checked') ?? 'false'),
        renderHTML: (attributes) => ({ 'data-checked': attributes.checked === true ? 'true' : 'false' }),
      },
    }
  },

  renderHTML({ node, HTMLAttributes }) {
    return [
      'li',
      { 'data-type': 'taskItem', ...HTMLAttributes },
      [
        'label',
        { contenteditable: 'false' },
        [
          'input',
          {
            type: 'checkbox',
            checked: node.attrs.checked === true ? 'checked' : null,
            'aria-label': firstLine(node),
          },
        ],
      ],
      ['div', 0],
    ]
  },

  addNodeView() {
    return ({ node, editor, getPos }) => {
      const dom = document.createElement('li')
      const label = document.createElement('label')
      const box = document.createElement('input')
      const contentDOM = document.createElement('div')
      label.contentEditable = 'false'
      box.type = 'checkbox'
      dom.dataset.type = 'taskItem'
      label.append(box)
      dom.append(label, contentDOM)

      const show = (current: PmNode) => {
        const checked = current.attrs.checked === true
        dom.dataset.checked = String(checked)
        box.checked = checked
        const name = firstLine(current)
        if (box.getAttribute('aria-label') !== name) box.setAttribute('aria-label', name)
      }
      show(node)

      // The caret stays where it is while the mouse ticks a box.
      box.addEventListener('mousedown', (event) => event.preventDefault())
      box.addEventListener('change', () => {
        const at = typeof getPos === 'function' ? getPos() : undefined
        const current = at === undefined ? null : editor.state.doc.nodeAt(at)
        if (!editor.isEditable || at === undefined || current?.type !== node.type) {
          box.checked = dom.dataset.checked === 'true'
          return
        }
        editor.view.dispatch(editor.state.tr.setNodeAttribute(at, 'checked', box.checked))
      })

      return {
        dom,
        contentDOM,
        update(updated) {
          if (updated.type !== node.type) return false
          show(updated)
          return true
        },
        // What we set on the box and the list item ourselves is no edit by a person.
        ignoreMutation: (mutation) =>
          mutation.type !== 'selection' && !contentDOM.contains(mutation.target) && mutation.target !== dom
            ? true
            : mutation.type === 'attributes' && mutation.target === dom,
      }
    }
  },
}).configure({ nested: true })
