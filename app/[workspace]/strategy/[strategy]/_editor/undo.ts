import { defaultDeleteFilter, defaultProtectedNodes } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { TEXT_ROOTS, type TextRoot } from '@/lib/document/roots'
import { TYPED } from './binding/binding'
import type { RelativeSelection } from './binding/relative'

/** Where a change was made, so that undoing it leads back there. */
export interface Place {
  readonly root: TextRoot
  readonly selection: RelativeSelection | null
}

/** Pauses shorter than this belong to one step, milliseconds. */
const STEP = 500

/**
 * One undo for the whole page: it takes back this person's own changes in the order they were made, whichever
 * chapter they were made in, and nobody else's.
 */
export class SharedUndo {
  private readonly manager: Y.UndoManager
  private last: Place | null = null

  constructor(doc: Y.Doc, go: (place: Place) => void, changed: () => void) {
    const roots = TEXT_ROOTS.map((name) => ({ name, fragment: doc.getXmlFragment(name) }))
    this.manager = new Y.UndoManager(
      roots.map((root) => root.fragment),
      {
        trackedOrigins: new Set([TYPED]),
        captureTimeout: STEP,
        // A paragraph begun here in which a colleague has written since is not taken away from under them.
        deleteFilter: (item) => defaultDeleteFilter(item, defaultProtectedNodes),
      },
    )
    this.manager.on('stack-item-added', ({ stackItem }) => {
      if (this.last && !stackItem.meta.has('place')) stackItem.meta.set('place', this.last)
      changed()
    })
    this.manager.on('stack-item-popped', ({ stackItem, changedParentTypes }) => {
      const changedTypes: ReadonlySet<unknown> = new Set(changedParentTypes.keys())
      const touched = roots.filter((root) => changedTypes.has(root.fragment))
      const place = asPlace(stackItem.meta.get('place'))
      const first = touched[0]
      if (place && touched.some((root) => root.name === place.root)) go(place)
      else if (first) go({ root: first.name, selection: null })
      changed()
    })
    this.manager.on('stack-cleared', changed)
  }

  /** The place of what is typed next. Another chapter begins a new step. */
  at(place: Place): void {
    if (this.last && this.last.root !== place.root) this.manager.stopCapturing()
    this.last = place
  }

  get canUndo(): boolean {
    return this.manager.undoStack.length > 0
  }

  get canRedo(): boolean {
    return this.manager.redoStack.length > 0
  }

  undo(): void {
    this.manager.undo()
  }

  redo(): void {
    this.manager.redo()
  }

  destroy(): void {
    this.manager.destroy()
  }
}

function asPlace(value: unknown): Place | null {
  return typeof value === 'object' && value !== null && 'root' in value && 'selection' in value
    ? (value as Place)
    : null
}
