import type { TextRoot } from '@/lib/document/roots'
import type { Carets } from './carets'
import type { Chapter } from './chapter'
import type { Follow } from './follow'
import type { Tab } from './people'

/**
 * The carets of the others, one layer per chapter, and following one of them. How that is done is asked for when there
 * is somebody.
 */
export class CaretLayers {
  private readonly layers = new Map<TextRoot, Carets>()
  private drawing: typeof Carets | null = null
  private follow: Follow | null = null
  private followed: Tab | null = null
  private coming = false
  private tabs: readonly Tab[] = []
  private ended = false

  /** `letGo`: the person has scrolled, typed or clicked for themselves. */
  constructor(
    private readonly chapters: ReadonlyMap<TextRoot, Chapter>,
    private readonly letGo: () => void,
  ) {}

  show(tabs: readonly Tab[]): void {
    this.tabs = tabs
    if (!this.drawing) {
      if (tabs.length > 0) this.ask()
      return
    }
    for (const [root, chapter] of this.chapters) {
      const layer = this.layers.get(root) ?? new this.drawing(chapter)
      this.layers.set(root, layer)
      layer.show(tabs)
    }
  }

  /** The text of a chapter has moved. */
  redraw(root: TextRoot): void {
    this.layers.get(root)?.redraw()
  }

  redrawAll(): void {
    for (const layer of this.layers.values()) layer.redraw()
  }

  /** Keeps this caret in sight from now on; null: none. */
  startFollowing(tab: Tab | null): void {
    this.followed = tab
    this.follow?.start(tab)
  }

  /** Whom one follows has moved. */
  followTo(tab: Tab): void {
    this.followed = tab
    this.follow?.go(tab)
  }

  /** The caret's place on the screen, or null while it has none. */
  private rectOf(tab: Tab): DOMRect | null {
    return (tab.caret && this.layers.get(tab.caret.root)?.rectOf(tab)) ?? null
  }

  destroy(): void {
    this.ended = true
    this.follow?.stop()
    for (const layer of this.layers.values()) layer.destroy()
  }

  private ask(): void {
    if (this.coming) return
    this.coming = true
    import('./peers').then(
      ({ Carets, Follow }) => {
        if (this.ended) return
        this.drawing = Carets
        this.show(this.tabs)
        this.follow = new Follow((tab) => this.rectOf(tab), this.letGo)
        if (this.followed) this.follow.start(this.followed)
      },
      () => {
        // The next time somebody moves it is asked for again.
        this.coming = false
      },
    )
  }
}
