import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

/** Where the browser's caret stood when it last told of it. */
interface Told {
  readonly anchor: Node | null
  readonly anchorOffset: number
  readonly focus: Node | null
  readonly focusOffset: number
}

/**
 * The browser tells of a moved caret only before it paints. What is typed within the same frame would be judged by
 * where the caret stood before: after Ctrl+End a letter went into the frame of the chapter's last item, where nothing
 * reads it, and an item that had been selected was replaced by it. So before each key and each letter the editor is
 * told what the browser has not said yet.
 */
export function caretInStep(): Plugin {
  let told: Told | null = null
  const keep = () => {
    told = now()
  }
  const catchUp = (view: EditorView, event: Event) => {
    // What is being composed is between the browser and the input method.
    const composing = view.composing || ('isComposing' in event && event.isComposing === true)
    // The editor listens to this event and compares with what it knows.
    if (!composing && view.hasFocus() && !same(told, now()))
      view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'))
    return false
  }
  return new Plugin({
    key: new PluginKey('caretInStep'),
    view: () => {
      document.addEventListener('selectionchange', keep)
      return { destroy: () => document.removeEventListener('selectionchange', keep) }
    },
    props: { handleDOMEvents: { keydown: catchUp, beforeinput: catchUp } },
  })
}

function now(): Told | null {
  const selection = document.getSelection()
  if (!selection) return null
  const { anchorNode: anchor, anchorOffset, focusNode: focus, focusOffset } = selection
  return { anchor, anchorOffset, focus, focusOffset }
}

function same(one: Told | null, other: Told | null): boolean {
  return (
    one !== null &&
    other !== null &&
    one.focus === other.focus &&
    one.focusOffset === other.focusOffset &&
    one.anchor === other.anchor &&
    one.anchorOffset === other.anchorOffset
  )
}
