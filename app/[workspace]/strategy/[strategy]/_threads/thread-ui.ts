import { type Store, store } from '../_editor/store'
import type { ChosenWords } from './range'
import type { Filter } from './thread-store'

/** A comment that is being written about something nobody has spoken about yet. */
export type NewThread =
  | { readonly kind: 'words'; readonly words: ChosenWords; readonly range: Range }
  | {
      readonly kind: 'item'
      readonly itemId: string
      readonly part: string | null
      readonly element: Element | null
      readonly quote: string
    }

/** What is looked at: nothing of it is known to the server. */
export class ThreadsUi {
  /** The thread that is open, its words in the stronger tint. */
  readonly active: Store<string | null> = store<string | null>(null)
  /** The thread whose words or note the pointer, the focus or the caret is on. */
  readonly near: Store<string | null> = store<string | null>(null)
  /** Where there is no margin: the sheet with all, or with the active one. */
  readonly panel: Store<'closed' | 'list' | 'one'> = store<'closed' | 'list' | 'one'>('closed')
  readonly filter: Store<Filter> = store<Filter>('open')
  readonly begun: Store<NewThread | null> = store<NewThread | null>(null)
  /** Notes are moved by hand; whoever changes their size says so. */
  readonly arrangement: Store<number> = store(0)

  arrangeSoon(): void {
    this.arrangement.set(this.arrangement.get() + 1)
  }
}

/** From here on comments stand in the margin; the same number as in threads.css. */
export const WIDE = '(min-width: 1180px)'

export function isWide(): boolean {
  return window.matchMedia(WIDE).matches
}

/** The first element of each thread's words, in the order of the page. */
export function wordsOnPage(): Map<string, HTMLElement> {
  const found = new Map<string, HTMLElement>()
  for (const mark of document.querySelectorAll<HTMLElement>('main.page mark.c[data-thread]')) {
    const id = mark.dataset.thread
    if (id !== undefined && !found.has(id)) found.set(id, mark)
  }
  return found
}

/** The element an item is drawn as. */
export function itemOnPage(itemId: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`main.page .item[data-id="${CSS.escape(itemId)}"]`)
}

/** Every element of the words of one thread. */
export function showWords(element: Element): void {
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  element.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' })
}
