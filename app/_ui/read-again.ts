import type { useRouter } from 'next/navigation'

type Router = Pick<ReturnType<typeof useRouter>, 'refresh'>

/** One for the page: several reasons to read it again in one breath are one reading. */
let pending: { readonly timer: ReturnType<typeof setTimeout>; readonly within: number } | null = null

/**
 * Reads the page again when nothing more was heard for so many milliseconds. Whoever waits longer than somebody who
 * waits already is read with them.
 */
export function readSoon(router: Router, within: number): void {
  if (pending && pending.within < within) return
  forget()
  pending = {
    within,
    timer: setTimeout(() => {
      pending = null
      router.refresh()
    }, within),
  }
}

/** Reads the page again at once, and with it all that was to be read soon. */
export function readNow(router: Router): void {
  forget()
  router.refresh()
}

function forget(): void {
  clearTimeout(pending?.timer)
  pending = null
}
