import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { fillRoot } from '@/lib/document/fill'
import { itemIdOf, node, paragraph, withAttrs } from '@/lib/document/testing/sample'
import { textBelow } from '@/lib/document/walk'
import type { Strategy } from '@/lib/domain/strategy'
import { sayTold } from '@/lib/i18n/say-told'
import { words } from '@/lib/i18n/words'
import { must } from '@/lib/kit/assert'
import { makeAuthorizer } from '@/lib/server/socket/authorize'
import { type House, house } from '@/lib/testing/builders'
import { inbox } from '../queries/inbox'
import { strategyProposals } from '../queries/proposals'
import { positioningSigns } from '../queries/sign-offs'
import { strategyPage } from '../queries/strategy-page'
import { oneThread } from '../queries/threads'
import { closeProposal, explainProposal } from './close-proposal'
import type { Context } from './context'
import { createStrategy } from './create-strategy'
import { createThread } from './create-thread'
import { decideChanges } from './decide-changes'
import { deleteComment } from './delete-comment'
import { discussChange } from './discuss-change'
import { followStrategy } from './lead-branch'
import { makeCurrent } from './make-current'
import { markRead } from './mark-read'
import { moveStrategy } from './move-strategy'
import { openProposal } from './open-proposal'
import { putBackComment } from './put-back-comment'
import { setStrategyAccess } from './set-strategy-access'
import { signPositioning, takeBackSignOff } from './sign-positioning'
import { uploadImage } from './upload-image'

let home: House
let ines: Context
let tomas: Context
let adviser: Context
let strategy: Strategy

const FIRST = 'They learn their food cost fourteen days after the month has closed.'
const SECOND = 'Wages rose 31%, produce 24%, menu prices 17%.'

beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

beforeEach(async () => {
  ines = await home.workspace()
  tomas = await home.member(ines, 'partner', 'Tomás Rivas')
  adviser = await home.member(ines, 'adviser', 'Ada Viser')
  strategy = await createStrategy(ines, { title: 'Plan', language: 'en', template: 'blank' })
  await setStrategyAccess(ines, {
    strategyId: strategy.id,
    memberId: adviser.actor.memberId,
    level: 'comment',
  })
  adviser = await home.again(adviser)
  await write(strategy.documentId, ines, (doc) => {
    fillRoot(doc.getXmlFragment('situation'), [paragraph(FIRST), paragraph(SECOND)])
    const slot = (name: string, lang: string, words: string) =>
      withAttrs({ name, lang }, node('itemPart', words))
    fillRoot(doc.getXmlFragment('policy'), [
      withAttrs(
        { id: itemIdOf(1), kind: 'positioning' },
        node(
          'item',
          slot('whom', 'en', 'operations directors'),
          slot('problem', 'en', 'late numbers'),
          slot('solution', 'en', 'a prep order'),
        ),
      ),
    ])
  })
  home.told.events.length = 0
})

const write = (documentId: string, by: Context, change: (doc: Y.Doc) => void) =>
  home.live.edit(documentId, { userId: by.user.id, sessionId: null }, change)

async function stored(documentId: string = strategy.documentId): Promise<Y.Doc> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, await home.live.readDocument(documentId))
  return doc
}

async function lines(documentId?: string): Promise<string[]> {
  return (await stored(documentId))
    .getXmlFragment('situation')
    .toArray()
    .map((block) => (block instanceof Y.XmlElement ? textBelow(block) : ''))
}

function replace(doc: Y.Doc, words: string, instead: string): void {
  const open: unknown[] = [
    ...doc.getXmlFragment('situation').toArray(),
    ...doc.getXmlFragment('policy').toArray(),
  ]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at instanceof Y.XmlElement) open.push(...at.toArray())
    else if (at instanceof Y.XmlText) {
      const from = textBelow(at).indexOf(words)
      if (from < 0) continue
      at.insert(from + words.length, instead)
      at.delete(from, words.length)
      return
    }
  }
  throw new Error(`no "${words}"`)
}

