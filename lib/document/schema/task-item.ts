import { Node, wrappingInputRule } from '@tiptap/core'
import type { Node as PmNode } from '@tiptap/pm/model'
import { taskLabel } from '../task-label'
import { deletingBefore } from './lists'

const firstLine = (node: PmNode) => taskLabel(node.firstChild?.isTextblock ? node.firstChild.textContent : '')

/**
 * A check list item. The box is drawn by a small view of our own: the library's repeats the text in a hidden
 * label, which find-in-page would find twice, and names it in English.
 */
export const TaskItem = Node.create({
  name: 'taskItem',
  content: 'block*',
  defining: true,

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

  parseHTML: () => [
    {
      tag: 'li[data-type="taskItem"]',
      priority: 51,
      contentElement: (element) => element.querySelector('div') ?? element,
    },
  ],

  addExtensions: () => [deletingBefore('taskItem', ['taskList'])],

  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      Tab: () => this.editor.commands.sinkListItem(this.name),
      'Shift-Tab': () => this.editor.commands.liftListItem(this.name),
    }
  },

  addInputRules() {
    return [
      wrappingInputRule({
        find: /^\s*(\[([( |x])?\])\s$/,
        type: this.type,
        getAttributes: (match) => ({ checked: match[2] === 'x' }),
      }),
    ]
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
})
