import { createHash } from 'node:crypto'
import postgres, { type Sql, type TransactionSql } from 'postgres'
import type { AppendOutcome, AppendRow, JournalRow, JournalStore, NewSnapshot } from '@/lib/collab/room/ports'
import { allEnded } from '@/lib/kit/all-ended'
import { failpoint } from '@/lib/kit/failpoint'
import { mergeUpdates } from '@/lib/kit/merge-updates'

/** A statement that has not answered by then counts as unknown and is repeated under the same batch id. */
const DEADLINE = 10_000
/** Snapshots kept per document: the newest, and one to fall back on by hand. */
const SNAPSHOTS_KEPT = 2

interface RawRow {
  seq: string | number
  bytes: Uint8Array
  user_id: string | null
  session_id: string | null
  at: Date
}

/** The sync engine's journal in PostgreSQL. */
export function openJournal(sql: Sql): JournalStore {
  return {
    load: (documentId, takeEpoch) => load(sql, documentId, takeEpoch),
    async append(batchId, rows) {
      await failpoint('beforeInsert')
      const answer = append(sql, batchId, rows)
      // Somebody may be thrown at before they look at it.
      answer.catch(() => {})
      await failpoint('afterInsertBeforeCommit')
      const outcomes = await answer
      await failpoint('afterCommitBeforeAck')
      return outcomes
    },
    heads: (documentIds) => heads(sql, documentIds),
    read: (documentId, after) => read(sql, documentId, after),
    saveSnapshot: (snapshot) => saveSnapshot(sql, snapshot),
  }
}

/**
 * One statement, so that asking for the right to write, numbering and writing are one transaction and one round trip.
 * Documents are locked in the order of their ids (two nodes may write the same ones); members and sessions are locked
 * for share, so that taking a right away either comes before a row, which is then refused, or after it.
 * The claim of a client id returns whose it is now, also when another node was faster.
 */
async function append(
  sql: Sql,
  batchId: string,
  rows: readonly AppendRow[],
): ReturnType<JournalStore['append']> {
  const claims = rows.flatMap((row, i) => row.clients.map((claim) => ({ n: i + 1, ...claim })))
  try {
    const [answer] = await inTime(sql<{ seqs: string }[]>`
      with input as materialized (
        select * from unnest(
          ${array(rows.map((row) => row.documentId))}::text[],
          ${bytesArray(rows.map((row) => row.bytes))}::bytea[],
          ${array(rows.map((row) => row.userId))}::text[],
          ${array(rows.map((row) => row.sessionId))}::text[],
          ${array(rows.map((row) => row.grant?.memberId ?? null))}::text[],
          ${array(rows.map((row) => row.grant?.memberRevision ?? null))}::int4[],
          ${array(rows.map((row) => row.grant?.sessionId ?? null))}::text[],
          ${array(rows.map((row) => row.grant?.documentAccessRevision ?? null))}::int4[],
          ${array(rows.map((row) => row.at / 1000))}::float8[]
        ) with ordinality as i(document_id, bytes, user_id, session_id, member_id, member_revision, grant_session,
                               access_revision, at, n)
      ),
      docs as materialized (
        select d.id, d.seq, d.access_revision from documents d
        where d.id = any(array(select distinct document_id from input))
          and exists (select from workspaces w where w.id = d.workspace_id and w.deleted_at is null)
        order by d.id for no key update of d
      ),
      allowed_members as materialized (
        select id, revision from members
        where id = any(array(select distinct member_id from input where member_id is not null)) and removed_at is null
        order by id for share
      ),
      allowed_sessions as materialized (
        select id from sessions
        where id = any(array(select distinct grant_session from input where grant_session is not null)) and revoked_at is null and expires_at > now()
        order by id for share
      ),
      permitted as materialized (
        select i.* from input i join docs d on d.id = i.document_id
        where i.member_id is null or (
          d.access_revision = i.access_revision
          and exists (select from allowed_members m where m.id = i.member_id and m.revision = i.member_revision)
          and (i.grant_session is null or exists (select from allowed_sessions s where s.id = i.grant_session))
        )
      ),
      claims as materialized (
        select p.n, p.document_id, c.user_id, c.client_id
        from unnest(
          ${array(claims.map((claim) => claim.n))}::int4[],
          ${array(claims.map((claim) => claim.client))}::int8[],
          ${array(claims.map((claim) => claim.userId))}::text[]
        ) as c(n, client_id, user_id) join permitted p on p.n = c.n
      ),
      bound as materialized (
        insert into document_clients (document_id, client_id, user_id)
        select distinct on (document_id, client_id) document_id, client_id, user_id
        from claims order by document_id, client_id, n
        on conflict (document_id, client_id) do update set user_id = document_clients.user_id
        returning document_id, client_id, user_id
      ),
      forged as materialized (
        select distinct c.n from claims c
        join bound b on b.document_id = c.document_id and b.client_id = c.client_id
        where b.user_id is distinct from c.user_id
      ),
      admitted as materialized (
        select p.*, d.seq + row_number() over (partition by p.document_id order by p.n) as seq
        from permitted p join docs d on d.id = p.document_id
        where p.n not in (select n from forged)
      ),
      head as (
        update documents d set seq = top.seq, changed_at = now()
        from (select document_id, max(seq) as seq from admitted group by document_id) top
        where d.id = top.document_id
      ),
      written as (
        insert into journal (document_id, seq, bytes, user_id, session_id, at)
        select document_id, seq, bytes, user_id, session_id, to_timestamp(at) from admitted
      ),
      batch as (
        insert into journal_batches (id, seqs)
        select ${batchId}::uuid, array_agg(coalesce(a.seq, 0) order by i.n)
        from input i left join admitted a on a.n = i.n
        returning seqs
      )
      select array_to_string(seqs, ',') as seqs from batch
    `)
    return outcomes(answer)
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error
    if (error.code === '23505' && error.constraint_name === 'journal_batches_pkey')
      return outcomeOf(sql, batchId)
    // Wrong data, broken references, a wrong statement: repeating it changes nothing. All else is a matter of time.
    if (/^(22|23|42)/.test(error.code)) return { impossible: error.message }
    throw error
  }
}

