import * as Y from 'yjs'
import type { Limits } from '../limits'
import { asOne, type Letters, lettersOf, type Place } from '../protocol/letters'
import type { ScannedUpdate } from '../protocol/scan-update'

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

  /** An update that begins exactly where its client's structs end. True: it is kept; false: it must be looked at. */
  keep(scanned: ScannedUpdate, update: Uint8Array): boolean {
    if (update.length > this.limits.heldLetterBytes || this.count >= this.limits.heldLetters) return false
    const letters = lettersOf(update, scanned)
    if (!letters || !goesOn(letters, this.last.get(letters.client))) return false
    this.last.set(letters.client, letters)
    const before = this.waiting.get(letters.client)
    if (before) before.push(letters)
    else this.waiting.set(letters.client, [letters])
    this.count += 1
    return true
  }

  /** An update has been put into the document, was looked at, and stands where it may. */
  placed(scanned: ScannedUpdate, update: Uint8Array): void {
    const letters = lettersOf(update, scanned)
    if (!letters) return
    // Without its words, which may be many.
    const { client, from, to, behind, before } = letters
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

function goesOn(letters: Letters, last: Place | undefined): boolean {
  if (!last || letters.from !== last.to || letters.behind !== letters.from - 1) return false
  const { before } = letters
  if (before === null || last.before === null) return before === last.before
  return before.client === last.before.client && before.clock === last.before.clock
}
