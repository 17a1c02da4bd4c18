import { initialsOfHan } from './initials-of-han'

/** How well an entry answers what was typed: the higher the better, 0 for not at all. */
export function rank(query: string, label: string, keywords = ''): number {
  const wanted = fold(query)
  if (wanted === '') return 1
  const name = fold(label)
  if (name === wanted) return 6
  if (name.startsWith(wanted)) return 5
  if (name.split(/[\s·:：,，]+/).some((word) => word.startsWith(wanted))) return 4
  // Initials of Latin names: `io` finds Ines Okafor.
  const words = name.split(/\s+/)
  if (
    words.length > 1 &&
    words
      .map((word) => word[0])
      .join('')
      .startsWith(wanted)
  )
    return 3
  const typed = wanted.replace(/\s+/g, '')
  // One letter begins too many of them.
  if (typed.length > 1 && keywords.split(/\s+/).some((word) => fold(word).startsWith(typed))) return 3
  if (name.includes(wanted)) return 2
  // 沈知行 by `szx`, and by `zx`.
  if (!/^[a-z]{2,}$/.test(typed) || !/\p{Script=Han}/u.test(name)) return 0
  const at = initialsOfHan(name).indexOf(typed)
  return at === 0 ? 3 : at > 0 ? 2 : 0
}

/** Case and accents do not matter: `tomas` finds Tomás. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim()
}
