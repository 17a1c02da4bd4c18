/** How wide a letter is, in ems: close enough to break lines where no browser measures. */
function widthOf(char: string): number {
  if (
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u.test(
      char,
    )
  )
    return 1
  if (/[A-ZMW%@&]/.test(char)) return 0.68
  return /[ilj.,:;'|!()[\]ft\s]/.test(char) ? 0.31 : 0.54
}

export function textWidth(text: string, size: number): number {
  let ems = 0
  for (const char of text) ems += widthOf(char)
  return ems * size
}

/** Text in lines of at most `width`, at most `most` of them; the last one ends in an ellipsis where more would follow. */
export function setText(text: string, size: number, width: number, most: number): string[] {
  // Between words, and between any two signs of a script without spaces.
  const pieces =
    text.match(
      /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]|[^\s\p{Script=Han}\u3000-\u303f\uff00-\uffef]+|\s+/gu,
    ) ?? []
  const lines: string[] = []
  let line = ''
  for (const piece of pieces) {
    if (line !== '' && textWidth(line + piece.trimEnd(), size) > width) {
      lines.push(line.trimEnd())
      line = piece.trimStart()
    } else line += piece
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), `${cut(lines[most - 1] ?? '', size, width)}…`]
}

function cut(line: string, size: number, width: number): string {
  let short = line
  while (short !== '' && textWidth(`${short}…`, size) > width) short = [...short].slice(0, -1).join('')
  return short.trimEnd()
}
