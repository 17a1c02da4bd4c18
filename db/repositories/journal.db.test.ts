import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { toHistory } from '@/lib/collab/room/history'
import type { AppendRow, JournalStore, StoredDocument } from '@/lib/collab/room/ports'
import { buildDoc, StoredDocumentBroken } from '@/lib/collab/room/stored-document'
import { contentHash } from '@/lib/collab/testing/content-hash'
import { rng } from '@/lib/collab/testing/rng'
import { type StoredPerson, type StoredWorld, storedWorld } from '@/lib/testing/collab/stored-world'
import { type TestDatabase, testDatabase } from '@/lib/testing/database'
import { openJournal } from './journal'

const ROOTS = { text: 'text' } as const

let database: TestDatabase
let store: JournalStore
let world: StoredWorld
let author: StoredPerson

beforeAll(async () => {
  database = await testDatabase()
  store = openJournal(database.sql)
})
afterAll(() => database.drop())
beforeEach(async () => {
  world = await storedWorld(database.sql)
  author = await world.person('partner')
})

function row(by: StoredPerson, bytes: Uint8Array, more: Partial<AppendRow> = {}): AppendRow {
  return {
    documentId: world.documentId,
    bytes,
    userId: by.userId,
    sessionId: by.sessionId,
    grant: by.grant,
    clients: [],
    at: 1_700_000_000_000,
    ...more,
  }
}

const claims = (by: StoredPerson, ...clients: number[]) =>
  clients.map((client) => ({ client, userId: by.userId }))

const bytes = (n: number) => Uint8Array.of(n, 0, 255, 92, 34)

async function loaded(takeEpoch = false): Promise<StoredDocument> {
  const stored = await store.load(world.documentId, takeEpoch)
  if (!stored || 'broken' in stored) throw new Error('a whole document expected')
  return stored
}

/** A document somebody types into; gives each change as an update. */
function typist(clientID: number): { doc: Y.Doc; type(at: number, words: string): Uint8Array } {
  const doc = new Y.Doc()
  doc.clientID = clientID
  return {
    doc,
    type(at, words) {
      const before = Y.encodeStateVector(doc)
      doc.getText('text').insert(at, words)
      return Y.encodeStateAsUpdate(doc, before)
    },
  }
}

