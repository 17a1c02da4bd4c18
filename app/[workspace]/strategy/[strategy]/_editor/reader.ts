import { TEXT_ROOTS, type TextRoot } from '@/lib/document/roots'
import { addCounts, type Count, NOTHING } from '@/lib/document/text'
import type { Chapter } from './chapter'
import { countDoc } from './counts'
import { type Outline, readOutline, sameOutline } from './outline'
import { type Store, store } from './store'

/** What is read off the text when there is time. */
export interface Reading {
  readonly outline: Outline
  readonly count: Count
  readonly empty: readonly TextRoot[]
}

/** Outline and counts follow the text after a pause. */
const READ_AFTER = 250

export interface ReaderOptions {
  readonly chapters: ReadonlyMap<TextRoot, Chapter>
  readonly elementOf: (root: TextRoot) => HTMLElement | null
  /** Reads what else is read off the text. */
  read(): void
}

/** Reads outline and counts off the text, when typing has paused and the browser has time. */
export class Reader {
  readonly reading: Store<Reading | null> = store<Reading | null>(null)
  private timer: ReturnType<typeof setTimeout> | undefined
  private ended = false

  constructor(private readonly options: ReaderOptions) {}

  soon(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => idle(() => this.now()), READ_AFTER)
  }

  end(): void {
    this.ended = true
    clearTimeout(this.timer)
  }

  now(): void {
    const { chapters, elementOf } = this.options
    // While the editors are being put in place there is only a part of it.
    if (this.ended || chapters.size < TEXT_ROOTS.length) return
    let count = NOTHING
    const empty: TextRoot[] = []
    for (const [root, chapter] of chapters) {
      const { doc } = chapter.view.state
      count = addCounts(count, countDoc(doc))
      if (
        doc.childCount <= 1 &&
        doc.firstChild?.type.name === 'paragraph' &&
        doc.firstChild.content.size === 0
      )
        empty.push(root)
    }
    const outline = readOutline(elementOf)
    this.options.read()
    const before = this.reading.get()
    this.reading.set({
      count,
      empty,
      outline: before && sameOutline(before.outline, outline) ? before.outline : outline,
    })
  }
}

function idle(act: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(act, { timeout: 1_000 })
  else setTimeout(act, 0)
}
