export interface PageSignals {
  /** The page is looked at, or the network is back. */
  wake(): void
  /** The network is gone. The browser knows before the socket does, which may stay silent for a minute. */
  away(): void
  /** The page may be about to end. */
  leave(): void
}

/** Hears of the page's life, where there is a page. Answers what ends it. */
export function hearPage({ wake, away, leave }: PageSignals): () => void {
  if (typeof window === 'undefined') return () => {}
  const wakeWhenSeen = () => {
    if (document.visibilityState !== 'hidden') wake()
  }
  window.addEventListener('online', wakeWhenSeen)
  window.addEventListener('offline', away)
  window.addEventListener('pageshow', wakeWhenSeen)
  window.addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', wakeWhenSeen)
  return () => {
    window.removeEventListener('online', wakeWhenSeen)
    window.removeEventListener('offline', away)
    window.removeEventListener('pageshow', wakeWhenSeen)
    window.removeEventListener('pagehide', leave)
    document.removeEventListener('visibilitychange', wakeWhenSeen)
  }
}