describe('append', () => {
  it('ST1: numbers rows without holes, in their order, per document', async () => {
    const other = await world.strategy()
    const outcomes = await store.append(randomUUID(), [
      row(author, bytes(1)),
      row(author, bytes(2), { documentId: other.documentId }),
      row(author, bytes(3)),
    ])
    expect(outcomes).toEqual([1, 1, 2])
    expect(await store.append(randomUUID(), [row(author, bytes(4))])).toEqual([3])
    const rows = await store.read(world.documentId, 0)
    expect(rows?.map((found) => [found.seq, [...found.bytes], found.userId, found.at])).toEqual([
      [1, [...bytes(1)], author.userId, 1_700_000_000_000],
      [2, [...bytes(3)], author.userId, 1_700_000_000_000],
      [3, [...bytes(4)], author.userId, 1_700_000_000_000],
    ])
  })

  it('ST1: stays without holes when several nodes write several documents at once', async () => {
    const other = await world.strategy()
    const nodes = [1, 2, 3].map(() => postgres(database.url, { max: 1, onnotice: () => {} }))
    try {
      const chance = rng(7)
      await Promise.all(
        nodes.map(async (sql) => {
          const own = openJournal(sql)
          for (let i = 0; i < 20; i++) {
            const both = [row(author, bytes(1)), row(author, bytes(2), { documentId: other.documentId })]
            await own.append(randomUUID(), chance.below(2) ? both : both.reverse())
          }
        }),
      )
    } finally {
      for (const sql of nodes) await sql.end()
    }
    for (const id of [world.documentId, other.documentId]) {
      const rows = await store.read(id, 0)
      expect(rows?.map((found) => found.seq)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1))
    }
  })

  it('ST2: a repeated batch is written once and answers the same', async () => {
    const batch = randomUUID()
    const rows = [
      row(author, bytes(1)),
      row(author, bytes(2), { grant: { ...author.grant, memberRevision: 9 } }),
    ]
    expect(await store.append(batch, rows)).toEqual([1, null])
    expect(await store.append(batch, rows)).toEqual([1, null])
    expect((await store.read(world.documentId, 0))?.length).toBe(1)
  })

  it('ST2: two tries of one batch at the same moment write once', async () => {
    const batch = randomUUID()
    const tries = await Promise.all([1, 2, 3].map(() => store.append(batch, [row(author, bytes(1))])))
    expect(tries).toEqual([[1], [1], [1]])
    expect((await store.read(world.documentId, 0))?.length).toBe(1)
  })

  const endings: Record<string, (of: StoredPerson) => Promise<unknown>> = {
    'removed from the workspace': (of) =>
      database.sql`update members set removed_at = now() where id = ${of.memberId}`,
    'given another role': (of) =>
      database.sql`update members set role = 'viewer', revision = revision + 1 where id = ${of.memberId}`,
    'signed out': (of) => database.sql`update sessions set revoked_at = now() where id = ${of.sessionId}`,
    'too long away': (of) => database.sql`update sessions set expires_at = now() where id = ${of.sessionId}`,
    'writing in what was archived': () =>
      database.sql`update documents set access_revision = access_revision + 1 where id = ${world.documentId}`,
    'writing in a workspace that was deleted': () =>
      database.sql`update workspaces set deleted_at = now() where id = ${world.workspaceId}`,
  }
  for (const [name, end] of Object.entries(endings))
    it(`ST3: refuses the row of an author ${name}, and only that`, async () => {
      const colleague = await world.person('owner')
      expect(await store.append(randomUUID(), [row(author, bytes(1))])).toEqual([1])
      await end(author)
      const everybody = name.startsWith('writing')
      const outcomes = await store.append(randomUUID(), [
        row(author, bytes(2), { clients: claims(author, 77) }),
        row(colleague, bytes(3)),
      ])
      expect(outcomes).toEqual(everybody ? [null, null] : [null, 2])
      expect((await loaded(false)).clients.has(77)).toBe(false)
    })

  it('ST3: a right taken away in a transaction that is still open is waited for', async () => {
    let appended: ReturnType<JournalStore['append']> | undefined
    let answered = false
    await database.sql.begin(async (tx) => {
      await tx`update members set removed_at = now() where id = ${author.memberId}`
      appended = store.append(randomUUID(), [row(author, bytes(1))]).then((outcomes) => {
        answered = true
        return outcomes
      })
      // The append is seen waiting for this very transaction before it ends.
      for (;;) {
        const [waiting] = await database.sql`
          select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%with input as%'
          and datname = current_database()`
        if (waiting) break
      }
      expect(answered).toBe(false)
    })
    expect(await appended).toEqual([null])
  })

  it('ST4: a client id belongs to the user who used it first, for ever', async () => {
    const other = await world.person('partner')
    await store.append(randomUUID(), [row(author, bytes(1), { clients: claims(author, 42, 43) })])
    expect(
      await store.append(randomUUID(), [
        row(other, bytes(2), { clients: claims(other, 42) }),
        row(author, bytes(3), { clients: claims(author, 42) }),
        row(other, bytes(4), { clients: claims(other, 44) }),
      ]),
    ).toEqual([null, 2, 3])
    // Words of somebody else, brought in by the author: the id becomes whose it is said to be.
    await store.append(randomUUID(), [
      row(author, bytes(5), { clients: [...claims(other, 45), { client: 46, userId: null }] }),
    ])
    expect((await loaded(false)).clients).toEqual(
      new Map([
        [42, author.userId],
        [43, author.userId],
        [44, other.userId],
        [45, other.userId],
        [46, null],
      ]),
    )
  })

  it('ST5: the server itself writes without a grant; a document that is gone takes nothing', async () => {
    const own = row(author, bytes(1), { grant: null, userId: null, sessionId: null })
    expect(await store.append(randomUUID(), [own, { ...own, documentId: 'doc_gone' }])).toEqual([1, null])
  })

  it('ST6: says when repeating would not help', async () => {
    const answer = await store.append(randomUUID(), [row(author, bytes(1), { userId: 'usr_nobody' })])
    expect(answer).toEqual({ impossible: expect.stringContaining('foreign key') })
  })
})

