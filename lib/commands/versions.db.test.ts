import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { fillRoot } from '@/lib/document/fill'
import { markKey } from '@/lib/document/mark-names'
import { TEXT_ROOTS } from '@/lib/document/roots'
import { paragraph } from '@/lib/document/testing/sample'
import { stateOf } from '@/lib/document/version-state'
import { childrenOf } from '@/lib/document/walk'
import type { Version } from '@/lib/domain/version'
import { newId } from '@/lib/kit/ids'
import { startKeepingVersions } from '@/lib/server/version-keeper'
import { type House, house } from '@/lib/testing/builders'
import { refusal } from '@/lib/testing/refusal'
import { strategyThreads } from '../queries/threads'
import { compareVersions, versionsPage } from '../queries/versions'
import { askAboutChange } from './ask-about-change'
import { captureVersion } from './capture-version'
import type { Context } from './context'
import { createStrategy } from './create-strategy'
import { emptyStrategy } from './empty-strategy'
import { keepVersion } from './keep-version'
import { moveStrategy } from './move-strategy'
import { nameVersion } from './name-version'
import { putBackChanges } from './put-back-change'
import { restoreVersion } from './restore-version'

let home: House
let owner: Context

beforeAll(async () => {
  home = await house()
  owner = await home.workspace()
})
afterAll(() => home.close())

const refused = async (work: Promise<unknown>) => (await refusal(work)).code
const versionState = async ({ read }: Context['store'], version: Version) =>
  stateOf(version, await read.versions.bytes(version.strategyId, version.number))

const blank = (title = 'Plan') => createStrategy(owner, { title, language: 'en', template: 'blank' })

async function write(by: Context, documentId: string, ...lines: string[]): Promise<number> {
  const author = { userId: by.actor.userId, sessionId: by.actor.sessionId }
  const { seq } = await by.live.edit(documentId, author, (doc) =>
    fillRoot(
      doc.getXmlFragment('situation'),
      lines.map((line) => paragraph(line)),
    ),
  )
  return seq
}

/** As the server lays the mark of a comment. */
async function comment(documentId: string): Promise<void> {
  await owner.live.edit(documentId, { userId: null, sessionId: null }, (doc) => {
    const [block] = childrenOf(doc.getXmlFragment('situation'))
    const [words] = block instanceof Y.XmlElement ? childrenOf(block) : []
    if (!(words instanceof Y.XmlText)) throw new Error('words')
    const thread = newId('thr')
    words.format(0, 3, { [markKey('comment', { thread })]: { thread } })
  })
}

describe('keeping', () => {
  it('keeps what the strategy began with, then what was written, by whom', async () => {
    const plan = await blank()
    const colleague = await home.member(owner, 'partner', 'Tomás Rivas')
    await write(owner, plan.documentId, 'Wages rose.')
    await write(colleague, plan.documentId, 'Produce rose more.')
    const version = await captureVersion(owner, plan.id, 'session')
    expect(version).toMatchObject({ number: 2, kind: 'session', name: null, words: 5, seq: 3 })
    expect([...version.authors].sort()).toEqual([owner.user.id, colleague.user.id].sort())
    expect(await owner.store.read.versions.find(plan.id, 1)).toMatchObject({
      number: 1,
      seq: 1,
      createdBy: null,
    })
    const doc = new Y.Doc()
    Y.applyUpdate(doc, await versionState(owner.store, version))
    expect(doc.getXmlFragment('situation').toString()).toContain('Produce rose more.')
  })

  it('makes no second version of what nobody can tell apart', async () => {
    const plan = await blank()
    await write(owner, plan.documentId, 'One.')
    const [first, second] = await Promise.all([
      captureVersion(owner, plan.id, 'before_restore'),
      captureVersion(owner, plan.id, 'before_restore'),
    ])
    expect(first.id).toBe(second.id)
    // Written and taken back: the journal has moved on, the text has not.
    await owner.live.edit(plan.documentId, { userId: owner.user.id, sessionId: null }, (doc) => {
      fillRoot(doc.getXmlFragment('policy'), [paragraph('Two.')])
    })
    await owner.live.edit(plan.documentId, { userId: owner.user.id, sessionId: null }, (doc) => {
      doc.getXmlFragment('policy').delete(0, 1)
    })
    expect((await captureVersion(owner, plan.id, 'session')).id).toBe(first.id)
  })

  it('numbers versions without holes when several are made at once', async () => {
    const plan = await blank()
    await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        await write(owner, plan.documentId, `Line ${i}.`)
        return captureVersion(owner, plan.id, 'session')
      }),
    )
    const all = await owner.store.read.versions.page(plan.id, {}, 100)
    expect(all.map(({ number }) => number)).toEqual(all.map((_, i) => all.length - i))
    const seqs = all.map(({ seq }) => seq)
    expect(seqs).toEqual([...seqs].sort((a, b) => b - a))
  })
})