/** The batch had been committed; only its answer was lost. */
async function outcomeOf(sql: Sql, batchId: string): Promise<readonly AppendOutcome[]> {
  const [found] = await inTime(sql<{ seqs: string }[]>`
    select array_to_string(seqs, ',') as seqs from journal_batches where id = ${batchId}
  `)
  return outcomes(found)
}

/** One value for the whole batch: postgres.js takes longer over many small rows than the database does. 0: not admitted. */
function outcomes(batch: { readonly seqs: string } | undefined): readonly AppendOutcome[] {
  if (!batch) throw new Error('a batch exists and does not')
  return batch.seqs.split(',').map((seq) => (seq === '0' ? null : Number(seq)))
}

async function load(sql: Sql, documentId: string, takeEpoch: boolean): ReturnType<JournalStore['load']> {
  // With the epoch the row is locked, and with it every append; without, one snapshot of the database is read.
  const isolation = takeEpoch ? 'isolation level read committed' : 'isolation level repeatable read read only'
  return inTime(
    sql.begin(isolation, async (tx) => {
      type Head = { workspace_id: string; seq: number; min_schema: number; epoch: number }
      const [head] = takeEpoch
        ? await tx<Head[]>`update documents set epoch = epoch + 1 where id = ${documentId}
            returning workspace_id, seq::float8 as seq, min_schema, epoch`
        : await tx<Head[]>`select workspace_id, seq::float8 as seq, min_schema, epoch
            from documents where id = ${documentId}`
      if (!head) return null
      await failpoint('loadMid')
      // Asked together: what they see is held still, by the lock or by the isolation.
      const [[snapshot], tail, clients] = await Promise.all([
        tx<RawSnapshot[]>`
          select seq::float8 as seq, bytes, checksum from snapshots
          where document_id = ${documentId} order by snapshots.seq desc limit 1`,
        tx<RawRow[]>`
          select seq, bytes, user_id, session_id, at from journal
          where document_id = ${documentId}
            and seq > coalesce((select max(seq) from snapshots where document_id = ${documentId}), 0)
          order by seq`,
        tx<{ client_id: number; user_id: string | null }[]>`
          select client_id::float8 as client_id, user_id from document_clients where document_id = ${documentId}`,
      ])
      const start = snapshot ? await wholeSnapshot(tx, documentId, snapshot) : null
      if (start && 'broken' in start) return start
      return {
        documentId,
        workspaceId: head.workspace_id,
        seq: head.seq,
        minSchema: head.min_schema,
        epoch: head.epoch,
        snapshot: start,
        tail: tail.map(journalRow),
        clients: new Map(clients.map((row) => [row.client_id, row.user_id])),
      }
    }),
  )
}

interface RawSnapshot {
  seq: number
  bytes: Uint8Array
  checksum: string
}

/** A snapshot whose bytes have changed on disk is made again from the history, which has every row before it. */
async function wholeSnapshot(
  tx: TransactionSql,
  documentId: string,
  { seq, bytes, checksum: expected }: RawSnapshot,
): Promise<{ seq: number; bytes: Uint8Array } | { broken: string }> {
  if (checksum(bytes) === expected) return { seq, bytes: plain(bytes) }
  const segments = await tx<{ bytes: Uint8Array }[]>`
    select bytes from history_segments where document_id = ${documentId} and to_seq <= ${seq} order by from_seq`
  if (segments.length === 0) return { broken: 'the snapshot does not match its checksum' }
  try {
    return { seq, bytes: mergeUpdates(segments.map((segment) => plain(segment.bytes))) }
  } catch {
    return { broken: 'neither snapshot nor history can be read' }
  }
}