describe('load and snapshot', () => {
  async function typed(n: number): Promise<Y.Doc> {
    const one = typist(11)
    const two = typist(12)
    const colleague = await world.person('partner')
    for (let i = 0; i < n; i++) {
      const [from, to, by] = i % 2 ? [one, two, author] : [two, one, colleague]
      const update = from.type(0, `${i} `)
      Y.applyUpdate(to.doc, update)
      await store.append(randomUUID(), [
        row(by, update, { clients: claims(by, from.doc.clientID), at: 1_700_000_000_000 + i }),
      ])
    }
    return one.doc
  }

  async function snapshotAt(doc: Y.Doc, epoch: number): Promise<boolean> {
    const rows = (await store.read(world.documentId, 0)) ?? []
    return store.saveSnapshot({
      documentId: world.documentId,
      epoch,
      seq: rows.at(-1)?.seq ?? 0,
      bytes: Y.encodeStateAsUpdate(doc),
      rows: rows.length,
      history: toHistory(rows, 60_000),
    })
  }

  /** Until a connection of this database waits for another's lock. */
  async function untilWaiting(): Promise<void> {
    await expect
      .poll(async () => {
        const [found] = await database.sql<{ waiting: number }[]>`
          select count(*)::int as waiting from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`
        return found?.waiting ?? 0
      })
      .toBeGreaterThan(0)
  }

  it('ST7: what is loaded equals what was typed, from the journal, from a snapshot and from both', async () => {
    const doc = await typed(10)
    const expected = contentHash(doc, ROOTS)
    const first = await loaded(true)
    expect(first.tail.length).toBe(10)
    expect(contentHash(buildDoc(first, ROOTS), ROOTS)).toBe(expected)

    expect(await snapshotAt(doc, first.epoch)).toBe(true)
    const second = await loaded(true)
    expect([second.seq, second.tail.length, second.snapshot?.seq]).toEqual([10, 0, 10])
    expect(contentHash(buildDoc(second, ROOTS), ROOTS)).toBe(expected)

    const later = typist(13)
    Y.applyUpdate(later.doc, Y.encodeStateAsUpdate(doc))
    await store.append(randomUUID(), [row(author, later.type(0, 'more '), { clients: claims(author, 13) })])
    const third = await loaded(false)
    expect(third.epoch).toBe(second.epoch)
    expect(third.tail.map((found) => found.seq)).toEqual([11])
    expect(contentHash(buildDoc(third, ROOTS), ROOTS)).toBe(contentHash(later.doc, ROOTS))
  })

  it('ST8: a writer that slept stores nothing and trims nothing', async () => {
    const doc = await typed(4)
    const sleeper = await loaded(true)
    await loaded(true)
    expect(await snapshotAt(doc, sleeper.epoch)).toBe(false)
    expect((await store.read(world.documentId, 0))?.length).toBe(4)
    expect((await loaded(false)).snapshot).toBeNull()
  })

  it('ST8: while a snapshot is stored letters are appended, and who takes the epoch meanwhile has it rolled back', async () => {
    const doc = await typed(4)
    const { epoch } = await loaded(true)
    // One of the rows that are to leave is held by somebody: the snapshot waits in the middle.
    const holder = await database.sql.reserve()
    await holder`begin`
    await holder`select 1 from journal where document_id = ${world.documentId} and seq = 2 for update`
    const storing = snapshotAt(doc, epoch)
    try {
      await untilWaiting()
      expect(await store.append(randomUUID(), [row(author, bytes(1))])).toEqual([5])
      expect((await loaded(true)).snapshot).toBeNull()
    } finally {
      await holder`rollback`
      holder.release()
    }
    expect(await storing).toBe(false)
    expect((await store.read(world.documentId, 0))?.length).toBe(5)
    expect((await loaded(false)).snapshot).toBeNull()
  })

  it('ST9: rows leave the journal only as history, per author, and history alone gives the document', async () => {
    const doc = await typed(8)
    const { epoch } = await loaded(true)
    await snapshotAt(doc, epoch)
    expect(await store.read(world.documentId, 0)).toBeNull()
    expect(await store.read(world.documentId, 8)).toEqual([])
    const segments = await database.sql<
      { bytes: Uint8Array; user_id: string; from_seq: string; to_seq: string }[]
    >`
      select bytes, user_id, from_seq, to_seq from history_segments where document_id = ${world.documentId} order by from_seq`
    expect(segments.map((segment) => [Number(segment.from_seq), Number(segment.to_seq)])).toEqual([
      [1, 7],
      [2, 8],
    ])
    expect(new Set(segments.map((segment) => segment.user_id)).size).toBe(2)
    const again = new Y.Doc()
    for (const segment of segments) Y.applyUpdate(again, segment.bytes)
    expect(contentHash(again, ROOTS)).toBe(contentHash(doc, ROOTS))
  })

  it('ST9: a trim that does not match its history is rolled back as a whole', async () => {
    const doc = await typed(3)
    const { epoch } = await loaded(true)
    const wrong = {
      documentId: world.documentId,
      epoch,
      seq: 3,
      bytes: Y.encodeStateAsUpdate(doc),
      rows: 2,
      history: [],
    }
    await expect(store.saveSnapshot(wrong)).rejects.toThrow('3 rows would leave')
    expect((await store.read(world.documentId, 0))?.length).toBe(3)
    expect((await loaded(false)).snapshot).toBeNull()
  })

  it('ST10: a snapshot that rotted on disk is made again from history, and refused without it', async () => {
    const doc = await typed(6)
    const { epoch } = await loaded(true)
    await snapshotAt(doc, epoch)
    await database.sql`update snapshots set bytes = '\\x0000'::bytea where document_id = ${world.documentId}`
    const stored = await loaded(false)
    expect(contentHash(buildDoc(stored, ROOTS), ROOTS)).toBe(contentHash(doc, ROOTS))
    await database.sql`delete from history_segments where document_id = ${world.documentId}`
    expect(await store.load(world.documentId, false)).toEqual({ broken: expect.any(String) })
  })

  it('ST12: says how far each of many documents has come, in one question', async () => {
    const other = await world.strategy()
    const rows = [row(author, bytes(1)), row(author, bytes(2)), row(author, bytes(3), other)]
    await store.append(randomUUID(), rows)
    expect(await store.heads([world.documentId, other.documentId, 'doc_none'])).toEqual(
      new Map([
        [world.documentId, 2],
        [other.documentId, 1],
      ]),
    )
    expect(await store.heads([])).toEqual(new Map())
  })

  it('ST11: a missing row is noticed, never skipped', async () => {
    await typed(5)
    await database.sql`delete from journal where document_id = ${world.documentId} and seq = 3`
    const stored = await loaded(false)
    expect(() => buildDoc(stored, ROOTS)).toThrow(StoredDocumentBroken)
    expect(await store.load('doc_none', true)).toBeNull()
  })
})
