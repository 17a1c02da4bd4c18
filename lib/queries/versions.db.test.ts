import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { openJournal } from '@/db/repositories/journal'
import { toHistory } from '@/lib/collab/room/history'
import { captureVersion } from '@/lib/commands/capture-version'
import type { Context } from '@/lib/commands/context'
import { createStrategy } from '@/lib/commands/create-strategy'
import { duplicateStrategy } from '@/lib/commands/duplicate-strategy'
import { nameVersion } from '@/lib/commands/name-version'
import type { Labels } from '@/lib/document/diff/html'
import { fillRoot } from '@/lib/document/fill'
import { markKey } from '@/lib/document/mark-names'
import { paragraph } from '@/lib/document/testing/sample'
import { childrenOf } from '@/lib/document/walk'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { type House, house } from '@/lib/testing/builders'
import { refusal } from '@/lib/testing/refusal'
import { replayPage, replayStep } from './replay'
import { compareStrategies, compareVersions, PAGE, type VersionsWish, versionsPage } from './versions'

let home: House
let owner: Context

beforeAll(async () => {
  home = await house()
  owner = await home.workspace()
})
afterAll(() => home.close())

const labels = (): Labels => ({
  kind: (kind) => `${kind}`,
  part: (name) => `${name}`,
  field: (name) => name,
  value: (_name, value) => `${value}`,
  form: () => null,
  nothing: () => '',
})

const wish = (strategyId: string, more: Partial<VersionsWish> = {}): VersionsWish => ({
  strategyId,
  from: null,
  to: null,
  below: null,
  userId: null,
  name: null,
  named: false,
  ...more,
})

const blank = (title = 'Plan') => createStrategy(owner, { title, language: 'en', template: 'blank' })

async function write(by: Context, documentId: string, change: (doc: Y.Doc) => void): Promise<void> {
  await by.live.edit(documentId, { userId: by.actor.userId, sessionId: by.actor.sessionId }, change)
}

const line = (words: string) => (doc: Y.Doc) => fillRoot(doc.getXmlFragment('situation'), [paragraph(words)])

function firstText(doc: Y.Doc): Y.XmlText {
  const block = doc.getXmlFragment('situation').get(0)
  const text = block instanceof Y.XmlElement ? childrenOf(block)[0] : null
  if (!(text instanceof Y.XmlText)) throw new Error('a text')
  return text
}

const code = async (work: Promise<unknown>) => (await refusal(work)).code
const textIn = (html: string) => html.replace(/<del[^>]*>.*?<\/del>/g, '').replace(/<[^>]+>/g, '')

