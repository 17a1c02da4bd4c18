export type Stretch = { readonly text: string } | { readonly href: string }

/** An address ends where a space, a quotation mark or Chinese punctuation begins: there people put no space behind it. */
const ADDRESS =
  /\bhttps?:\/\/[^\s<>"'`\u2018-\u201d\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+/gi

/** What a comment says, in stretches: words as they are, and addresses of the web that may be opened. */
export function linksIn(text: string): Stretch[] {
  const stretches: Stretch[] = []
  let end = 0
  for (const match of text.matchAll(ADDRESS)) {
    const href = withoutItsSentence(match[0])
    if (!URL.canParse(href) || new URL(href).hostname === '') continue
    if (match.index > end) stretches.push({ text: text.slice(end, match.index) })
    stretches.push({ href })
    end = match.index + href.length
  }
  if (end < text.length) stretches.push({ text: text.slice(end) })
  return stretches
}

/** A full stop behind an address ends the sentence; a bracket closes the address only if it was opened in it. */
function withoutItsSentence(address: string): string {
  let rest = address
  for (;;) {
    const last = rest.at(-1) ?? ''
    if (/[.,;:!?*_~]/.test(last)) rest = rest.slice(0, -1)
    else if (last === ')' && count(rest, '(') < count(rest, ')')) rest = rest.slice(0, -1)
    else if (last === ']' && count(rest, '[') < count(rest, ']')) rest = rest.slice(0, -1)
    else return rest
  }
}

const count = (text: string, sign: string) => text.split(sign).length - 1
