import { type Id, isId } from '@/lib/kit/ids'

/**
 * How a mention stands in a comment's text: `@[Ines Okafor](mem_…)` or `@[Marketing](dep_…)`. The id says who is
 * meant, whatever their name is later; the name is what the author read.
 */
export interface Mention {
  readonly id: Id<'mem'> | Id<'dep'>
  readonly name: string
}

export type Piece = { readonly text: string } | { readonly mention: Mention }

const TOKEN = /@\[([^\][\n]{1,160})\]\(((?:mem|dep)_[0-9a-z]{26})\)/g

/** The text in pieces, in order. Whatever only looks like a mention stays text. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    const [whole, name = '', id = ''] = match
    if (!isId('mem', id) && !isId('dep', id)) continue
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) })
    pieces.push({ mention: { id, name } })
    end = match.index + whole.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end) })
  return pieces
}

/** Who a text mentions, each once. */
export function mentionsOf(text: string): {
  readonly members: readonly Id<'mem'>[]
  readonly departments: readonly Id<'dep'>[]
} {
  const members = new Set<Id<'mem'>>()
  const departments = new Set<Id<'dep'>>()
  for (const piece of piecesOf(text)) {
    if (!('mention' in piece)) continue
    const { id } = piece.mention
    if (isId('mem', id)) members.add(id)
    else if (isId('dep', id)) departments.add(id)
  }
  return { members: [...members], departments: [...departments] }
}

/** The token for somebody. A name cannot break out of it. */
export function mentionToken({ id, name }: Mention): string {
  const clean = name
    .replace(/[\][\n\r]+/g, ' ')
    .trim()
    .slice(0, 160)
  return `@[${clean === '' ? '?' : clean}](${id})`
}

/** The text as it is read aloud or mailed: names behind their sign. */
export function plainComment(text: string, nameOf?: (id: string) => string | null): string {
  return piecesOf(text)
    .map((piece) => ('text' in piece ? piece.text : `@${nameOf?.(piece.mention.id) ?? piece.mention.name}`))
    .join('')
}
