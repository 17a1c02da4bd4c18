import type { Rng } from './rng'

interface Token {
  readonly author: string
  acknowledged: boolean
  seen: boolean
  /** Kept on a device that was then closed: it must come back. */
  promised: boolean
  deleted: 'no' | 'sent' | 'acknowledged'
}

/**
 * Edits as unique words, so that a document becomes a set. Authors delete only whole words of their own that were
 * acknowledged.
 */
export class Tokens {
  readonly all = new Map<string, Token>()

  get count(): number {
    return this.all.size
  }

  insert(author: string): string {
    const token = `<${author}-${String(this.all.size).padStart(6, '0')}>`
    this.all.set(token, { author, acknowledged: false, seen: false, promised: false, deleted: 'no' })
    return token
  }

  /** A place between words, never inside one. */
  place(text: string, chance: Rng): number {
    const places = [0]
    for (let i = 0; i < text.length; i++) if (text[i] === '>') places.push(i + 1)
    return chance.pick(places)
  }

  deletable(author: string, text: string): string[] {
    return [...this.all]
      .filter(
        ([token, of]) =>
          of.author === author && of.acknowledged && of.deleted === 'no' && text.includes(token),
      )
      .map(([token]) => token)
  }

  deleted(token: string): void {
    const of = this.all.get(token)
    if (of) of.deleted = 'sent'
  }

  /** The author reads "saved": all of it is a promise now. */
  acknowledged(author: string): void {
    for (const of of this.all.values()) {
      if (of.author !== author || this.lost.has(of)) continue
      of.acknowledged = true
      if (of.deleted === 'sent') of.deleted = 'acknowledged'
    }
  }

  /** What anybody else has read is a promise, acknowledged or not. */
  seen(reader: string, text: string): void {
    for (const [token, of] of this.all)
      if (of.author !== reader && !of.seen && text.includes(token)) of.seen = true
  }

  promised(author: string): void {
    for (const of of this.all.values()) if (of.author === author) of.promised = true
  }

  private readonly lost = new Set<Token>()

  /** The author's tab closed: what was neither acknowledged nor kept may be gone, and a later "saved" does not mean it. */
  gone(author: string): void {
    for (const of of this.all.values()) {
      if (of.author !== author || of.acknowledged || of.promised) continue
      this.lost.add(of)
    }
    for (const of of this.all.values()) {
      // A delete that was not kept may not have happened.
      if (of.author === author && of.deleted === 'sent' && !of.promised) this.lost.add(of)
    }
  }
}

/** The set oracle. An empty list is a pass. */
export function judgeTokens(tokens: Tokens, text: string): string[] {
  const problems: string[] = []
  const found = text.match(/<[^<>]*>/g) ?? []
  if (found.join('') !== text) problems.push('torn words')
  const set = new Set(found)
  if (set.size !== found.length) problems.push('a word occurs twice')
  for (const token of set) if (!tokens.all.has(token)) problems.push(`unknown word ${token}`)
  for (const [token, of] of tokens.all) {
    const must = (of.acknowledged || of.seen || of.promised) && of.deleted === 'no'
    if (must && !set.has(token))
      problems.push(`lost ${token}${of.acknowledged ? ' acknowledged' : ''}${of.seen ? ' seen' : ''}`)
    if (of.deleted === 'acknowledged' && set.has(token)) problems.push(`came back ${token}`)
  }
  return problems
}