/** A proposal of the adviser, and the document of its branch. */
async function suggest(...changes: (readonly [words: string, instead: string])[]) {
  const { id } = await openProposal(adviser, { strategyId: strategy.id })
  const { documentId } = must(await home.store.read.proposals.find(id), 'a proposal')
  await write(documentId, adviser, (doc) => {
    for (const [words, instead] of changes) replace(doc, words, instead)
  })
  return { id, documentId }
}

async function shown(as: Context) {
  return (await strategyProposals(as, strategy.id)).open
}

const changesOf = async (as: Context) => must((await shown(as))[0]?.changes, 'changes')

const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'allowed',
    (error: { code: string }) => error.code,
  )

describe('who suggests', () => {
  it('is whoever may edit and chooses so, and advisers and managers who may comment; nobody else', async () => {
    const department = await home.member(ines, 'member', 'Wei Zhang')
    const viewer = await home.member(ines, 'viewer', 'Vera')
    const manager = await home.member(ines, 'manager', 'Max')
    const given = async (to: Context, level: 'edit' | 'comment' | 'read') => {
      await setStrategyAccess(ines, { strategyId: strategy.id, memberId: to.actor.memberId, level })
      return home.again(to)
    }
    const tries = (as: Context) => refused(openProposal(as, { strategyId: strategy.id }))
    expect(await tries(tomas)).toBe('allowed')
    expect(await tries(manager)).toBe('allowed')
    expect(await tries(adviser)).toBe('allowed')
    expect(await tries(department)).toBe('not_allowed')
    expect(await tries(await given(department, 'edit'))).toBe('allowed')
    expect(await tries(viewer)).toBe('not_allowed')
    expect(await tries(await given(manager, 'read'))).toBe('not_allowed')
    const page = await strategyPage(await given(department, 'edit'), strategy.id, 'UTC', 'suggest')
    expect([page.modes, page.mode]).toEqual([['edit', 'suggest', 'read'], 'suggest'])
  })

  it('is not counted before they have written something', async () => {
    await openProposal(adviser, { strategyId: strategy.id })
    expect((await strategyPage(ines, strategy.id, 'UTC')).proposals).toBe(0)
    expect(await shown(ines)).toEqual([])
    await suggest(['fourteen', 'twelve'])
    expect((await strategyPage(ines, strategy.id, 'UTC')).proposals).toBe(1)
    expect(await shown(ines)).toHaveLength(1)
  })

  it('may suggest a picture without the right to edit', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    const upload = (as: Context) =>
      refused(uploadImage(as, { strategyId: strategy.id, name: 'a.png', bytes: png }))
    expect(await upload(adviser)).toBe('allowed')
    expect(await upload(await home.member(ines, 'member', 'Wei Zhang'))).toBe('not_allowed')
    expect(await upload(await home.member(ines, 'viewer', 'Vera'))).toBe('not_allowed')
    const other = await createStrategy(ines, { title: 'Next', language: 'en', template: 'blank' })
    await makeCurrent(ines, { strategyId: other.id })
    await moveStrategy(ines, { strategyId: strategy.id, status: 'archived' })
    expect(await upload(adviser)).toBe('strategy_not_editable')
  })

  it('comments on the words of the strategy from there, and is told where new words are discussed', async () => {
    const { documentId } = await suggest(['fourteen', 'twelve'])
    const branch = await stored(documentId)
    const [line] = branch.getXmlFragment('situation').toArray()
    const words = line instanceof Y.XmlElement ? line.get(0) : null
    if (!(words instanceof Y.XmlText)) throw new Error('a text')
    const place = (index: number, side: number) =>
      Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(words, index, side))
    const say = (from: number, to: number) =>
      createThread(adviser, {
        strategyId: strategy.id,
        text: 'Hm.',
        anchor: { kind: 'words', quote: '', range: { start: place(from, 0), end: place(to, -1) } },
      })
    expect(await refused(say(0, 10))).toBe('allowed')
    const at = FIRST.indexOf('fourteen')
    expect(await refused(say(at, at + 'twelve'.length))).toBe('words_suggested')
    expect(await home.store.read.threads.ofStrategy(strategy.id)).toHaveLength(1)
  })
})

