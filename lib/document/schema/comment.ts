import { Mark } from '@tiptap/core'
import { isId } from '@/lib/kit/ids'

/**
 * The words a thread is about. Written by the server for everybody, so that who may only comment need not write, and
 * nobody's undo takes a discussion away.
 */
export const Comment = Mark.create({
  name: 'comment',
  // Outside of the link (1000), so that one stretch of words is one tag.
  priority: 1001,
  inclusive: false,
  // Two people may comment on the same words.
  excludes: '',

  addAttributes() {
    return { thread: { default: null, rendered: false } }
  },

  parseHTML() {
    return [
      {
        tag: 'mark[data-thread]',
        getAttrs: (element) => {
          const thread = element.getAttribute('data-thread')
          return isId('thr', thread) ? { thread } : false
        },
      },
    ]
  },

  renderHTML({ mark }) {
    return ['mark', { class: 'c', 'data-thread': mark.attrs.thread }, 0]
  },
})
