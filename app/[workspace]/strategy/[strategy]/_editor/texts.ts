import type { TextRoot } from '@/lib/document/roots'

export type Texts = Readonly<Record<TextRoot, string>>

/**
 * The texts of the pages that are being drawn right now, by a name of their own. What a page gives to its client
 * components is sent along as data, so a long strategy would travel twice: in the page, and as data for the script.
 * The text is in the page already; the drawing takes it from here, the browser from there. The framework keeps the
 * two halves of a drawing apart as modules; only the process is the same.
 */
const KEY = Symbol.for('throughline.texts')
const drawing = (): Map<string, Texts> => {
  const kept: unknown = Reflect.get(globalThis, KEY)
  if (kept instanceof Map) return kept
  const made = new Map<string, Texts>()
  Reflect.set(globalThis, KEY, made)
  return made
}

/** Answers the name, and what forgets it when the page has been sent. */
export function keepTexts(name: string, texts: Texts): () => void {
  drawing().set(name, texts)
  return () => drawing().delete(name)
}

/** The text of a root where it is: kept here while the server draws, in the page itself when the browser takes it over. */
export function textOf(name: string, root: TextRoot): string {
  if (typeof document === 'undefined') return drawing().get(name)?.[root] ?? ''
  return document.querySelector(`[data-root="${root}"] .text`)?.innerHTML ?? ''
}
