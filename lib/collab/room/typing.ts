import * as Y from 'yjs'
import type { Limits } from '../limits'
import { asOne, goesOn, type Letters, type Place } from '../protocol/letters'

/**
 * What is typed, kept as bytes until somebody asks for the document (RM22). Yjs takes longer over a letter than the rest of the
 * server does, and as long over a hundred of them said at once. Letters that stand right behind their author's
 * last ones, and were written before the same thing, stand in the same text: Yjs takes an item's parent from its two
 * neighbours (Item.getMissing). So nothing has to be looked at but their clocks.
 */
export class Typing {
  /** Where each client's last letters in the document stand. */
  private readonly last = new Map<number, Place>()
  /** What is not in the document yet, by client. */
  private waiting = new Map<number, [Letters, ...Letters[]]>()
  private count = 0

  constructor(private readonly limits: Pick<Limits, 'heldLetters' | 'heldLetterBytes'>) {}

  /** Where the letters of a client end that are not in the document yet; undefined: there are none. */
  end(client: number): number | undefined {
    return this.waiting.get(client)?.at(-1)?.to
  }

  /** Letters that begin exactly where their client's structs end. True: they are kept; false: they must be looked at. */
  keep(letters: Letters): boolean {
    const { heldLetters, heldLetterBytes } = this.limits
    if (letters.update.length > heldLetterBytes || this.count >= heldLetters) return false
    if (!goesOn(letters, this.last.get(letters.client))) return false
    this.last.set(letters.client, letters)
    const before = this.waiting.get(letters.client)
    if (before) before.push(letters)
    else this.waiting.set(letters.client, [letters])
    this.count += 1
    return true
  }

  /** These have been put into the document, were looked at, and stand where they may. */
  placed({ client, from, to, behind, before }: Letters): void {
    // Without their words, which may be many.
    this.last.set(client, { client, from, to, behind, before })
  }

  /** Puts what waits into the document. */
  write(doc: Y.Doc): void {
    if (this.count === 0) return
    const { waiting } = this
    this.waiting = new Map()
    this.count = 0
    Y.transact(
      doc,
      () => {
        // One by one they would be as many items until the end, which whoever writes at the same place is compared with.
        for (const letters of waiting.values()) Y.applyUpdate(doc, asOne(letters))
      },
      null,
      false,
    )
  }
}
