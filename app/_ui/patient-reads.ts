/** What of a window is needed. */
type Page = Pick<Window, 'fetch' | 'addEventListener' | 'removeEventListener'> & {
  readonly location: { readonly href: string }
}

/** First and longest pause before the next try, milliseconds; a browser that says it is online again ends it at once. */
const FIRST = 500
const LONGEST = 8_000
/** So often a read may fail while the server answers: then something between us turns it away, and no waiting helps. */
const IN_VAIN = 2

/**
 * Takes over how pages are read (GET with the header `rsc`) where the line is down, which the framework answers by
 * leaving for the browser's own page. A page that is read again waits, and is read when the server answers. For another
 * page `stay` is called with its address, and whoever wanted to go there is where they were. Actions, prefetches and all
 * else are not touched: what changes something must fail where it fails. Answers how to end it.
 */
export function readPatiently(page: Page, stay: (address: string) => void): () => void {
  const { fetch } = page
  const ask: typeof fetch = (...asked) => fetch.apply(page, asked)

  async function patient(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    const headers = init.headers ?? {}
    if (init.method || !('rsc' in headers) || 'next-router-prefetch' in headers) return ask(input, init)
    const address = bare(input)
    const again = address === bare(page.location.href)
    for (let pause = FIRST, vain = 0; ; pause = Math.min(pause * 2, LONGEST)) {
      try {
        const response = await ask(input, init)
        if (!again) return response
        // A proxy says so while nobody stands behind it.
        if (response.status > 501 && response.status < 505) throw new TypeError()
        // Whole or not at all: what is shown stays until then, and half a page would be an error in its place.
        return response.ok && !response.redirected
          ? new Response(await response.arrayBuffer(), response)
          : response
      } catch (error) {
        if (init.signal?.aborted) throw error
        const answers = await ask('/api/health/live', { redirect: 'manual', cache: 'no-store' }).then(
          ({ status }) => status < 500,
          () => false,
        )
        if (answers && ++vain > IN_VAIN) throw error
        if (!answers && !again) {
          stay(address)
          return new Promise(() => {})
        }
        await new Promise((done) => {
          const go = () => {
            page.removeEventListener('online', go)
            done(0)
          }
          page.addEventListener('online', go)
          setTimeout(go, pause)
        })
      }
    }
  }

  page.fetch = patient
  return () => {
    if (page.fetch === patient) page.fetch = fetch
  }
}

/** Without what the framework adds to tell reads apart, and without the place on the page. */
function bare(address: RequestInfo | URL): string {
  return String(address).replace(/[?&]_rsc=[^&#]*|#.*/g, '')
}
