/** Which of the eight presence colours (`--who-1` to `--who-8`) stands for a person, everywhere the same. */
export type Who = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

export function whoOf(id: string): Who {
  // FNV-1a: ids of people who joined in the same second differ only in their tail, and must spread all the same.
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  return (((hash >>> 0) % 8) + 1) as Who
}

/** The colours on paper, as #rrggbb: for carets and labels that want a colour instead of a token (tokens.css, --who-*). */
const paper = [
  '#0B6C8E',
  '#6D48B8',
  '#39711F',
  '#AD2F74',
  '#3F58B5',
  '#6B6212',
  '#00736B',
  '#7A4B35',
] as const

export function whoHex(id: string): string {
  return paper[whoOf(id) - 1] ?? paper[0]
}
