import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { rng } from './rng'

/** Position, characters deleted there, text inserted there. */
export type TraceEdit = readonly [at: number, deleted: number, inserted: string]

export interface Trace {
  readonly startContent: string
  readonly endContent: string
  readonly edits: readonly TraceEdit[]
}

const FILE = path.resolve(import.meta.dirname, '../../../../shared/data/traces/automerge-paper.json.gz')

/** The recorded typing of a real paper where it is at hand, else a generated one of its size. */
export async function readTrace(): Promise<Trace> {
  const packed = await readFile(FILE).catch(() => null)
  if (!packed) return generatedTrace(1)
  const recorded: unknown = JSON.parse(gunzipSync(packed).toString('utf8'))
  return parseTrace(recorded)
}

function parseTrace(value: unknown): Trace {
  const { startContent, endContent, txns } = value as {
    startContent: string
    endContent: string
    txns: { patches: [number, number, string][] }[]
  }
  return { startContent, endContent, edits: txns.flatMap((txn) => txn.patches) }
}

/** 182,000 inserts and 77,000 deletes: runs of typing at places people jump between, with corrections. */
export function generatedTrace(seed: number): Trace {
  const chance = rng(seed)
  const letters = 'etaoin shrdlucmfwypvbgkjqxz,.战略增长'
  const edits: TraceEdit[] = []
  // The caret with what stands before it, and what stands after it backwards: a copy of the whole text for every letter
  // took twenty seconds, and a minute and a half on a busy machine.
  const before: string[] = []
  const after: string[] = []
  const moveTo = (at: number) => {
    for (; before.length > at; ) after.push(before.pop() ?? '')
    for (; before.length < at; ) before.push(after.pop() ?? '')
  }
  let inserts = 182_315
  let deletes = 77_463
  while (inserts + deletes > 0) {
    if (chance.below(200) === 0) moveTo(chance.below(before.length + after.length + 1))
    const erase = deletes > 0 && before.length > 0 && (inserts === 0 || chance.below(259_778) < 77_463)
    if (erase) {
      before.pop()
      edits.push([before.length, 1, ''])
      deletes -= 1
    } else if (inserts > 0) {
      const letter = letters.charAt(chance.below(letters.length))
      edits.push([before.length, 0, letter])
      before.push(letter)
      inserts -= 1
    } else moveTo(before.length + after.length)
  }
  moveTo(before.length + after.length)
  return { startContent: '', endContent: before.join(''), edits }
}