describe('naming', () => {
  it('names what is there now, or a version of the list; a name is one line', async () => {
    const plan = await blank()
    await write(owner, plan.documentId, 'One.')
    const now = await nameVersion(owner, {
      strategyId: plan.id,
      version: 'now',
      name: '  Before\nthe meeting ',
    })
    expect(now).toMatchObject({
      number: 2,
      name: 'Before the meeting',
      kind: 'named',
      createdBy: owner.actor.memberId,
    })
    // A second click on the same button.
    expect(
      (await nameVersion(owner, { strategyId: plan.id, version: 'now', name: 'Before the meeting' })).id,
    ).toBe(now.id)
    const first = await nameVersion(owner, { strategyId: plan.id, version: 1, name: '开头' })
    expect(first).toMatchObject({ number: 1, name: '开头' })
    expect(
      (await owner.store.read.versions.page(plan.id, { name: 'MEETING' }, 9)).map((v) => v.number),
    ).toEqual([2])
    expect(await owner.store.read.versions.page(plan.id, { name: '%' }, 9)).toEqual([])
    expect(await refused(nameVersion(owner, { strategyId: plan.id, version: 1, name: ' \u200b' }))).toBe(
      'required',
    )
    expect(await refused(nameVersion(owner, { strategyId: plan.id, version: 1, name: 'x'.repeat(81) }))).toBe(
      'too_long',
    )
    expect(await refused(nameVersion(owner, { strategyId: plan.id, version: 99, name: 'x' }))).toBe(
      'not_found',
    )
  })

  it('is for those who edit; strangers hear that there is nothing', async () => {
    const plan = await blank()
    const adviser = await home.member(owner, 'adviser', 'Ada')
    const viewer = await home.member(owner, 'viewer', 'Vera')
    const stranger = await home.workspace('Elsewhere')
    const input = { strategyId: plan.id, version: 1, name: 'x' }
    expect(await refused(nameVersion(viewer, input))).toBe('not_allowed')
    expect(await refused(nameVersion(adviser, input))).toBe('not_found')
    expect(await refused(nameVersion(stranger, input))).toBe('not_found')
    expect(await refused(captureVersion(stranger, plan.id, 'session'))).toBe('not_found')
  })
})

