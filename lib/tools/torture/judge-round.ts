import { setTimeout as delay } from 'node:timers/promises'
import type postgres from 'postgres'
import type * as Y from 'yjs'
import { openJournal } from '@/db/repositories/journal'
import { buildDoc, found } from '@/lib/collab/room/stored-document'
import { contentHash } from '@/lib/collab/testing/content-hash'
import { judgeTokens, type Tokens } from '@/lib/collab/testing/tokens'
import { TEST_ROOTS } from '@/lib/testing/collab/collab-server'
import { pageText } from './page-text'
import type { Writer } from './writer'

/** What a round's words came to. */
export interface RoundSums {
  edits: number
  acknowledged: number
  seen: number
  lost: number
}

/**
 * When the faults are over: waits until everybody is saved and has read everything, at most `patience` milliseconds, and
 * compares clients and database. Empty: nothing is wrong.
 */
export async function judgeRound(given: {
  readonly sql: postgres.Sql
  readonly documentId: string
  readonly writers: readonly Writer[]
  readonly tokens: Tokens
  readonly patience: number
  readonly sums: RoundSums
}): Promise<string[]> {
  const { sql, documentId, writers, tokens, patience, sums } = given
  const wrong: string[] = []
  await Promise.all(
    writers.map(async (writer) => {
      const done = await Promise.race([writer.settled(), delay(patience, 'late')])
      if (done === 'late') wrong.push(`${writer.name} ends as ${writer.client.saveState.kind}`)
    }),
  )
  let rebuilt: Y.Doc
  try {
    rebuilt = buildDoc(found(documentId, await openJournal(sql).load(documentId, false)), TEST_ROOTS)
  } catch (error) {
    sums.lost += 1
    return [...wrong, `lost: what is stored cannot be read: ${String(error)}`]
  }
  const hash = contentHash(rebuilt, TEST_ROOTS)
  // Everybody's last words still have to travel to everybody else.
  await until(
    () => writers.every((writer) => contentHash(writer.doc, TEST_ROOTS) === hash),
    Math.min(patience, 10_000),
  )
  wrong.push(...judgeTokens(tokens, pageText(rebuilt)?.toString() ?? ''))
  for (const writer of writers)
    if (contentHash(writer.doc, TEST_ROOTS) !== hash) wrong.push(`${writer.name} differs from the database`)
  wrong.push(...(await holes(sql, documentId)))
  sums.edits += tokens.count
  for (const token of tokens.all.values()) {
    if (token.acknowledged) sums.acknowledged += 1
    if (token.seen) sums.seen += 1
  }
  sums.lost += wrong.filter((problem) => problem.startsWith('lost')).length
  return wrong
}

/** False: it did not come true in so many milliseconds. */
export async function until(there: () => boolean, ms = Number.POSITIVE_INFINITY): Promise<boolean> {
  const began = performance.now()
  while (!there()) {
    if (performance.now() - began > ms) return false
    await delay(5)
  }
  return true
}

/** Journal rows are numbered without holes up to the head, and history and journal do not overlap. */
async function holes(sql: postgres.Sql, documentId: string): Promise<string[]> {
  const [row] = await sql<{ head: number; rows: number; first: number; trimmed: number }[]>`
    select d.seq::int as head, count(j.seq)::int as rows, coalesce(min(j.seq), d.seq + 1)::int as first,
      coalesce((select max(seq) from snapshots where document_id = d.id), 0)::int as trimmed
    from documents d left join journal j on j.document_id = d.id where d.id = ${documentId} group by d.id`
  if (!row) return ['the document is gone']
  if (row.rows !== row.head - row.first + 1) return [`journal has holes: ${JSON.stringify(row)}`]
  return row.first === row.trimmed + 1
    ? []
    : [`rows were trimmed beyond the snapshot: ${JSON.stringify(row)}`]
}