describe('the list', () => {
  it('comes page by page, filtered by person and name, without a byte of any version', async () => {
    const plan = await blank()
    const colleague = await home.member(owner, 'partner', 'Tomás Rivas')
    for (let i = 0; i < 3; i++) {
      await write(i === 1 ? colleague : owner, plan.documentId, line(`Line ${i}.`))
      await captureVersion(owner, plan.id, 'session')
    }
    await nameVersion(owner, { strategyId: plan.id, version: 3, name: 'The one of Tomás' })
    await owner.store.sql`insert into versions
      (id, strategy_id, number, kind, seq, bytes, checksum, content_hash, authors, words, at)
      select 'ver_' || lpad(n::text, 26, '0'), ${plan.id}, n, 'session', 4, '', '', n::text, '{}', 0, now()
      from generate_series(5, 80) n`
    const first = await versionsPage(owner, wish(plan.id))
    expect(first.versions).toHaveLength(PAGE)
    expect([first.versions[0]?.number, first.more]).toEqual([80, true])
    const rest = await versionsPage(owner, wish(plan.id, { below: first.versions.at(-1)?.number ?? 0 }))
    expect(rest.versions.at(-1)?.number).toBe(1)
    expect(rest.more).toBe(false)
    const his = await versionsPage(owner, wish(plan.id, { userId: colleague.user.id }))
    expect(his.versions.map(({ number }) => number)).toEqual([3])
    const named = await versionsPage(owner, wish(plan.id, { named: true }))
    expect(named.versions.map(({ name }) => name)).toEqual(['The one of Tomás'])
    expect((await versionsPage(owner, wish(plan.id, { name: 'tomás' }))).versions).toHaveLength(1)
    expect(first.people.map(({ name }) => name).sort()).toEqual([owner.user.name, 'Tomás Rivas'].sort())
    // What is compared unless somebody says otherwise: what people named, with now.
    expect([first.from?.number, first.to]).toEqual([3, 'now'])
  })

  it('is nothing to strangers, and a number that is not there is not there', async () => {
    const plan = await blank()
    const stranger = await home.workspace('Elsewhere')
    expect(await code(versionsPage(stranger, wish(plan.id)))).toBe('not_found')
    expect(await code(versionsPage(owner, wish(plan.id, { from: 9 })))).toBe('not_found')
    expect(await code(versionsPage(owner, wish(plan.id, { from: 'now' })))).toBe('not_found')
    expect(await code(replayPage(stranger, plan.id))).toBe('not_found')
    expect(await code(replayStep(stranger, { strategyId: plan.id, seq: 1, labels }))).toBe('not_found')
    expect(await code(compareStrategies(stranger, { strategyId: plan.id, withId: null, labels }))).toBe(
      'not_found',
    )
    const viewer = await home.member(owner, 'viewer', 'Vera')
    const seen = await versionsPage(viewer, wish(plan.id))
    expect([seen.mayName, seen.mayRestore]).toEqual([false, false])
  })

  it('does not take the mark of a comment for something new', async () => {
    const plan = await blank()
    await write(owner, plan.documentId, line('One.'))
    await captureVersion(owner, plan.id, 'session')
    await owner.live.edit(plan.documentId, { userId: null, sessionId: null }, (doc) => {
      const thread = newId('thr')
      firstText(doc).format(0, 3, { [markKey('comment', { thread })]: { thread } })
    })
    const shown = async () => {
      const { now, from } = await versionsPage(owner, wish(plan.id))
      return { changed: now.changed, number: now.number, from: from?.number }
    }
    // What is shown at first is what was written last, not that nothing was.
    expect(await shown()).toEqual({ changed: false, number: 2, from: 1 })
    await write(owner, plan.documentId, line('Two.'))
    expect(await shown()).toEqual({ changed: true, number: 3, from: 2 })
  })
})

describe('a comparison', () => {
  it('says who wrote what, also when the journal has become history', async () => {
    const plan = await blank()
    const colleague = await home.member(owner, 'partner', 'Tomás Rivas')
    await write(owner, plan.documentId, line('Known fourteen days after.'))
    await captureVersion(owner, plan.id, 'session')
    await write(colleague, plan.documentId, (doc) => firstText(doc).delete(6, 8))
    await write(owner, plan.documentId, (doc) => firstText(doc).insert(6, 'twelve'))
    const compare = async (person: string | null = null) => {
      const page = await versionsPage(owner, wish(plan.id, { from: 2 }))
      const { view, faces } = await compareVersions(owner, { page, person, labels })
      const notes = view.chapters.flatMap(({ passages }) =>
        passages.flatMap((passage) => (passage.kind === 'changed' ? passage.notes : [])),
      )
      return notes.map(({ userId, added, removed, at }) => ({
        name: faces.get(userId ?? '')?.name,
        added,
        removed,
        timed: at !== null,
      }))
    }
    const expected = [
      { name: owner.user.name, added: 1, removed: 0, timed: true },
      { name: 'Tomás Rivas', added: 0, removed: 1, timed: true },
    ]
    const byName = (a: { name?: string | undefined }, b: { name?: string | undefined }) =>
      (a.name ?? '').localeCompare(b.name ?? '')
    expect((await compare()).sort(byName)).toEqual([...expected].sort(byName))
    expect(await compare(colleague.user.id)).toEqual([expected[1]])
    await compact(plan.documentId)
    expect((await compare()).sort(byName)).toEqual([...expected].sort(byName))
  })

  it('refuses a version whose bytes were changed', async () => {
    const plan = await blank()
    await write(owner, plan.documentId, line('True.'))
    await captureVersion(owner, plan.id, 'session')
    await owner.store
      .sql`update versions set bytes = bytes || '\\x00' where strategy_id = ${plan.id} and number = 2`
    const page = await versionsPage(owner, wish(plan.id, { from: 2 }))
    expect(await code(compareVersions(owner, { page, person: null, labels }))).toBe('version_damaged')
    // Its neighbours are as they were.
    const other = await versionsPage(owner, wish(plan.id, { from: 1 }))
    expect((await compareVersions(owner, { page: other, person: null, labels })).view.added).toBe(1)
  })

  it('of two drafts tells what stands in one of them only', async () => {
    const plan = await createStrategy(owner, { title: 'Plan', language: 'en', template: 'restaurant-saas' })
    const draft = await duplicateStrategy(owner, { strategyId: plan.id })
    const given = { strategyId: plan.id, withId: draft.id, labels }
    expect((await compareStrategies(owner, given)).view?.changedChapters).toEqual([])
    await write(owner, draft.documentId, line('Only in the draft.'))
    const { view, other } = await compareStrategies(owner, given)
    expect([view?.added, view?.removed, other?.title]).toEqual([4, 0, draft.title])
    expect(await code(compareStrategies(owner, { ...given, withId: plan.id }))).toBe('not_found')
    expect(await code(compareStrategies(owner, { ...given, withId: 'str_nonsense' }))).toBe('not_found')
  })
})

