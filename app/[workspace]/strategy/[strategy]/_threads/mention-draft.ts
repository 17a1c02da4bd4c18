import { type Mention, mentionToken, piecesOf } from '@/lib/domain/mention'

/** What stands in the field: names written out. `chosen` says whom they mean. */
export interface Draft {
  readonly text: string
  readonly chosen: readonly Mention[]
}

/** What is kept: every chosen name as its token, the longest first, so that "@Ines O." is not taken for "@Ines". */
export function toTokens({ text, chosen }: Draft): string {
  const byLength = [...chosen].sort((a, b) => b.name.length - a.name.length)
  let kept = ''
  let at = 0
  while (at < text.length) {
    const here = text[at] === '@' ? byLength.find(({ name }) => text.startsWith(name, at + 1)) : undefined
    if (here) {
      kept += mentionToken(here)
      at += here.name.length + 1
    } else {
      kept += text[at]
      at += 1
    }
  }
  return kept
}

/** The field for a comment that is to be put into other words. */
export function fromTokens(kept: string, nameOf: (id: string) => string | null): Draft {
  const chosen: Mention[] = []
  const text = piecesOf(kept)
    .map((piece) => {
      if ('text' in piece) return piece.text
      const name = nameOf(piece.mention.id) ?? piece.mention.name
      if (!chosen.some((one) => one.id === piece.mention.id)) chosen.push({ id: piece.mention.id, name })
      return `@${name}`
    })
    .join('')
  return { text, chosen }
}

/** What is being typed after a sign: `@in` with the caret behind it. Also the wide sign of a Chinese keyboard. */
export function mentionQuery(
  text: string,
  caret: number,
): { readonly from: number; readonly query: string } | null {
  const before = text.slice(0, caret)
  const found = /(^|[^\p{L}\p{N}._-])[@＠]([^\s@＠,.;:，。；：、！？!?()（）]{0,30})$/u.exec(before)
  if (!found) return null
  const query = found[2] ?? ''
  return { from: caret - query.length - 1, query }
}
