/**
 * The roots of a strategy's Y.Doc. The four chapters and the preface are roots of their own, not children of
 * one list: a root can be neither deleted, doubled nor moved, whatever concurrent edits, undo or raw writes do
 * (docs/decisions/0003). This file imports nothing, so the engine and the browser may both use it.
 */
export const PREFACE = 'preface'

/** The chapters in their order; chapter 1 is `situation`. */
export const CHAPTERS = ['situation', 'difficulties', 'policy', 'activities'] as const
export type Chapter = (typeof CHAPTERS)[number]

/** Every root that holds rich text, in reading order. */
export const TEXT_ROOTS = [PREFACE, ...CHAPTERS] as const
export type TextRoot = (typeof TEXT_ROOTS)[number]

/** A Y.Map for what is neither text nor row: the properties an import brought along. */
export const META_ROOT = 'meta'

/** What a document may have as root; the engine refuses an update that writes any other. */
export const ROOTS = [...TEXT_ROOTS, META_ROOT] as const

export function isTextRoot(name: string): name is TextRoot {
  return (TEXT_ROOTS as readonly string[]).includes(name)
}

export function isRoot(name: string): boolean {
  return (ROOTS as readonly string[]).includes(name)
}