async function heads(sql: Sql, documentIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const found = await inTime(sql<{ id: string; seq: number }[]>`
    select id, seq::float8 as seq from documents where id = any(${array(documentIds)}::text[])`)
  return new Map(found.map(({ id, seq }) => [id, seq]))
}

async function read(sql: Sql, documentId: string, after: number): Promise<readonly JournalRow[] | null> {
  const rows = await inTime(sql<(RawRow & { head: number })[]>`
    select d.seq::float8 as head, j.seq, j.bytes, j.user_id, j.session_id, j.at
    from documents d left join journal j on j.document_id = d.id and j.seq > ${after}
    where d.id = ${documentId} order by j.seq`)
  const [first] = rows
  if (!first) return []
  const found = rows.filter((row) => row.bytes !== null).map(journalRow)
  return found.length === Math.max(0, first.head - after) ? found : null
}

/**
 * Whether the writer still has the epoch is asked last: whoever takes an epoch waits for this transaction or has it rolled
 * back, and the document's row is held for the commit alone. Letters are appended under the same lock, those of all
 * documents together: while one was held for a whole snapshot, everybody waited.
 */
async function saveSnapshot(sql: Sql, snapshot: NewSnapshot): Promise<boolean> {
  const { documentId, seq, history } = snapshot
  const fenced = new Error('another writer has the epoch')
  try {
    await inTime(
      sql.begin(async (tx) => {
        await allEnded([
          tx`
            insert into snapshots (document_id, seq, bytes, checksum)
            values (${documentId}, ${seq}, ${Buffer.from(snapshot.bytes)}, ${checksum(snapshot.bytes)})
            on conflict (document_id, seq) do update set bytes = excluded.bytes, checksum = excluded.checksum`,
          tx`
            insert into history_segments (document_id, from_seq, to_seq, bytes, user_id, session_id, from_at, to_at)
            select ${documentId}, from_seq, to_seq, bytes, user_id, session_id, to_timestamp(from_at), to_timestamp(to_at)
            from unnest(
              ${array(history.map(({ fromSeq }) => fromSeq))}::int8[],
              ${array(history.map(({ toSeq }) => toSeq))}::int8[],
              ${bytesArray(history.map(({ bytes }) => bytes))}::bytea[],
              ${array(history.map(({ userId }) => userId))}::text[],
              ${array(history.map(({ sessionId }) => sessionId))}::text[],
              ${array(history.map(({ fromAt }) => fromAt / 1000))}::float8[],
              ${array(history.map(({ toAt }) => toAt / 1000))}::float8[]
            ) as h(from_seq, to_seq, bytes, user_id, session_id, from_at, to_at)`,
        ])
        await failpoint('snapshotDoneBeforeTrim')
        const trimmed = await tx`delete from journal where document_id = ${documentId} and seq <= ${seq}`
        // Only what went into history may leave; anything else rolls all of it back.
        if (trimmed.count !== snapshot.rows)
          throw new Error(
            `${trimmed.count} rows would leave the journal, ${snapshot.rows} are in the history`,
          )
        await failpoint('trimMid')
        await allEnded([
          tx`
            delete from snapshots where document_id = ${documentId} and seq not in (
              select seq from snapshots where document_id = ${documentId} order by seq desc limit ${SNAPSHOTS_KEPT})`,
          tx`delete from journal_batches where at < now() - interval '1 hour'`,
        ])
        const [held] = await tx`
          select 1 from documents where id = ${documentId} and epoch = ${snapshot.epoch} for no key update`
        if (!held) throw fenced
      }),
    )
    return true
  } catch (error) {
    if (error === fenced) return false
    throw error
  }
}

function journalRow(row: RawRow): JournalRow {
  return {
    seq: Number(row.seq),
    bytes: plain(row.bytes),
    userId: row.user_id,
    sessionId: row.session_id,
    at: new Date(row.at).getTime(),
  }
}

/**
 * An array as PostgreSQL reads it. postgres.js has arrays too, but on a connection's first statement it does not know
 * their types yet, and sends a list of one element as the element.
 */
function array(values: readonly (string | number | null)[]): string {
  const elements = values.map((value) => {
    if (value === null) return 'null'
    return typeof value === 'number' ? String(value) : `"${value.replace(/[\\"]/g, '\\$&')}"`
  })
  return `{${elements.join(',')}}`
}

function bytesArray(values: readonly Uint8Array[]): string {
  const hex = (bytes: Uint8Array) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
  return `{${values.map((bytes) => `"\\\\x${hex(bytes)}"`).join(',')}}`
}

/** Without Buffer's own methods, some of which (slice) mean something else than those of Uint8Array. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function checksum(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A database that has stopped answering must not hold everybody's words for ever. */
async function inTime<T>(work: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the database did not answer in time')), DEADLINE)
    timer.unref()
  })
  const running = Promise.resolve(work)
  // When the deadline wins, nobody looks at the late answer.
  running.catch(() => {})
  try {
    return await Promise.race([running, deadline])
  } finally {
    clearTimeout(timer)
  }
}
