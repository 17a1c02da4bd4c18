import { drawnHtml, keepDrawn } from '@/app/_ui/drawing'
import type { TextRoot } from '@/lib/document/roots'

export type Texts = Readonly<Record<TextRoot, string>>

/** Keeps the texts of a page while it is drawn, under a name of its own. Answers what forgets them. */
export function keepTexts(name: string, texts: Texts): () => void {
  const kept = Object.entries(texts).map(([root, html]) => keepDrawn(`${name} ${root}`, html))
  return () => {
    for (const forget of kept) forget()
  }
}

/** The text of a root where it is: kept while the server draws, in the page itself when the browser takes it over. */
export function textOf(name: string, root: TextRoot): string {
  return drawnHtml(`${name} ${root}`, `[data-root="${root}"] .text`)
}
