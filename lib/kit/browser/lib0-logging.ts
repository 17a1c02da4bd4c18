// Takes the place of lib0/logging in the browser (next.config.js), which brings lib0/dom along. What yjs has to say
// stands in the console all the same, without its colours.
export const ORANGE = ''
export const RED = ''
export const BOLD = ''
export const UNBOLD = ''

const said = (words: readonly unknown[]) => words.filter((word) => word !== '')

export function print(...words: readonly unknown[]): void {
  // biome-ignore lint/suspicious/noConsole: this is what yjs speaks by
  console.info(...said(words))
}

export function warn(...words: readonly unknown[]): void {
  // biome-ignore lint/suspicious/noConsole: likewise
  console.warn(...said(words))
}
