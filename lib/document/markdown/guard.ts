/**
 * Reading Markdown is slow in a few places that honest files never reach: containers inside each other, tens of
 * thousands of lines of one character, thousands of openers without a closer in one paragraph. A parser cannot be
 * stopped half way and everybody's server waits for it, so such a file is refused before it is read. The numbers
 * keep the worst file at about three seconds on a small machine; a strategy of 15,000 characters takes 30 ms.
 */

/** One line that opens more quotes and lists than `limit`. */
export function tooDeep(source: string, limit: number): boolean {
  for (const [line] of source.matchAll(/^[ \t]*(?:(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*){8,}/gm)) {
    if ((line.match(/>|[-+*]|\d+[.)]/g)?.length ?? 0) > limit) return true
  }
  return false
}

/** Lines that are not blank: about 90 microseconds each when every one opens a block. */
const MOST_LINES = 20_000

/** Marks in the whole file: up to 16 microseconds each. */
const MOST_MARKS = 200_000

/** Squares of the marks in each paragraph, summed: looking for a partner costs about 7 nanoseconds per pair. */
const MOST_PAIRS = 100_000_000

const MARKS = new Set([...'[]*_~`<!&'].map((char) => char.charCodeAt(0)))

export function tooTangled(source: string): boolean {
  let lines = 0
  let marks = 0
  let pairs = 0
  let inParagraph = 0
  const endParagraph = () => {
    pairs += inParagraph * inParagraph
    inParagraph = 0
  }
  for (const line of source.split('\n')) {
    const blank = /^[ \t]*$/.test(line)
    if (!blank) lines += 1
    // A bullet ends the paragraph above it; without this a long list would count as one paragraph.
    if (blank || /^[ \t]*[-+*][ \t]/.test(line)) endParagraph()
    for (let at = 0; at < line.length; at++) {
      if (!MARKS.has(line.charCodeAt(at))) continue
      inParagraph += 1
      marks += 1
    }
    if (lines > MOST_LINES || marks > MOST_MARKS || pairs > MOST_PAIRS) return true
  }
  endParagraph()
  return pairs > MOST_PAIRS
}