/** What the engine does when the tail outweighs the snapshot. */
async function compact(documentId: string): Promise<void> {
  const journal = openJournal(owner.store.sql)
  const stored = must(await journal.load(documentId, true), 'it is there')
  if ('broken' in stored) throw new Error(stored.broken)
  const doc = new Y.Doc()
  if (stored.snapshot) Y.applyUpdate(doc, stored.snapshot.bytes)
  for (const row of stored.tail) Y.applyUpdate(doc, row.bytes)
  await journal.saveSnapshot({
    documentId,
    epoch: stored.epoch,
    seq: stored.seq,
    bytes: Y.encodeStateAsUpdate(doc),
    rows: stored.tail.length,
    history: toHistory(stored.tail, 15 * 60_000),
  })
}

describe('a replay', () => {
  it('shows each state that was, in any order, with what the step changed', async () => {
    const plan = await blank()
    const colleague = await home.member(owner, 'partner', 'Tomás Rivas')
    const states: string[] = ['']
    const turn = async (by: Context, change: (doc: Y.Doc) => void) => {
      await write(by, plan.documentId, change)
      const doc = new Y.Doc()
      Y.applyUpdate(doc, await owner.live.readDocument(plan.documentId))
      states.push(firstText(doc).toString())
    }
    await turn(owner, line('One.'))
    await turn(colleague, (doc) => firstText(doc).insert(4, ' Two.'))
    await turn(owner, (doc) => firstText(doc).delete(0, 4))
    await captureVersion(owner, plan.id, 'session')
    await turn(colleague, (doc) => firstText(doc).insert(0, 'Zero.'))
    const { steps } = await replayPage(owner, plan.id)
    expect(steps.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
    const at = async (seq: number) =>
      (await replayStep(owner, { strategyId: plan.id, seq, labels })).texts.situation.html
    // Forward, backward, far.
    for (const seq of [1, 2, 3, 5, 4, 2, 5, 1]) expect(textIn(await at(seq)), `${seq}`).toBe(states[seq - 1])
    expect(await at(3)).toMatch(/One\.<ins[^>]*> Two\.<\/ins>/)
    expect(await at(4)).toMatch(/<del[^>]*>One\.<\/del>/)
    // Between two steps is the earlier, beyond the last the last.
    expect(textIn(await at(999))).toBe(states[4])

    await compact(plan.documentId)
    await turn(owner, (doc) => firstText(doc).insert(0, 'New. '))
    const later = (await replayPage(owner, plan.id)).steps
    expect(later.at(-1)?.seq).toBe(6)
    expect(textIn(await at(6))).toBe(states[5])
    for (const { seq } of later) expect(textIn(await at(seq)), `${seq}`).toBe(states[seq - 1])
  })

  it('goes on when a version on the way is damaged: the journal has it all', async () => {
    const plan = await blank()
    const colleague = await home.member(owner, 'partner', 'Tomás Rivas')
    await write(owner, plan.documentId, line('One.'))
    await captureVersion(owner, plan.id, 'session')
    await write(colleague, plan.documentId, (doc) => firstText(doc).insert(4, ' Two.'))
    await owner.store.sql`update versions set bytes = '\\x00' where strategy_id = ${plan.id}`
    const { texts } = await replayStep(owner, { strategyId: plan.id, seq: 3, labels })
    expect(textIn(texts.situation.html)).toBe('One. Two.')
  })
})
