/** The first characters of each letter in the order of pinyin; no syllable begins with i, u or v. */
const FIRSTS = [...'阿八嚓哒妸发旮哈讥咔拉妈拏噢趴七呥仨他挖夕丫匝']
const LETTERS = 'abcdefghjklmnopqrstwxyz'

let order: Intl.Collator | undefined
const known = new Map<string, string>()

/**
 * `szx` for 沈知行: Chinese characters by the first letter of their pinyin, all else as it is. The browser knows the
 * order of pinyin, and with it where each letter begins; of a character with several readings it knows the usual one.
 */
export function initialsOfHan(text: string): string {
  return text.replace(/\p{Script=Han}/gu, (character) => {
    const found = known.get(character)
    if (found !== undefined) return found
    order ??= new Intl.Collator('zh-Hans-u-co-pinyin')
    const at = FIRSTS.findLastIndex((first) => (order?.compare(first, character) ?? 1) <= 0)
    const letter = LETTERS[at] ?? character
    known.set(character, letter)
    return letter
  })
}
