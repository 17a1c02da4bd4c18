/** What stands in an avatar: 沈 for 沈知行, IO for Ines Okafor, M for Marcus. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const first = [...(words[0] ?? '?')]
  // A Chinese, Japanese or Korean name is known by its first character, the family name.
  if (/[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(first[0] ?? ''))
    return first[0] ?? '?'
  const last = words.length > 1 ? [...(words.at(-1) ?? '')][0] : undefined
  return `${first[0] ?? '?'}${last ?? ''}`.toLocaleUpperCase()
}
