/** A stretch of text on the page that matches. */
export interface Found {
  readonly range: Range
}

/** More are counted and not drawn; nobody steps through them. */
export const MOST_FOUND = 5_000

/**
 * Every place of `query` in the texts, in reading order, however its letters are cased. Works on what is on the page:
 * before the editor is there, in a read-only page, and offline. A match may cross marks but not blocks.
 */
export function findAll(elements: readonly Element[], query: string): Found[] {
  const wanted = fold(query)
  if (wanted === '') return []
  const found: Found[] = []
  for (const element of elements) {
    for (const run of runsOf(element)) {
      const text = fold(run.map((node) => node.data).join(''))
      let at = text.indexOf(wanted)
      while (at >= 0 && found.length < MOST_FOUND) {
        const range = rangeOf(run, at, at + wanted.length)
        if (range) found.push({ range })
        at = text.indexOf(wanted, at + wanted.length)
      }
    }
  }
  return found
}

/** Letter for letter, so that places in the folded text are places in the text. */
function fold(text: string): string {
  let folded = ''
  for (const letter of text) {
    const low = letter.toLowerCase()
    const one = low.length === letter.length ? low : letter
    // Full-width letters and digits are found by the plain ones.
    const code = one.charCodeAt(0)
    if (code >= 0xff01 && code <= 0xff5e) folded += String.fromCharCode(code - 0xfee0).toLowerCase()
    else folded += code === 0x3000 || code === 0xa0 ? ' ' : one
  }
  return folded
}

const BLOCK = 'p, h3, h4, h5, pre, td, th, li, blockquote, .callout, .inert, .part, .face, .facts'

/** The text nodes of each block. */
function runsOf(root: Element): Text[][] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const runs: Text[][] = []
  let block: Element | null = null
  let run: Text[] = []
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text) || node.parentElement?.closest('.upload')) continue
    const own = node.parentElement?.closest(BLOCK) ?? root
    if (own !== block) {
      if (run.length > 0) runs.push(run)
      run = []
      block = own
    }
    run.push(node)
  }
  if (run.length > 0) runs.push(run)
  return runs
}

function rangeOf(run: readonly Text[], from: number, to: number): Range | null {
  const range = document.createRange()
  let at = 0
  let started = false
  for (const node of run) {
    const end = at + node.data.length
    if (!started && from < end) {
      range.setStart(node, from - at)
      started = true
    }
    if (started && to <= end) {
      range.setEnd(node, to - at)
      return range
    }
    at = end
  }
  return null
}

const ALL = 'found'
const CURRENT = 'found-now'

/** Paints matches without touching the text. Answers false where the browser cannot. */
export function paint(found: readonly Found[], current: number): boolean {
  if (typeof Highlight === 'undefined' || !CSS.highlights) return false
  const now = found[current]
  CSS.highlights.set(ALL, new Highlight(...found.filter((one) => one !== now).map((one) => one.range)))
  CSS.highlights.set(CURRENT, now ? new Highlight(now.range) : new Highlight())
  return true
}

export function unpaint(): void {
  if (typeof Highlight === 'undefined' || !CSS.highlights) return
  CSS.highlights.delete(ALL)
  CSS.highlights.delete(CURRENT)
}
