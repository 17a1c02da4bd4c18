/** What the benches leave in a page while they watch it. */
declare global {
  interface Window {
    bench: { editable: number; interactive: number }
    watched: Watched
    drawn: number[]
    own: number[]
    sent: number[]
    seen: number[]
  }
}

/** Moments of a page, milliseconds. */
export interface Watched {
  sent: number[]
  painted: number[]
  seen: number[]
}
