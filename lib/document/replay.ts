/** What is known of a row of the journal, or of a merged segment of the history, without reading it. */
export interface Written {
  readonly fromSeq: number
  readonly toSeq: number
  readonly userId: string | null
  /** Milliseconds since 1970; for a segment its end. */
  readonly at: number
}

/** One tick of the slider: everything up to `seq`. */
export interface Step {
  readonly seq: number
  readonly at: number
  /** Who wrote since the tick before; the server's own hand is left out. */
  readonly authors: readonly string[]
}

/** More ticks than this cannot be told apart on a slider of any width. */
export const MOST_STEPS = 400

/** One person's keys closer together than this are one tick. Milliseconds. */
const BURST = 4_000

/**
 * The ticks of a slider over everything ever written, `marks` in order. Segments of people who wrote at the same time
 * overlap; only together they are a state somebody saw, so they are one tick. A long history has coarser ticks.
 */
export function stepsOf(marks: readonly Written[], most: number = MOST_STEPS): Step[] {
  const steps = turnsOf(marks)
  if (steps.length <= most) return steps
  const size = Math.ceil(steps.length / most)
  const coarse: Step[] = []
  for (let from = 0; from < steps.length; from += size) {
    const together = steps.slice(from, from + size)
    const last = together.at(-1)
    if (last) coarse.push({ ...last, authors: [...new Set(together.flatMap(({ authors }) => authors))] })
  }
  return coarse
}

interface Open {
  seq: number
  at: number
  readonly authors: Set<string>
  last: string | null
}

function turnsOf(marks: readonly Written[]): Step[] {
  const steps: Open[] = []
  for (const { fromSeq, toSeq, userId, at } of marks) {
    const last = steps.at(-1)
    const overlaps = last !== undefined && fromSeq <= last.seq
    // What the document began with stays a tick of its own.
    const sameTurn = last !== undefined && last.seq > 1 && at - last.at <= BURST && last.last === userId
    if (last && (overlaps || sameTurn)) {
      last.seq = Math.max(last.seq, toSeq)
      last.at = Math.max(last.at, at)
      last.last = userId
      if (userId) last.authors.add(userId)
    } else steps.push({ seq: toSeq, at, authors: new Set(userId ? [userId] : []), last: userId })
  }
  return steps.map(({ seq, at, authors }) => ({ seq, at, authors: [...authors] }))
}
