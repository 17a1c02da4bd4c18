import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'

/** As much of the binding as is touched here; the library does not export its type. */
interface Binding {
  type: Y.XmlFragment
  beforeTransactionSelection: unknown
  _observeFunction: (events: Array<Y.YEvent<Y.AbstractType<unknown>>>, transaction: Y.Transaction) => void
  _forceRerender(): void
}

const steady = new WeakSet<Binding>()

/**
 * Makes the binding survive its own throw. Having received a change it redraws the page and then looks for the
 * caret in it; where a merge moved the caret's block out from under it, that search can throw, before the redrawn
 * page is shown. The page would then be older than the document, and the next key press would be compared with
 * the old page and take back what a colleague wrote. So the page is drawn again without the search.
 */
export const SteadyBinding = Extension.create({
  name: 'steadyBinding',
  // After the binding (1000), whose view has to be there first.
  priority: 10,

  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey('steadyBinding'),
        view(view) {
          const state: unknown = ySyncPluginKey.getState(view.state)
          if (hasBinding(state)) steadyUp(state.binding)
          return {}
        },
      }),
    ]
  },
})

function steadyUp(binding: Binding): void {
  if (steady.has(binding)) return
  steady.add(binding)
  const observe = binding._observeFunction
  binding.type.unobserveDeep(observe)
  binding._observeFunction = (events, transaction) => {
    try {
      observe(events, transaction)
    } catch {
      binding.beforeTransactionSelection = null
      binding._forceRerender()
    }
  }
  binding.type.observeDeep(binding._observeFunction)
}

function hasBinding(state: unknown): state is { binding: Binding } {
  return (
    typeof state === 'object' &&
    state !== null &&
    'binding' in state &&
    typeof state.binding === 'object' &&
    state.binding !== null &&
    '_observeFunction' in state.binding &&
    '_forceRerender' in state.binding
  )
}
