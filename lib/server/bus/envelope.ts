import { z } from 'zod'
import type { BusNote } from '@/lib/collab'
import { readNote } from './note'

/** PostgreSQL takes payloads below 8,000 bytes; one size for every bus keeps one set of rules. */
export const ENVELOPE_BYTES = 7_900
/** A note that is larger is not sent: nothing the house tells is near it (a card is 2 KB), and it is read from the rows anyway. */
export const NOTE_BYTES = 512 * 1024
/** What an envelope says around its notes, with the longest numbers. */
const AROUND = 150
/** Base64: a piece may end in the middle of a letter, and needs no escapes. */
const PIECE = ENVELOPE_BYTES - AROUND - 50

const envelopeShape = z.object({
  from: z.string().min(1).max(100),
  /** Counts the sender's envelopes from 1: a hole is a loss, a number below is a repetition. */
  n: z.number().int().positive(),
  notes: z.array(z.unknown()).max(10_000).optional(),
  /** One of several pieces of one large note: which, of how many. */
  piece: z
    .tuple([z.number().int().nonnegative(), z.number().int().positive().max(200), z.string()])
    .optional(),
})

/** Writes notes into envelopes that are small enough for the bus. */
export class Packer {
  private n = 0

  constructor(private readonly from: string) {}

  /** `tooLarge`: notes that were left out. No notes make one empty envelope, which says that somebody lives. */
  pack(notes: readonly BusNote[]): { readonly texts: string[]; readonly tooLarge: number } {
    const texts: string[] = []
    let tooLarge = 0
    let open: string[] = []
    let size = 0
    const seal = () => {
      if (open.length > 0) texts.push(this.envelope(`"notes":[${open.join(',')}]`))
      open = []
      size = 0
    }
    for (const note of notes) {
      const json = JSON.stringify(note)
      const bytes = Buffer.byteLength(json)
      if (bytes > NOTE_BYTES) {
        tooLarge += 1
      } else if (bytes > ENVELOPE_BYTES - AROUND) {
        seal()
        const whole = Buffer.from(json).toString('base64')
        const of = Math.ceil(whole.length / PIECE)
        for (let i = 0; i < of; i++) {
          const part = whole.slice(i * PIECE, (i + 1) * PIECE)
          texts.push(this.envelope(`"piece":[${i},${of},"${part}"]`))
        }
      } else {
        if (size + bytes + 1 > ENVELOPE_BYTES - AROUND) seal()
        open.push(json)
        size += bytes + 1
      }
    }
    seal()
    if (notes.length === 0) texts.push(this.envelope('"notes":[]'))
    return { texts, tooLarge }
  }

  private envelope(inside: string): string {
    this.n += 1
    return `{"from":${JSON.stringify(this.from)},"n":${this.n},${inside}}`
  }
}

interface Sender {
  n: number
  pieces: string[]
  at: number
}

/** A sender not heard for so long has ended; a node has a new name with every start. */
const FORGET = 10 * 60_000

export interface Opened {
  readonly from: string
  readonly n: number
  readonly notes: readonly BusNote[]
  /** Envelopes of this sender never came. */
  readonly missed: boolean
}

/** Reads envelopes back, and notices which are missing. */
export class Unpacker {
  private readonly senders = new Map<string, Sender>()

  constructor(private readonly now: () => number = Date.now) {}

  /** Null: not an envelope, or one that has been read already. */
  open(text: string): Opened | null {
    const parsed = envelopeShape.safeParse(fromJson(text))
    if (!parsed.success) return null
    const { from, n, notes, piece } = parsed.data
    const sender = this.sender(from, n)
    if (n <= sender.n) return null
    const missed = n !== sender.n + 1
    sender.n = n
    sender.at = this.now()
    if (missed) sender.pieces = []
    if (piece) return { from, n, missed, notes: together(sender, piece) }
    sender.pieces = []
    return { from, n, missed, notes: (notes ?? []).flatMap((note) => readNote(note) ?? []) }
  }

  private sender(from: string, n: number): Sender {
    const known = this.senders.get(from)
    if (known) return known
    const old = this.now() - FORGET
    for (const [name, { at }] of this.senders) if (at < old) this.senders.delete(name)
    // Whoever is heard for the first time has said nothing before that would concern us.
    const sender = { n: n - 1, pieces: [], at: this.now() }
    this.senders.set(from, sender)
    return sender
  }
}

function together(sender: Sender, [i, of, text]: readonly [number, number, string]): BusNote[] {
  if (i === 0) sender.pieces = []
  if (i !== sender.pieces.length) return []
  sender.pieces.push(text)
  if (sender.pieces.length < of) return []
  const note = readNote(fromJson(Buffer.from(sender.pieces.join(''), 'base64').toString()))
  sender.pieces = []
  return note ? [note] : []
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