describe('restoring', () => {
  const textOf = async (documentId: string) => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, await owner.live.readDocument(documentId))
    return doc.getXmlFragment('situation').toString()
  }
  /** As if the last edits were a minute old: nobody is writing any more. */
  const settle = (documentId: string) =>
    owner.store.sql`update journal set at = at - interval '1 minute' where document_id = ${documentId}`

  it('keeps what was there, restores in the name of who does it, and can be taken back', async () => {
    const plan = await blank()
    const colleague = await home.member(owner, 'partner', 'Tomás')
    await write(owner, plan.documentId, 'As it was.')
    const first = await captureVersion(owner, plan.id, 'session')
    await write(colleague, plan.documentId, 'Something else.')
    await settle(plan.documentId)
    const done = await restoreVersion(owner, { strategyId: plan.id, version: first.number })
    expect(done.kept).toEqual([])
    expect(done.before).toMatchObject({ number: 3, kind: 'before_restore', authors: [colleague.user.id] })
    expect(done.after).toMatchObject({
      number: 4,
      kind: 'restored',
      restored: 2,
      authors: [owner.user.id],
      contentHash: first.contentHash,
    })
    expect(await textOf(plan.documentId)).not.toContain('Something else.')
    // The toast's Undo.
    const undone = await restoreVersion(owner, { strategyId: plan.id, version: done.before.number })
    expect(undone.after.contentHash).toBe(done.before.contentHash)
    expect(await textOf(plan.documentId)).toContain('Something else.')
  })

  it('brings an example back that was taken off the page, which those who edit may do', async () => {
    const plan = await createStrategy(owner, {
      title: 'Example',
      language: 'zh',
      template: 'smart-tourism',
    })
    const first = await captureVersion(owner, plan.id, 'session')
    const blocks = async () => {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, await owner.live.readDocument(plan.documentId))
      return TEXT_ROOTS.map((root) => childrenOf(doc.getXmlFragment(root)).length)
    }
    expect(Math.max(...(await blocks()))).toBeGreaterThan(2)
    const emptied = await emptyStrategy(owner, { strategyId: plan.id })
    expect(emptied).toMatchObject({ kept: [], before: { number: first.number } })
    expect(Math.max(...(await blocks()))).toBe(0)
    const again = await emptyStrategy(owner, { strategyId: plan.id })
    expect(again.after.id).toBe(again.before.id)
    const back = await restoreVersion(owner, { strategyId: plan.id, version: emptied.before.number })
    expect(back.after.contentHash).toBe(first.contentHash)

    await write(owner, plan.documentId, 'A word of our own.')
    expect((await emptyStrategy(owner, { strategyId: plan.id })).before.kind).toBe('before_emptying')
    const viewer = await home.member(owner, 'viewer', 'Wei')
    expect(await refused(emptyStrategy(viewer, { strategyId: plan.id }))).toBe('not_allowed')
    const stranger = await home.workspace('Far away')
    expect(await refused(emptyStrategy(stranger, { strategyId: plan.id }))).toBe('not_found')
  })

  it('happens once, however often it is clicked', async () => {
    const plan = await blank()
    await write(owner, plan.documentId, 'Before.')
    const first = await captureVersion(owner, plan.id, 'session')
    await write(owner, plan.documentId, 'After.')
    const input = { strategyId: plan.id, version: first.number }
    const [one, two] = await Promise.all([restoreVersion(owner, input), restoreVersion(owner, input)])
    expect(one.after.id).toBe(two.after.id)
    // Whoever comes late finds the restored state to be what was there before.
    expect([one.before.kind, two.before.kind]).toContain('before_restore')
    const again = await restoreVersion(owner, input)
    expect(again.after.id).toBe(one.after.id)
    expect(await owner.store.read.versions.page(plan.id, {}, 20)).toHaveLength(4)
    expect((await textOf(plan.documentId)).match(/Before/g)).toHaveLength(1)
  })

  it('leaves alone what a colleague wrote seconds ago, and says so', async () => {
    const plan = await blank()
    const colleague = await home.member(owner, 'partner', 'Tomás')
    await write(owner, plan.documentId, 'Old.')
    const first = await captureVersion(owner, plan.id, 'session')
    await write(owner, plan.documentId, 'Mine.')
    await settle(plan.documentId)
    await write(colleague, plan.documentId, 'Just now.')
    const { kept } = await restoreVersion(owner, { strategyId: plan.id, version: first.number })
    expect(kept).toEqual([{ root: 'situation', words: 'Just now.' }])
    const text = await textOf(plan.documentId)
    expect(text).toContain('Just now.')
    expect(text).not.toContain('Mine.')
  })

  it('is for those who edit, refuses a damaged version, and an archived strategy', async () => {
    const plan = await blank()
    await write(owner, plan.documentId, 'One.')
    const first = await captureVersion(owner, plan.id, 'session')
    const input = { strategyId: plan.id, version: first.number }
    const manager = await home.member(owner, 'manager', 'Max')
    const stranger = await home.workspace('Elsewhere')
    expect(await refused(restoreVersion(manager, input))).toBe('not_allowed')
    expect(await refused(restoreVersion(stranger, input))).toBe('not_found')
    expect(await refused(restoreVersion(owner, { ...input, version: 99 }))).toBe('not_found')
    await owner.store.sql`update versions set checksum = 'x' where id = ${first.id}`
    expect(await refused(restoreVersion(owner, input))).toBe('version_damaged')
    expect(await owner.store.read.versions.page(plan.id, {}, 20)).toHaveLength(2)
    const other = await blank('Another')
    await captureVersion(owner, other.id, 'session')
    await moveStrategy(owner, { strategyId: other.id, status: 'archived' })
    expect(await refused(restoreVersion(owner, { strategyId: other.id, version: 1 }))).toBe(
      'strategy_not_editable',
    )
  })
})

