import type { Tab } from './people'

/** The band of the window in which somebody's caret is comfortable to watch, as parts of its height. */
const UPPER = 0.2
const LOWER = 0.75

/** Keeps somebody's caret in sight until the person scrolls, types or clicks for themselves. */
export class Follow {
  private tab: Tab | null = null
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly rectOf: (tab: Tab) => DOMRect | null,
    private readonly ended: () => void,
  ) {}

  start(tab: Tab | null): void {
    this.stop()
    if (!tab) return
    this.tab = tab
    for (const name of ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const)
      document.addEventListener(name, this.own, { passive: true, capture: true })
    this.look()
  }

  /** They moved. */
  go(tab: Tab): void {
    if (!this.tab) return
    this.tab = tab
    this.look()
  }

  stop(): void {
    this.tab = null
    clearTimeout(this.timer)
    for (const name of ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const)
      document.removeEventListener(name, this.own, { capture: true })
  }

  private look(): void {
    clearTimeout(this.timer)
    // Their caret is drawn before the next painting.
    this.timer = setTimeout(() => {
      const rect = this.tab && this.rectOf(this.tab)
      if (!rect) return
      const height = window.innerHeight
      if (rect.top > height * UPPER && rect.bottom < height * LOWER) return
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
      window.scrollBy({ top: rect.top - height * 0.4, behavior: calm ? 'auto' : 'smooth' })
    }, 40)
  }

  private readonly own = (event: Event): void => {
    // The button that ends following does so itself.
    if (event.target instanceof Element && event.target.closest('[data-follow]')) return
    this.stop()
    this.ended()
  }
}
