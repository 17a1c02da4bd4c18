/**
 * HTML of the pages that are being drawn right now, by a name of its own. What a page gives to its client components is
 * sent along as data, so what they only show would travel twice: in the page, and as data for the script. It is in the
 * page already; the drawing takes it from here, the browser from there. The framework keeps the two halves of a drawing
 * apart as modules; only the process is the same.
 */
const KEY = Symbol.for('throughline.drawing')
const drawing = (): Map<string, string> => {
  const kept: unknown = Reflect.get(globalThis, KEY)
  if (kept instanceof Map) return kept
  const made = new Map<string, string>()
  Reflect.set(globalThis, KEY, made)
  return made
}

/** Answers what forgets it when the page has been sent. */
export function keepDrawn(name: string, html: string): () => void {
  drawing().set(name, html)
  return () => drawing().delete(name)
}

/** The HTML where it is: kept here while the server draws, in the page itself when the browser takes it over. */
export function drawnHtml(name: string, place: string): string {
  if (typeof document === 'undefined') return drawing().get(name) ?? ''
  return document.querySelector(place)?.innerHTML ?? ''
}
