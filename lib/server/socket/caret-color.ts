/** Told apart by people with any colour vision, and dark enough for white letters on them (4.5:1). */
const COLORS = [
  '#b4371f',
  '#8a5a00',
  '#55701c',
  '#1d7a4d',
  '#0f7480',
  '#2763c4',
  '#5b4fc9',
  '#8b3fb5',
  '#b02a79',
  '#7a5c48',
] as const

/** The colour of a member's caret: the same everywhere and always. */
export function caretColor(memberId: string): string {
  let hash = 0
  for (let i = 0; i < memberId.length; i++) hash = (Math.imul(hash, 31) + memberId.charCodeAt(i)) >>> 0
  return COLORS[hash % COLORS.length] ?? COLORS[0]
}