describe('one change among several', () => {
  async function changed() {
    const plan = await blank()
    await write(owner, plan.documentId, 'Known fourteen days late.', 'Wages rose.', 'Gone by evening.')
    const first = await captureVersion(owner, plan.id, 'session')
    const colleague = await home.member(owner, 'partner', 'Tomás')
    await colleague.live.edit(
      plan.documentId,
      { userId: colleague.user.id, sessionId: colleague.actor.sessionId },
      (doc) => {
        const root = doc.getXmlFragment('situation')
        const [one, , three] = root.toArray()
        const words = one instanceof Y.XmlElement ? one.get(0) : null
        if (!(words instanceof Y.XmlText) || !three) throw new Error('lines')
        words.delete(6, 8)
        words.insert(6, 'twelve')
        root.delete(root.toArray().indexOf(three), 1)
      },
    )
    await owner.store
      .sql`update journal set at = at - interval '1 minute' where document_id = ${plan.documentId}`
    const names = async () => {
      const page = await versionsPage(owner, {
        ...{ strategyId: plan.id, from: first.number, to: 'now' },
        ...{ below: null, userId: null, name: null, named: false },
      })
      const { view } = await compareVersions(owner, { page, person: null, labels: labels })
      return view.chapters.flatMap(({ passages }) =>
        passages.flatMap((passage) => (passage.kind === 'changed' ? [passage] : [])),
      )
    }
    const text = async () => {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, await owner.live.readDocument(plan.documentId))
      return doc.getXmlFragment('situation').toString()
    }
    return { plan, from: first.number, names, text }
  }
  const labels = () => ({
    kind: String,
    part: String,
    field: String,
    value: (_: string, value: unknown) => String(value),
    form: () => null,
    nothing: () => '-',
  })

  it('is put back alone, once, and can be taken back', async () => {
    const { plan, from, names, text } = await changed()
    const passages = await names()
    const cost = passages.find(({ said }) => said.removed === 'fourteen')
    expect(cost?.said).toEqual({ removed: 'fourteen', added: 'twelve' })
    const input = { strategyId: plan.id, from, changes: cost?.names ?? [] }
    const done = await putBackChanges(owner, input)
    expect(done).toMatchObject({ found: 1, kept: [], before: { kind: 'before_restore', number: 3 } })
    expect(await text()).toContain('Known fourteen days late.')
    expect(await text()).not.toContain('Gone by evening.')
    expect(await putBackChanges(owner, input)).toMatchObject({ found: 0 })
    await restoreVersion(owner, { strategyId: plan.id, version: done.before.number })
    expect(await text()).toContain('Known twelve days late.')
    const manager = await home.member(owner, 'manager', 'Max')
    expect(await refused(putBackChanges(manager, input))).toBe('not_allowed')
    expect(await refused(putBackChanges(await home.workspace('Elsewhere'), input))).toBe('not_found')
  })

  it('is asked about on the words it left, with the change quoted', async () => {
    const { plan, from, names } = await changed()
    const passages = await names()
    const asked = async (removed: string, text: string) => {
      const passage = passages.find(({ said }) => said.removed === removed)
      return askAboutChange(owner, {
        ...{ strategyId: plan.id, from, to: 'now', text },
        changes: passage?.names ?? [],
      })
    }
    const one = await asked('fourteen', 'Which audit?')
    const gone = await asked('Gone by evening.', 'Why?')
    expect([one.onDeletedText, gone.onDeletedText]).toEqual([false, false])
    const { threads } = await strategyThreads(owner, plan.id)
    expect(threads.map(({ quote, comments }) => [quote, comments[0]?.text])).toEqual([
      ['twelve', '“fourteen” → “twelve”\n\nWhich audit?'],
      ['Wages rose.', '− “Gone by evening.”\n\nWhy?'],
    ])
    expect(await refused(asked('nothing of the kind', 'What?'))).toBe('conflict')
    const viewer = await home.member(owner, 'viewer', 'Vera')
    expect(
      await refused(
        askAboutChange(viewer, { strategyId: plan.id, from, to: 'now', changes: [], text: 'Hm?' }),
      ),
    ).toBe('not_allowed')
  })
})

