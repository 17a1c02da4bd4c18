import { syncFrame } from '../protocol/write-frame'

/** Two: of those who come back with what everybody has, and of those who come with nothing. */
const KEPT = 2

export interface Asked {
  /** What the document has. */
  stateVector(): Uint8Array
  /** The update that somebody with this state vector lacks. */
  lackedBy(stateVector: Uint8Array): Uint8Array
}

/**
 * What joiners are asked and told of a document, as frames. After a restart hundreds come with the same question, and
 * Yjs walks through the whole document for each answer: it is made once and kept until the document changes.
 */
export class Answers {
  private question: Uint8Array | null = null
  private kept: { readonly stateVector: Uint8Array; readonly frame: Uint8Array }[] = []

  constructor(private readonly document: Asked) {}

  /** The document has changed. */
  forget(): void {
    this.question = null
    if (this.kept.length > 0) this.kept = []
  }

  /** Step 1: what the document has. */
  step1(): Uint8Array {
    this.question ??= syncFrame('step1', this.document.stateVector())
    return this.question
  }

  /** Step 2: what somebody with this state vector lacks. */
  step2(stateVector: Uint8Array): Uint8Array {
    const known = this.kept.find((one) => equal(one.stateVector, stateVector))
    if (known) return known.frame
    const frame = syncFrame('step2', this.document.lackedBy(stateVector))
    // A copy: the question is a view into somebody's message.
    this.kept = [{ stateVector: stateVector.slice(), frame }, ...this.kept.slice(0, KEPT - 1)]
    return frame
  }
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false
  return true
}
