// Takes the place of lib0/environment in the browser (next.config.js): of all it finds out about the machine, Yjs and
// its binding ask for these two.
export const isBrowser = typeof window !== 'undefined' && typeof document !== 'undefined'

/** There are no variables in a page. */
export const getVariable = (_name: string): string | null => null