describe('before a strategy is put away', () => {
  it('keeps what it said, when archived or trashed, once', async () => {
    for (const [status, kind] of [
      ['archived', 'before_archive'],
      ['trashed', 'before_trash'],
    ] as const) {
      const plan = await blank()
      await write(owner, plan.documentId, 'The last word.')
      const manager = await home.member(owner, 'manager', 'Max')
      expect(await refused(moveStrategy(manager, { strategyId: plan.id, status }))).toBe('not_allowed')
      expect(await owner.store.read.versions.latest(plan.id)).toBeNull()
      await Promise.all([
        moveStrategy(owner, { strategyId: plan.id, status }),
        moveStrategy(owner, { strategyId: plan.id, status }),
      ])
      expect(await owner.store.read.versions.latest(plan.id)).toMatchObject({ kind, number: 2 })
    }
  })
})

describe('tampering', () => {
  it('is noticed whether bytes, checksum or place were changed', async () => {
    const plan = await blank()
    await write(owner, plan.documentId, 'True.')
    const version = await captureVersion(owner, plan.id, 'session')
    const { sql } = owner.store
    const damaged = () => refused(versionState(owner.store, version))
    const doc = new Y.Doc()
    fillRoot(doc.getXmlFragment('situation'), [paragraph('False.')])
    await sql`update versions set bytes = ${Buffer.from(gzipSync(Y.encodeStateAsUpdate(doc)))} where id = ${version.id}`
    expect(await damaged()).toBe('version_damaged')
    // Another version's bytes with their own right checksum do not pass for this one's.
    await sql`update versions v set bytes = o.bytes, checksum = o.checksum from versions o
      where v.id = ${version.id} and o.strategy_id = v.strategy_id and o.number = 1`
    expect(await damaged()).toBe('version_damaged')
    await sql`update versions set bytes = '' where id = ${version.id}`
    expect(await damaged()).toBe('version_damaged')
    // And it does not keep the next version from being made.
    await write(owner, plan.documentId, 'More.')
    expect((await captureVersion(owner, plan.id, 'session')).number).toBe(3)
  })
})

describe('the keeper', () => {
  it('keeps a version when the last editor has left, and when a text has been quiet', async () => {
    const left = new Set<(documentId: string) => void>()
    const errors: unknown[] = []
    const log = { error: (fields: unknown) => errors.push(fields) }
    const stop = startKeepingVersions({
      store: owner.store,
      clock: owner.clock,
      live: {
        ...owner.live,
        onWritersLeft: (listener) => {
          left.add(listener)
          return () => left.delete(listener)
        },
      },
      log,
      times: { quiet: 0, round: 50, grace: 1 },
    })
    const plan = await blank()
    await write(owner, plan.documentId, 'Quiet now.')
    await expect
      .poll(() => owner.store.read.versions.latest(plan.id))
      .toMatchObject({ number: 2, kind: 'session' })
    await write(owner, plan.documentId, 'And gone.')
    for (const listener of left) listener(plan.documentId)
    for (const listener of left) listener(newId('doc'))
    await expect.poll(() => owner.store.read.versions.latest(plan.id)).toMatchObject({ number: 3 })
    // A comment marks its words in the text; nobody wrote.
    await comment(plan.documentId)
    for (const listener of left) listener(plan.documentId)
    const other = await blank()
    await write(owner, other.documentId, 'Looked at later.')
    await expect.poll(() => owner.store.read.versions.latest(other.id)).toMatchObject({ number: 2 })
    await stop()
    expect(errors).toEqual([])
    expect(await owner.store.read.versions.page(plan.id, {}, 9)).toHaveLength(3)
  })

  it('finds equal content by its hash, not by its journal', async () => {
    const plan = await blank()
    await write(owner, plan.documentId, 'Same.')
    const given = {
      strategyId: plan.id,
      documentId: plan.documentId,
      kind: 'session',
      name: null,
      by: null,
    } as const
    const one = await keepVersion(owner, given)
    expect((await keepVersion(owner, given)).id).toBe(one.id)
  })
})
