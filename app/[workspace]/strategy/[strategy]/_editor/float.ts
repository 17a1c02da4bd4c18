import type { Box } from './tools'

/** Between a tool and the window's edge, pixels. */
const EDGE = 8
const GAP = 6

/**
 * Puts a floating element beside a box of the text: `above` or `below` it, on the other side where there is no room,
 * never over it and never outside what the keyboard of a phone leaves of the window.
 */
export function float(
  element: HTMLElement,
  box: Box,
  side: 'above' | 'below',
  align: 'start' | 'middle',
): void {
  const view = window.visualViewport
  const top = view?.offsetTop ?? 0
  const bottom = top + (view?.height ?? window.innerHeight)
  const { offsetWidth: width, offsetHeight: height } = element
  const above = box.top - GAP - height
  const below = box.bottom + GAP
  const roomAbove = above >= top + underBars(element)
  const roomBelow = below + height <= bottom - EDGE
  const y = side === 'above' ? (roomAbove ? above : below) : roomBelow || !roomAbove ? below : above
  const x = align === 'start' ? box.left : (box.left + box.right) / 2 - width / 2
  element.style.left = `${Math.round(Math.max(EDGE, Math.min(x, window.innerWidth - width - EDGE)))}px`
  element.style.top = `${Math.round(Math.min(y, bottom - EDGE - height))}px`
}

/** The bars at the top cover this much of the text. */
function underBars(element: HTMLElement): number {
  const bar = element.ownerDocument.querySelector('.bar')?.getBoundingClientRect().bottom ?? 0
  return Math.max(0, bar) + 4
}

/** Whether a box of the text is in sight at all. */
export function inSight(box: Box): boolean {
  const bar = document.querySelector('.bar')?.getBoundingClientRect().bottom ?? 0
  return box.bottom > bar && box.top < window.innerHeight
}
