import * as Y from 'yjs'
import type { Limits } from '../limits'
import { type Letters, lettersOf } from '../protocol/letters'
import type { ScannedUpdate } from '../protocol/scan-update'

/**
 * What is typed, kept as bytes until somebody asks for the document (RM22). Yjs takes longer over a letter than the rest of the
 * server does, and takes hundreds that lie next to each other as fast as ten. Letters that stand right behind their author's
 * last ones, and were written before the same thing, stand in the same text: Yjs takes an item's parent from its two
 * neighbours (Item.getMissing). So nothing has to be looked at but their clocks.
 */
export class Typing {
  /** Where each client's last letters in the document stand. */
  private readonly last = new Map<number, Letters>()
  private waiting: Uint8Array[] = []
  /** Where the clients' letters end that wait. */
  private readonly ends = new Map<number, number>()

  constructor(private readonly limits: Pick<Limits, 'heldLetters' | 'heldLetterBytes'>) {}

  /** Where the letters of a client end that are not in the document yet; undefined: there are none. */
  end(client: number): number | undefined {
    return this.ends.get(client)
  }

  /** An update that begins exactly where its client's structs end. True: it is kept; false: it must be looked at. */
  keep(scanned: ScannedUpdate, update: Uint8Array): boolean {
    if (update.length > this.limits.heldLetterBytes || this.waiting.length >= this.limits.heldLetters)
      return false
    const letters = lettersOf(update, scanned)
    if (!letters || !goesOn(letters, this.last.get(letters.client))) return false
    this.last.set(letters.client, letters)
    this.ends.set(letters.client, letters.to)
    this.waiting.push(update)
    return true
  }

  /** An update has been put into the document, was looked at, and stands where it may. */
  placed(scanned: ScannedUpdate, update: Uint8Array): void {
    const letters = lettersOf(update, scanned)
    if (letters) this.last.set(letters.client, letters)
  }

  /** Puts what waits into the document. */
  write(doc: Y.Doc): void {
    const { waiting } = this
    if (waiting.length === 0) return
    this.waiting = []
    this.ends.clear()
    Y.transact(
      doc,
      () => {
        for (const update of waiting) Y.applyUpdate(doc, update)
      },
      null,
      false,
    )
  }
}

function goesOn(letters: Letters, last: Letters | undefined): boolean {
  if (!last || letters.from !== last.to || letters.behind !== letters.from - 1) return false
  const { before } = letters
  if (before === null || last.before === null) return before === last.before
  return before.client === last.before.client && before.clock === last.before.clock
}
