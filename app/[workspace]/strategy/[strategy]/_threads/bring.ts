/** What stays free between a note and the window's edge, pixels. */
const EDGE = 12

/**
 * Scrolls the page as little as it takes for a note to stand between the bars and the lower edge of what the keyboard
 * leaves of the window. Of one that is higher than that, its end is shown: there one writes.
 * @param box the place it has or is on its way to, pixels from the top of the window
 */
export function bring(box: { readonly top: number; readonly bottom: number }): void {
  const view = window.visualViewport
  const ceiling = Math.max(0, document.querySelector('.bar')?.getBoundingClientRect().bottom ?? 0) + EDGE
  const floor = (view ? view.offsetTop + view.height : window.innerHeight) - EDGE
  const by =
    box.bottom > floor
      ? box.bottom - floor
      : box.top < ceiling
        ? Math.max(box.top - ceiling, box.bottom - floor)
        : 0
  if (by === 0) return
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  window.scrollBy({ top: by, behavior: calm ? 'auto' : 'smooth' })
}