describe('a proposal', () => {
  it('is one branch per person, seen by readers, and nothing of it is in the strategy', async () => {
    const before = await lines()
    const { id } = await suggest(['fourteen', 'twelve'])
    expect((await openProposal(adviser, { strategyId: strategy.id })).id).toBe(id)
    expect(await changesOf(tomas)).toMatchObject([{ removed: 'fourteen', added: 'twelve', threadId: null }])
    expect(await lines()).toEqual(before)
  })

  it('that says nothing is not shown to others', async () => {
    await openProposal(adviser, { strategyId: strategy.id })
    expect(await shown(tomas)).toEqual([])
    expect(await shown(adviser)).toMatchObject([{ mine: true, changes: [] }])
  })

  it('is accepted in its author’s name into what the text has become, after a version', async () => {
    const { id } = await suggest(['fourteen', 'twelve'])
    const seen = await changesOf(tomas)
    await write(strategy.documentId, tomas, (doc) => replace(doc, 'has closed', 'is over'))
    const { decided, state } = await decideChanges(tomas, {
      proposalId: id,
      changes: seen.map((one) => one.id),
      accept: true,
    })
    expect({ decided, state }).toEqual({ decided: 1, state: 'accepted' })
    expect((await lines())[0]).toBe('They learn their food cost twelve days after the month is over.')
    const rows = await home.store.sql`
      select user_id from journal where document_id = ${strategy.documentId} order by seq desc limit 1`
    expect(rows[0]?.user_id).toBe(adviser.user.id)
    expect(await home.store.read.versions.latest(strategy.id)).toMatchObject({ kind: 'proposal' })
    expect((await strategyProposals(tomas, strategy.id)).closed).toMatchObject([
      { id, state: 'accepted', decisions: [{ accepted: true, removed: 'fourteen', added: 'twelve' }] },
    ])
  })

  it('is decided one by one; what is left stays as it was', async () => {
    const { id, documentId } = await suggest(
      ['fourteen', 'twelve'],
      ['31%', '29%'],
      ['operations directors', 'owners'],
    )
    const [first, second, third] = await changesOf(tomas)
    await decideChanges(tomas, { proposalId: id, changes: [must(second, 'second').id], accept: true })
    expect(await lines()).toEqual([FIRST, SECOND.replace('31%', '29%')])
    expect(await changesOf(tomas)).toEqual([first, third])
    await decideChanges(tomas, { proposalId: id, changes: [must(first, 'first').id], accept: false })
    expect(await lines()).toEqual([FIRST, SECOND.replace('31%', '29%')])
    expect((await lines(documentId))[0]).toBe(FIRST)
    expect(await changesOf(tomas)).toEqual([third])
    // What is written into words that were put back in the branch reaches it all the same.
    await write(strategy.documentId, tomas, (doc) => replace(doc, 'fourteen', 'fifteen'))
    await followStrategy(ines, id, strategy.documentId)
    expect(await changesOf(tomas)).toEqual([third])
    expect((await lines(documentId))[0]).toBe(FIRST.replace('fourteen', 'fifteen'))
  })

  it('takes nothing else for accepted: what is typed in the same moment is not undone in the branch', async () => {
    const { id, documentId } = await suggest(['fourteen', 'twelve'], ['31%', '29%'])
    const [first, second] = await changesOf(tomas)
    const edit: Context['live']['edit'] = async (document, author, change, options) => {
      const done = await tomas.live.edit(document, author, change, options)
      if (document === strategy.documentId)
        await write(document, ines, (doc) => replace(doc, 'has closed', 'has closed and the books are done'))
      return done
    }
    const typing = { ...tomas, live: { ...tomas.live, edit } }
    await decideChanges(typing, {
      proposalId: id,
      changes: [must(first, 'a change').id],
      accept: true,
    })
    const both = 'They learn their food cost twelve days after the month has closed and the books are done.'
    expect((await lines())[0]).toBe(both)
    expect(await changesOf(tomas)).toEqual([second])
    await followStrategy(ines, id, strategy.documentId)
    expect((await lines(documentId))[0]).toBe(both)
    expect(await changesOf(tomas)).toEqual([second])
  })

  it('decides what was seen and nothing else', async () => {
    const { id, documentId } = await suggest(['fourteen', 'twelve'])
    const [seen] = await changesOf(tomas)
    await write(documentId, adviser, (doc) => replace(doc, 'twelve', 'ninety'))
    const changes = [must(seen, 'a change').id]
    expect(await decideChanges(tomas, { proposalId: id, changes, accept: true })).toEqual({
      decided: 0,
      missed: 1,
      state: 'open',
      moved: [],
    })
    expect((await lines())[0]).toBe(FIRST)
  })

  it('is decided once by two people in the same moment', async () => {
    const { id } = await suggest(['fourteen', 'twelve'], ['31%', '29%'])
    const changes = (await changesOf(tomas)).map((one) => one.id)
    const both = await Promise.all(
      [ines, tomas].map((as) =>
        decideChanges(as, { proposalId: id, changes, accept: true }).catch((error) => error.code),
      ),
    )
    expect(both.filter((one) => one === 'conflict')).toHaveLength(1)
    expect(await lines()).toEqual([FIRST.replace('fourteen', 'twelve'), SECOND.replace('31%', '29%')])
  })

  it('is withdrawn by its author and turned down by who decides; its branch is closed then', async () => {
    const first = await suggest(['fourteen', 'twelve'])
    expect(await refused(closeProposal(tomas, { proposalId: first.id, how: 'withdraw' }))).toBe('not_allowed')
    await closeProposal(adviser, { proposalId: first.id, how: 'withdraw' })
    expect(await refused(closeProposal(tomas, { proposalId: first.id, how: 'reject' }))).toBe('conflict')
    home.pass(60_000)
    const second = await suggest(['31%', '29%'])
    expect(second.id).not.toBe(first.id)
    await closeProposal(tomas, { proposalId: second.id, how: 'reject' })
    expect((await strategyProposals(tomas, strategy.id)).closed.map(({ state }) => state)).toEqual([
      'rejected',
      'withdrawn',
    ])
    expect(await lines()).toEqual([FIRST, SECOND])
    expect(home.told.revoked).toContainEqual({ documentId: second.documentId })
  })

  it('what became of it is told to its author: in parts, as a whole, turned down; nobody else, no act of their own', async () => {
    const told = async (who: Context) =>
      (await inbox(who)).entries.map(({ by, kind, of }) =>
        sayTold({ t: words('en'), language: 'en' }, by?.name ?? '?', kind, of),
      )
    const { id } = await suggest(['fourteen', 'twelve'], ['31%', '29%'], ['operations directors', 'owners'])
    const [first, second, third] = (await changesOf(tomas)).map((one) => one.id)
    const decide = (change: string | undefined, accept: boolean) =>
      decideChanges(tomas, { proposalId: id, changes: [must(change, 'a change')], accept })
    await decide(first, true)
    expect(home.told.events.map(({ event }) => event)).toContainEqual({
      type: 'inbox.changed',
      memberId: adviser.actor.memberId,
    })
    await decide(second, false)
    // Neither line was read: the newer takes the place of the older.
    expect(await told(adviser)).toEqual([
      'Tomás Rivas decided parts of your proposal: 1 accepted, 1 rejected so far',
    ])
    await decide(third, true)
    expect(await told(adviser)).toEqual(['Tomás Rivas decided your proposal: 2 accepted, 1 rejected'])
    expect([...(await told(ines)), ...(await told(tomas))]).toEqual([])
    await markRead(adviser, { kind: 'all' })

    const turnedDown = await suggest(['31%', '28%'])
    home.pass(1_000)
    await closeProposal(tomas, { proposalId: turnedDown.id, how: 'reject' })
    expect((await told(adviser))[0]).toBe('Tomás Rivas rejected your proposal')
    const withdrawn = await suggest(['31%', '27%'])
    await closeProposal(adviser, { proposalId: withdrawn.id, how: 'withdraw' })
    expect(await told(adviser)).toHaveLength(2)

    // Who may no longer read the strategy is told nothing of it.
    await suggest(['31%', '26%']).then(async (last) => {
      const memberId = adviser.actor.memberId
      await setStrategyAccess(ines, { strategyId: strategy.id, memberId, level: 'none' })
      await closeProposal(tomas, { proposalId: last.id, how: 'reject' })
    })
    expect(await told(await home.again(adviser))).toEqual([])
  })

  it('has a sentence why and a thread for each change', async () => {
    const { id } = await suggest(['fourteen', 'twelve'])
    await explainProposal(adviser, { proposalId: id, why: ' The audit\nsays twelve. ' })
    const [change] = await changesOf(tomas)
    const changeId = must(change, 'a change').id
    const thread = await discussChange(tomas, { proposalId: id, changeId, text: 'Which audit?' })
    expect(await oneThread(tomas, strategy.id, thread.id)).toMatchObject({ quote: 'fourteen' })
    expect(await shown(tomas)).toMatchObject([
      { why: 'The audit says twelve.', changes: [{ id: changeId, threadId: thread.id }] },
    ])
    expect(await refused(discussChange(ines, { proposalId: id, changeId, text: 'And?' }))).toBe('conflict')
    // Where the argument was taken back, the next one takes its place, also when that is put back afterwards.
    const [said] = (await oneThread(tomas, strategy.id, thread.id))?.comments ?? []
    const first = { threadId: thread.id, commentId: must(said, 'a comment').id }
    await deleteComment(tomas, first)
    expect(await shown(tomas)).toMatchObject([{ changes: [{ id: changeId, threadId: null }] }])
    const next = await discussChange(ines, { proposalId: id, changeId, text: 'And?' })
    await putBackComment(tomas, first)
    expect(await shown(tomas)).toMatchObject([{ changes: [{ id: changeId, threadId: next.id }] }])
    expect(await refused(explainProposal(tomas, { proposalId: id, why: 'Mine' }))).toBe('not_allowed')
  })

  it('is opened and decided by whom the table names', async () => {
    const viewer = await home.member(ines, 'viewer')
    const member = await home.member(ines, 'member')
    const stranger = await home.workspace('Elsewhere')
    const open = (as: Context) => refused(openProposal(as, { strategyId: strategy.id }))
    expect(await open(viewer)).toBe('not_allowed')
    expect(await open(member)).toBe('not_allowed')
    expect(await open(stranger)).toBe('not_found')
    expect(await open(await home.member(ines, 'manager'))).toBe('allowed')
    const { id } = await suggest(['fourteen', 'twelve'])
    const changes = (await changesOf(viewer)).map((one) => one.id)
    for (const [as, code] of [
      [adviser, 'not_allowed'],
      [viewer, 'not_allowed'],
      [stranger, 'not_found'],
    ] as const)
      expect(await refused(decideChanges(as, { proposalId: id, changes, accept: true }))).toBe(code)
    expect(await lines()).toEqual([FIRST, SECOND])
  })

  it('opens its branch to its author’s pen, to readers’ eyes, and the strategy to neither', async () => {
    const { id, documentId } = await suggest(['fourteen', 'twelve'])
    const viewer = await home.member(ines, 'viewer')
    const stranger = await home.workspace('Elsewhere')
    const other = await home.member(ines, 'adviser', 'Not invited')
    // The house's clock stands still in summer; the door asks the database's.
    await home.store.sql`update sessions set expires_at = now() + interval '1 day'`
    const authorizer = makeAuthorizer(home.store.sql)
    const may = async (room: string, as: Context) => {
      const answer = await authorizer.resolve(room, { userId: as.user.id, sessionId: as.sessionId })
      return typeof answer === 'string' ? answer : answer.kind === 'document' ? answer.mode : answer.kind
    }
    expect(await may(id, adviser)).toBe('write')
    expect(await may(strategy.id, adviser)).toBe('read')
    expect(await may(id, tomas)).toBe('read')
    expect(await may(id, viewer)).toBe('read')
    expect(await may(id, other)).toBe('not_found')
    expect(await may(id, stranger)).toBe('not_found')
    expect(await may(documentId, adviser)).toBe('not_found')
    await closeProposal(adviser, { proposalId: id, how: 'withdraw' })
    expect(await may(id, adviser)).toBe('read')
  })

  it('gives nobody the client ids of the strategy’s writers in the branch', async () => {
    const { id, documentId } = await suggest()
    await write(strategy.documentId, tomas, (doc) => replace(doc, '31%', '33%'))
    await followStrategy(ines, id, strategy.documentId)
    const main = await home.store.read.documents.clients(strategy.documentId)
    const branch = await home.store.read.documents.clients(documentId)
    for (const client of main.keys()) expect(branch.get(client) ?? null).toBeNull()
    expect((await lines(documentId))[1]).toBe(SECOND.replace('31%', '33%'))
  })
})

