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
  let text = ''
  let at = 0
  let inserts = 182_315
  let deletes = 77_463
  while (inserts + deletes > 0) {
    if (chance.below(200) === 0) at = chance.below(text.length + 1)
    const erase = deletes > 0 && at > 0 && (inserts === 0 || chance.below(259_778) < 77_463)
    if (erase) {
      at -= 1
      text = text.slice(0, at) + text.slice(at + 1)
      edits.push([at, 1, ''])
      deletes -= 1
    } else if (inserts > 0) {
      const letter = letters.charAt(chance.below(letters.length))
      text = text.slice(0, at) + letter + text.slice(at)
      edits.push([at, 0, letter])
      at += 1
      inserts -= 1
    } else at = text.length
  }
  return { startContent: '', endContent: text, edits }
}
