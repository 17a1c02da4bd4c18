import * as Y from 'yjs'
import { clientFrame, dialects } from './frames'
import type { PeerName } from './peer'

/** Prepares one author's letters as frames: each an update of its own, as Yjs writes it, one after the other. */
export class Pen {
  private readonly doc = new Y.Doc()
  private readonly text = this.doc.getText('text')

  constructor(
    private readonly peer: PeerName,
    private readonly room: string,
    author: number,
  ) {
    this.doc.clientID = author
  }

  write(letters: number): Buffer[] {
    const frames: Buffer[] = []
    const dialect = dialects[this.peer]
    const collect = (update: Uint8Array) => frames.push(clientFrame(dialect.update(this.room, update)))
    this.doc.on('update', collect)
    for (let i = 0; i < letters; i++) this.text.insert(this.text.length, 'x')
    this.doc.off('update', collect)
    return frames
  }
}