describe('names under the positioning', () => {
  const named = async () =>
    new Map((await positioningSigns(ines, strategy.id)).people.map((one) => [one.memberId, one.signed]))

  async function sign(as: Context) {
    const { wording } = await positioningSigns(as, strategy.id)
    return signPositioning(as, { strategyId: strategy.id, wording: wording ?? '', name: 'Positioning, July' })
  }

  it('stand under a named version, until a slot says something else', async () => {
    const { version } = await sign(tomas)
    expect(await home.store.read.versions.find(strategy.id, version)).toMatchObject({
      name: 'Positioning, July',
    })
    expect((await named()).get(tomas.actor.memberId)).toMatchObject({ version, changed: false })
    expect((await named()).get(ines.actor.memberId)).toBeNull()
    await write(strategy.documentId, ines, (doc) => replace(doc, FIRST, 'Something else entirely.'))
    expect((await named()).get(tomas.actor.memberId)).toMatchObject({ changed: false })
    await write(strategy.documentId, ines, (doc) => replace(doc, 'late numbers', 'wrong numbers'))
    expect((await named()).get(tomas.actor.memberId)).toMatchObject({ changed: true })
    expect((await positioningSigns(ines, strategy.id)).changedSince).toBe(version)
    await sign(tomas)
    expect((await named()).get(tomas.actor.memberId)).toMatchObject({ changed: false })
    await takeBackSignOff(tomas, { strategyId: strategy.id })
    expect((await named()).get(tomas.actor.memberId)).toBeNull()
  })

  it('are partners’, and under the very words they saw', async () => {
    expect(await refused(sign(adviser))).toBe('not_allowed')
    const { wording } = await positioningSigns(tomas, strategy.id)
    await write(strategy.documentId, ines, (doc) => replace(doc, 'late numbers', 'wrong numbers'))
    const given = { strategyId: strategy.id, wording: must(wording, 'a wording'), name: 'July' }
    expect(await refused(signPositioning(tomas, given))).toBe('conflict')
    expect((await named()).get(tomas.actor.memberId)).toBeNull()
  })
})
