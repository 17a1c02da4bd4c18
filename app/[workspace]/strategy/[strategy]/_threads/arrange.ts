export interface Note {
  readonly id: string
  /** Where its words stand, pixels from the top of the margin. */
  readonly anchor: number
  readonly height: number
}

/** Between two notes, pixels. */
const GAP = 10

/**
 * Where each note stands: beside its words, pushed down by those above it. The active one keeps its place beside its
 * words; those before it give way upwards. Notes come in the order of the text.
 */
export function arrange(notes: readonly Note[], active: string | null): Map<string, number> {
  const tops = new Map<string, number>()
  const at = notes.findIndex((note) => note.id === active)
  let free = Number.NEGATIVE_INFINITY
  for (const note of notes.slice(Math.max(at, 0))) {
    const top = Math.max(note.anchor, free)
    tops.set(note.id, top)
    free = top + note.height + GAP
  }
  if (at <= 0) return tops
  // Those above the active one as usual, and then only as far up as it needs.
  free = Number.NEGATIVE_INFINITY
  for (const note of notes.slice(0, at)) {
    const top = Math.max(note.anchor, free)
    tops.set(note.id, top)
    free = top + note.height + GAP
  }
  let limit = tops.get(notes[at]?.id ?? '') ?? 0
  for (let i = at - 1; i >= 0; i -= 1) {
    const note = notes[i]
    if (!note) break
    const top = Math.min(tops.get(note.id) ?? 0, limit - GAP - note.height)
    tops.set(note.id, top)
    limit = top
  }
  return tops
}
