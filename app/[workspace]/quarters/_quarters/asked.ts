import type { Answer } from '@/app/_server/answer'

/** Said in the page when a click changed the sealed plan of the quarter and nobody has said why; `detail`: the click. */
export const REASON_EVENT = 'plan:changed'

/** Passes an answer on, and has the page ask for the reason where the answer asks for one. Nothing waits for it. */
export async function asked<T extends { readonly undo: string | null; readonly asks: boolean }>(
  answer: Promise<Answer<T>>,
): Promise<Answer<T>> {
  const said = await answer
  if (said.ok && said.value.asks && said.value.undo !== null) {
    const detail = said.value.undo
    // After whatever the screen itself says of the click.
    setTimeout(() => document.dispatchEvent(new CustomEvent(REASON_EVENT, { detail })))
  }
  return said
}
