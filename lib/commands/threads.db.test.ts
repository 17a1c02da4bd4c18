import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { anchorsOf } from '@/lib/document/comments/anchors'
import { fillRoot } from '@/lib/document/fill'
import { itemIdOf, node, paragraph, part, withAttrs } from '@/lib/document/testing/sample'
import { stateOf } from '@/lib/document/version-state'
import { textBelow } from '@/lib/document/walk'
import { mentionToken } from '@/lib/domain/mention'
import type { Strategy } from '@/lib/domain/strategy'
import { WAY_BACK } from '@/lib/domain/thread'
import { must } from '@/lib/kit/assert'
import { newId } from '@/lib/kit/ids'
import { startKeepingVersions } from '@/lib/server/version-keeper'
import { type House, house, staff } from '@/lib/testing/builders'
import { threadsOfStrategy } from '../queries/export-threads'
import { inbox, unreadCount } from '../queries/inbox'
import { oneThread, strategyThreads } from '../queries/threads'
import { changeMeasure } from './change-measure'
import { changeRole } from './change-role'
import type { Context } from './context'
import { createStrategy } from './create-strategy'
import { createThread } from './create-thread'
import { deleteComment } from './delete-comment'
import { duplicateStrategy } from './duplicate-strategy'
import { editComment } from './edit-comment'
import { endThread, takeUpThread } from './end-thread'
import { eraseDeletedComments } from './erase-deleted-comments'
import { followAnchors } from './follow-anchors'
import { mailNotifications } from './mail-notifications'
import { markRead } from './mark-read'
import { putBackComment } from './put-back-comment'
import { react } from './react'
import { removeMember } from './remove-member'
import { reply } from './reply'
import { setPreferences } from './set-preferences'
import { setStrategyAccess } from './set-strategy-access'

let home: House
let ines: Context
let tomas: Context
let strategy: Strategy

const SENTENCE = 'Wages rose 31%, produce 24%, menu prices 17%.'
const MINUTE = 60_000

beforeAll(async () => {
  home = await house({ delivers: true })
})
afterAll(() => home.close())

beforeEach(async () => {
  ines = await home.workspace()
  tomas = await home.member(ines, 'partner', 'Tomás Rivas')
  strategy = await createStrategy(ines, { title: 'Plan', language: 'en', template: 'blank' })
  await write((doc) => {
    fillRoot(doc.getXmlFragment('situation'), [paragraph(SENTENCE)])
    fillRoot(doc.getXmlFragment('policy'), [
      withAttrs(
        { id: itemIdOf(1), kind: 'positioning' },
        node('item', part('whom', 'operations directors of chains')),
      ),
    ])
  })
  // What earlier tests left to be mailed is not this one's.
  home.pass(60 * MINUTE)
  await mailNotifications(ines)
  home.told.events.length = 0
  home.told.letters.length = 0
})

const write = (change: (doc: Y.Doc) => void) =>
  home.live.edit(strategy.documentId, { userId: ines.user.id, sessionId: null }, change)

async function stored(documentId: string = strategy.documentId): Promise<Y.Doc> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, await home.live.readDocument(documentId))
  return doc
}

function textOf(doc: Y.Doc, words: string): { text: Y.XmlText; from: number } {
  for (const root of ['situation', 'policy']) {
    const open: unknown[] = doc.getXmlFragment(root).toArray()
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at instanceof Y.XmlText) {
        const plain = at
          .toDelta()
          .map((piece: { insert: string }) => piece.insert)
          .join('')
        if (plain.includes(words)) return { text: at, from: plain.indexOf(words) }
      } else if (at instanceof Y.XmlElement) open.push(...at.toArray())
    }
  }
  throw new Error(`no "${words}"`)
}

async function on(words: string) {
  const { text, from } = textOf(await stored(), words)
  const at = (index: number, side: number) =>
    Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index, side))
  return {
    kind: 'words' as const,
    quote: words,
    range: { start: at(from, 0), end: at(from + words.length, -1) },
  }
}

async function comment(as: Context, words: string, text = 'Is it so?') {
  return createThread(as, { strategyId: strategy.id, anchor: await on(words), text })
}

const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'allowed',
    (error: { code: string }) => error.code,
  )

const only = async (as: Context) => must((await strategyThreads(as, strategy.id)).threads[0], 'a thread')

describe('a thread', () => {
  it('is a row and a mark, written by nobody’s hand and told to the room', async () => {
    const { id, onDeletedText } = await comment(ines, 'produce 24%')
    expect(onDeletedText).toBe(false)
    expect(anchorsOf(await stored()).threads.get(id)).toMatchObject({
      quote: 'produce 24%',
      root: 'situation',
    })
    const rows = await home.store.sql`
      select user_id from journal where document_id = ${strategy.documentId} order by seq desc limit 1`
    expect(rows[0]?.user_id).toBeNull()
    expect(home.told.events).toEqual([
      { room: strategy.id, event: { type: 'threads.changed', strategyId: strategy.id, threadId: id } },
    ])
    expect(await only(tomas)).toMatchObject({
      id,
      quote: 'produce 24%',
      onDeletedText: false,
      resolved: null,
      comments: [{ text: 'Is it so?', author: { name: ines.user.name }, mine: false }],
    })
  })

  it('on words that were deleted meanwhile keeps them as its quote', async () => {
    const anchor = await on('produce 24%')
    await write((doc) => {
      const { text, from } = textOf(doc, 'produce 24%')
      text.delete(from, 'produce 24%'.length)
    })
    const made = await createThread(ines, { strategyId: strategy.id, anchor, text: 'x' })
    expect(made.onDeletedText).toBe(true)
    expect(await only(ines)).toMatchObject({ quote: 'produce 24%', onDeletedText: true })
  })

  it('on words the server does not know leaves nothing behind', async () => {
    const far = new Y.Doc()
    const text = new Y.XmlText('not here')
    far.getXmlFragment('situation').insert(0, [text])
    const at = Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, 2))
    const anchor = { kind: 'words', quote: 'not', range: { start: at, end: at } } as const
    expect(await refused(createThread(ines, { strategyId: strategy.id, anchor, text: 'x' }))).toBe(
      'anchor_unknown',
    )
    const item = { kind: 'item', itemId: itemIdOf(9), part: null } as const
    expect(await refused(createThread(ines, { strategyId: strategy.id, anchor: item, text: 'x' }))).toBe(
      'not_found',
    )
    expect((await strategyThreads(ines, strategy.id)).threads).toEqual([])
    expect(await unreadCount(tomas)).toBe(0)
  })

  it('may hang on an item, and follows its name', async () => {
    const anchor = { kind: 'item', itemId: itemIdOf(1), part: 'problem' } as const
    await createThread(ines, { strategyId: strategy.id, anchor, text: 'The slot is empty.' })
    expect(await only(ines)).toMatchObject({
      kind: 'item',
      part: 'problem',
      quote: 'operations directors of chains',
      positioning: true,
    })
    await write((doc) => doc.getXmlFragment('policy').delete(0, doc.getXmlFragment('policy').length))
    await followAnchors(ines, strategy.documentId)
    expect(await only(ines)).toMatchObject({ onDeletedText: true })
  })

  it('goes with its last comment, for everybody at once; its mark goes where nobody can put it back', async () => {
    const { id } = await comment(ines, 'produce 24%')
    const answer = await reply(tomas, { threadId: id, text: 'Yes.' })
    const first = must((await only(ines)).comments[0], 'a comment').id
    expect(await refused(deleteComment(tomas, { threadId: id, commentId: first }))).toBe('not_allowed')
    expect(await deleteComment(ines, { threadId: id, commentId: first })).toEqual({ threadGone: false })
    expect((await only(ines)).comments).toMatchObject([{ deleted: true, text: '' }, { text: 'Yes.' }])
    // An owner may take back what others said.
    expect(await deleteComment(ines, { threadId: id, commentId: answer.id })).toEqual({ threadGone: true })
    expect(await oneThread(ines, strategy.id, id)).toBeNull()
    expect((await strategyThreads(ines, strategy.id)).threads).toEqual([])
    await eraseDeletedComments(ines, home.now())
    expect(anchorsOf(await stored()).threads.size).toBe(1)
    home.pass(WAY_BACK)
    await eraseDeletedComments(ines, home.now())
    expect(anchorsOf(await stored()).threads.size).toBe(0)
    const left = await home.store.sql`
      select id from threads where id = ${id} union all select id from comments where thread_id = ${id}`
    expect(left).toEqual([])
  })

  it('is not copied with the strategy', async () => {
    await comment(ines, 'produce 24%')
    const copy = await duplicateStrategy(ines, { strategyId: strategy.id })
    expect(anchorsOf(await stored(copy.documentId)).threads.size).toBe(0)
    expect((await strategyThreads(ines, copy.id)).threads).toEqual([])
  })
})

describe('who may', () => {
  it('adviser and member comment, viewer reads, strangers hear of nothing', async () => {
    const adviser = await home.member(ines, 'adviser')
    const viewer = await home.member(ines, 'viewer')
    const member = await home.member(ines, 'member')
    const stranger = await home.workspace('Elsewhere')
    expect(await refused(comment(adviser, 'produce'))).toBe('not_found')
    await setStrategyAccess(ines, {
      strategyId: strategy.id,
      memberId: adviser.actor.memberId,
      level: 'comment',
    })
    const shared = await home.again(adviser)
    const { id } = await comment(shared, 'produce 24%')
    await comment(member, 'menu prices')
    expect(await refused(comment(viewer, 'Wages'))).toBe('not_allowed')
    expect(await refused(comment(stranger, 'Wages'))).toBe('not_found')
    expect((await strategyThreads(viewer, strategy.id)).threads).toHaveLength(2)
    expect((await strategyThreads(viewer, strategy.id)).mayComment).toBe(false)
    const said = must((await oneThread(ines, strategy.id, id))?.comments[0], 'a comment').id
    for (const [as, code] of [
      [viewer, 'not_allowed'],
      [stranger, 'not_found'],
    ] as const) {
      const at = { threadId: id, commentId: said }
      expect(await refused(reply(as, { threadId: id, text: 'x' }))).toBe(code)
      expect(await refused(editComment(as, { ...at, text: 'x' }))).toBe(code)
      expect(await refused(deleteComment(as, at))).toBe(code)
      expect(await refused(react(as, { ...at, reaction: 'yes', on: true }))).toBe(code)
      expect(await refused(endThread(as, { threadId: id, outcome: null }))).toBe(code)
      expect(await refused(takeUpThread(as, { threadId: id }))).toBe(code)
    }
    expect(await refused(strategyThreads(stranger, strategy.id))).toBe('not_found')
    expect(await refused(oneThread(stranger, strategy.id, id))).toBe('not_found')
    // Two ids that do not belong together name nothing.
    const other = await createStrategy(ines, { title: 'Other', language: 'en', template: 'blank' })
    expect(await oneThread(ines, other.id, id)).toBeNull()
    const beside = must(
      (await strategyThreads(ines, strategy.id)).threads.find((thread) => thread.id !== id),
      'another',
    )
    expect(await refused(editComment(shared, { threadId: beside.id, commentId: said, text: 'x' }))).toBe(
      'not_found',
    )
  })

  it('one’s own words only are put into others', async () => {
    const { id } = await comment(ines, 'produce 24%')
    const said = must((await only(ines)).comments[0], 'a comment').id
    expect(await refused(editComment(tomas, { threadId: id, commentId: said, text: 'No' }))).toBe(
      'not_allowed',
    )
    await editComment(ines, { threadId: id, commentId: said, text: 'Better so' })
    expect((await only(tomas)).comments).toMatchObject([{ text: 'Better so', edited: true }])
  })

  it('a former member is not named any more', async () => {
    const { id } = await comment(tomas, 'produce 24%')
    await removeMember(ines, { memberId: tomas.actor.memberId })
    expect((await oneThread(ines, strategy.id, id))?.comments).toMatchObject([
      { author: { name: null, image: null } },
    ])
    expect((await strategyThreads(ines, strategy.id)).people.map((one) => one.name)).toEqual([ines.user.name])
  })
})

describe('a comment that was deleted', () => {
  const first = async (id: string) =>
    must((await oneThread(ines, strategy.id, id))?.comments[0], 'a comment').id

  /** Everything anybody is shown of the strategy's comments, in one string. */
  async function everywhere(): Promise<string> {
    const shown = await Promise.all([
      strategyThreads(ines, strategy.id),
      strategyThreads(tomas, strategy.id),
      threadsOfStrategy(ines, strategy.id, true),
      inbox(ines),
      inbox(tomas),
      home.live.readDocument(strategy.documentId).then((bytes) => Buffer.from(bytes).toString('latin1')),
    ])
    return JSON.stringify([...shown, home.told])
  }

  it('is put back where it stood with its reactions, by who deleted it, and rings nobody’s bell again', async () => {
    const { id } = await comment(ines, 'produce 24%', 'Is it so?')
    const answer = await reply(tomas, { threadId: id, text: 'Xylophone.' })
    await react(ines, { threadId: id, commentId: answer.id, reaction: 'yes', on: true })
    expect(await everywhere()).toContain('Xylophone')
    const at = { threadId: id, commentId: answer.id }
    // An owner deletes what somebody else said.
    await deleteComment(ines, at)
    expect(await everywhere()).not.toContain('Xylophone')
    expect((await only(tomas)).comments).toMatchObject([{}, { deleted: true, text: '', reactions: [] }])
    // Not even its author reads it or brings it back.
    expect(await refused(editComment(tomas, { ...at, text: 'x' }))).toBe('not_allowed')
    expect(await refused(putBackComment(tomas, at))).toBe('not_found')
    await putBackComment(ines, at)
    expect((await only(tomas)).comments).toMatchObject([
      { text: 'Is it so?' },
      { text: 'Xylophone.', mine: true, deleted: false, edited: false, reactions: [{ reaction: 'yes' }] },
    ])
    expect(await unreadCount(ines)).toBe(1)
    // What stands is not put back.
    expect(await refused(putBackComment(ines, at))).toBe('not_found')
  })

  it('brings its thread along, on its words, wherever they have gone meanwhile', async () => {
    const { id } = await comment(
      ines,
      'produce 24%',
      `${mentionToken({ id: tomas.actor.memberId, name: 'T' })} Xylophone`,
    )
    const at = { threadId: id, commentId: await first(id) }
    expect(await unreadCount(tomas)).toBe(1)
    expect(await deleteComment(ines, at)).toEqual({ threadGone: true })
    expect(await everywhere()).not.toContain('Xylophone')
    expect(await unreadCount(tomas)).toBe(0)
    expect((await inbox(tomas)).entries).toEqual([])
    expect(await home.store.read.threads.open(strategy.id)).toEqual({ ids: [], count: 0 })
    const tried = await Promise.all(
      [
        reply(tomas, { threadId: id, text: 'x' }),
        endThread(tomas, { threadId: id, outcome: null }),
        react(tomas, { ...at, reaction: 'yes', on: true }),
        deleteComment(ines, at),
      ].map(refused),
    )
    expect(tried).toEqual(['not_found', 'not_found', 'not_found', 'not_found'])
    // No letter speaks of it, and it is in the next one when it is there again.
    home.pass(6 * MINUTE)
    await mailNotifications(ines)
    expect(home.told.letters).toEqual([])
    await write((doc) => {
      const { text } = textOf(doc, 'produce')
      text.insert(0, 'Since 2022: ')
    })
    await putBackComment(ines, at)
    expect(anchorsOf(await stored()).threads.get(id)?.quote).toBe('produce 24%')
    expect(await only(tomas)).toMatchObject({ id, quote: 'produce 24%', onDeletedText: false })
    expect(await unreadCount(tomas)).toBe(1)
    await mailNotifications(ines)
    expect(home.told.letters.at(-1)?.text).toContain('Xylophone')
  })

  it('is put back for ten minutes, and is nowhere when it has been erased', async () => {
    const { id } = await comment(ines, 'produce 24%')
    const answer = await reply(ines, { threadId: id, text: 'Xylophone.' })
    const at = { threadId: id, commentId: answer.id }
    await react(tomas, { ...at, reaction: 'yes', on: true })
    await deleteComment(ines, at)
    home.pass(WAY_BACK - 1)
    await eraseDeletedComments(ines, home.now())
    await putBackComment(ines, at)
    await deleteComment(ines, at)
    home.pass(WAY_BACK)
    // Too late, also where nobody has erased it yet.
    expect(await refused(putBackComment(ines, at))).toBe('not_found')
    await Promise.all([eraseDeletedComments(ines, home.now()), eraseDeletedComments(ines, home.now())])
    const { sql } = home.store
    expect(await sql`select text from withdrawn_words where text like 'Xylophone%'`).toEqual([])
    expect(await sql`select reaction from reactions where comment_id = ${answer.id}`).toEqual([])
    expect((await only(tomas)).comments).toMatchObject([{ text: 'Is it so?' }, { deleted: true, text: '' }])
  })

  it('is not put back by who may no longer delete it', async () => {
    const { id } = await comment(tomas, 'produce 24%')
    const at = { threadId: id, commentId: await first(id) }
    await deleteComment(ines, at)
    const viewer = await home.member(ines, 'viewer')
    const stranger = await home.workspace('Elsewhere')
    expect(await refused(putBackComment(viewer, at))).toBe('not_allowed')
    expect(await refused(putBackComment(stranger, at))).toBe('not_found')
    await changeRole(ines, { memberId: tomas.actor.memberId, role: 'owner' })
    const owner = await home.again(tomas)
    await changeRole(owner, { memberId: ines.actor.memberId, role: 'partner' })
    expect(await refused(putBackComment(await home.again(ines), at))).toBe('not_found')
  })
})

describe('reacting and ending', () => {
  it('a reaction is given once and taken back', async () => {
    const { id } = await comment(ines, 'produce 24%')
    const at = { threadId: id, commentId: must((await only(ines)).comments[0], 'a comment').id }
    await react(tomas, { ...at, reaction: 'yes', on: true })
    await react(tomas, { ...at, reaction: 'yes', on: true })
    await react(ines, { ...at, reaction: 'yes', on: true })
    expect((await only(ines)).comments[0]?.reactions).toEqual([
      { reaction: 'yes', by: [tomas.actor.memberId, ines.actor.memberId], imported: [] },
    ])
    await react(tomas, { ...at, reaction: 'yes', on: false })
    expect((await only(ines)).comments[0]?.reactions).toEqual([
      { reaction: 'yes', by: [ines.actor.memberId], imported: [] },
    ])
    expect(await unreadCount(ines)).toBe(0)
  })

  it('an argument about the positioning ends with its outcome', async () => {
    const { id } = await comment(ines, 'directors')
    expect((await only(ines)).positioning).toBe(true)
    expect(await refused(endThread(tomas, { threadId: id, outcome: null }))).toBe('outcome_required')
    const { value: measure } = await changeMeasure(ines, {
      change: { do: 'add', fields: { name: 'Gross margin' } },
    })
    const outcome = {
      kind: 'watch',
      reason: 'margin below 8%',
      until: '2026-09-29',
      measureId: measure.id,
    } as const
    const elsewhere = await home.workspace('Elsewhere')
    expect(await refused(endThread(elsewhere, { threadId: id, outcome }))).toBe('not_found')
    const unknown = { ...outcome, measureId: newId('mea') }
    expect(await refused(endThread(tomas, { threadId: id, outcome: unknown }))).toBe('not_found')
    await endThread(tomas, { threadId: id, outcome })
    expect((await only(ines)).resolved).toMatchObject({
      by: { name: 'Tomás Rivas' },
      outcome,
      measure: { id: measure.id, name: 'Gross margin' },
    })
    expect((await strategyThreads(ines, strategy.id)).measures).toEqual([
      { id: measure.id, name: 'Gross margin' },
    ])
    expect(await threadsOfStrategy(ines, strategy.id, true)).toMatchObject([
      { outcome: 'watch', reason: 'margin below 8%', until: '2026-09-29', measure: 'Gross margin' },
    ])
    // Measures are not shared with advisers, nor by links.
    expect(await threadsOfStrategy(ines, strategy.id, false)).toMatchObject([{ measure: null }])
    // A second click in the same second changes nothing and rings no second time.
    await endThread(ines, { threadId: id, outcome: { kind: 'adopted', reason: null } })
    expect((await only(ines)).resolved).toMatchObject({ outcome })
    expect((await inbox(ines)).entries).toMatchObject([{ kind: 'resolved', outcome: 'watch' }])
    await takeUpThread(ines, { threadId: id })
    expect((await only(ines)).resolved).toBeNull()
  })
})

describe('a minute later', () => {
  it('both are there, what was commented and what was typed beside it, and in the stored version', async () => {
    const { id } = await comment(ines, 'produce 24%')
    const { text, from } = textOf(await stored(), 'produce 24%')
    // Right before and right behind the commented words, in the very text.
    await write((doc) => {
      const live = textOf(doc, 'produce 24%')
      // As an editor writes: with the marks that are meant, here none.
      live.text.insert(live.from + 'produce 24%'.length, ' in the north', {})
      live.text.insert(live.from, 'fresh ', {})
    })
    expect(from).toBeGreaterThan(0)
    expect(text.length).toBe(SENTENCE.length)
    // The versions' job finds a text that nobody has touched for a minute: its row says so, no clock is waited for.
    const stop = startKeepingVersions({
      store: home.store,
      clock: ines.clock,
      live: { ...home.live, onWritersLeft: () => () => undefined },
      log: { error: () => undefined },
      times: { quiet: 60_000, round: 20, grace: 1 },
    })
    try {
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect(await home.store.read.versions.latest(strategy.id)).toBeNull()
      await home.store.sql`update documents set changed_at = changed_at - interval '61 seconds'
        where id = ${strategy.documentId}`
      await expect.poll(() => home.store.read.versions.latest(strategy.id)).toMatchObject({ kind: 'session' })
    } finally {
      await stop()
    }
    const version = must(await home.store.read.versions.latest(strategy.id), 'polled for')
    const kept = new Y.Doc()
    Y.applyUpdate(kept, stateOf(version, await home.store.read.versions.bytes(strategy.id, version.number)))
    for (const doc of [kept, await stored()]) {
      expect(textBelow(must(doc.getXmlFragment('situation').get(0), 'a line') as Y.XmlElement)).toBe(
        'Wages rose 31%, fresh produce 24% in the north, menu prices 17%.',
      )
      expect(anchorsOf(doc).threads.get(id)?.quote).toBe('produce 24%')
    }
  })
})

describe('the words go', () => {
  it('and come back: flagged, unflagged, told each time; a rename of the words is told, moving them is not', async () => {
    const { id } = await comment(ines, 'produce 24%')
    home.told.events.length = 0
    expect(await followAnchors(ines, strategy.documentId)).toEqual([])
    await write((doc) => {
      const { text } = textOf(doc, 'produce')
      text.insert(0, 'Since 2022: ')
    })
    expect(await followAnchors(ines, strategy.documentId)).toEqual([])
    const edited = new Y.Doc()
    Y.applyUpdate(edited, await home.live.readDocument(strategy.documentId))
    const undo = new Y.UndoManager(edited.getXmlFragment('situation'))
    const { text, from } = textOf(edited, 'produce 24%')
    text.delete(from - 2, 15)
    await write((doc) => Y.applyUpdate(doc, Y.encodeStateAsUpdate(edited)))
    expect(await followAnchors(ines, strategy.documentId)).toEqual([id])
    expect(await only(ines)).toMatchObject({ onDeletedText: true, quote: 'produce 24%' })
    undo.undo()
    await write((doc) => Y.applyUpdate(doc, Y.encodeStateAsUpdate(edited)))
    expect(await followAnchors(ines, strategy.documentId)).toEqual([id])
    expect(await only(ines)).toMatchObject({ onDeletedText: false, quote: 'produce 24%' })
    expect(home.told.events.filter(({ event }) => event.type === 'threads.changed')).toHaveLength(2)
  })

  it('and get their mark back where they stayed and only the mark was lost', async () => {
    const { id } = await comment(ines, 'rose 31%, produce 24%')
    await write((doc) => {
      const root = doc.getXmlFragment('situation')
      root.delete(0, root.length)
      fillRoot(root, [paragraph('Wages rose 31%, produce 24%,'), paragraph('menu prices 17%.')])
    })
    expect(await followAnchors(ines, strategy.documentId)).toEqual([])
    expect(anchorsOf(await stored()).threads.get(id)?.quote).toBe('rose 31%, produce 24%')
    // In two places nobody can tell which was meant.
    await write((doc) => {
      const root = doc.getXmlFragment('situation')
      root.delete(0, root.length)
      fillRoot(root, [paragraph('rose 31%, produce 24%'), paragraph('rose 31%, produce 24%')])
    })
    expect(await followAnchors(ines, strategy.documentId)).toEqual([id])
    expect(await only(ines)).toMatchObject({ onDeletedText: true })
  })
})

describe('telling', () => {
  const mention = (context: Context) => mentionToken({ id: context.actor.memberId, name: context.user.name })

  it('the mentioned, members of a mentioned department and those who spoke, each once', async () => {
    const wei = await home.member(ines, 'member', 'Wei Chen')
    const priya = await home.member(ines, 'member', 'Priya Nair')
    const viewer = await home.member(ines, 'viewer', 'Vera Lind')
    const chain = await home.store.read.departments.chain(ines.actor.workspaceId)
    const marketing = must(chain[1], 'the second department')
    await staff(home.store, marketing.id, priya.actor.memberId)
    const { id } = await comment(
      ines,
      'produce 24%',
      `${mention(tomas)} ${mention(tomas)} ${mention(ines)} ${mentionToken({ id: marketing.id, name: 'Marketing' })} ${mentionToken({ id: newId('mem'), name: 'Nobody' })}`,
    )
    const rang = home.told.events.flatMap(({ room, event }) =>
      event.type === 'inbox.changed' ? [[room, event.memberId]] : [],
    )
    expect(new Set(rang.map(([, who]) => who))).toEqual(new Set([tomas.actor.memberId, priya.actor.memberId]))
    expect(rang.every(([room]) => room === ines.actor.workspaceId)).toBe(true)
    await reply(wei, { threadId: id, text: `${mention(priya)} look` })
    expect((await inbox(priya)).entries.map((one) => one.kind)).toEqual(['mention', 'mention'])
    expect((await inbox(tomas)).entries.map((one) => one.kind)).toEqual(['reply', 'mention'])
    expect((await inbox(ines)).entries).toMatchObject([
      {
        kind: 'reply',
        by: { name: 'Wei Chen' },
        words: '@Priya Nair look',
        quote: 'produce 24%',
        read: false,
      },
    ])
    expect((await inbox(viewer)).entries).toEqual([])
    expect((await inbox(wei)).entries).toEqual([])
    // A new wording tells only whom it newly names.
    const said = must((await only(wei)).comments[1], 'the answer')
    await editComment(wei, {
      threadId: id,
      commentId: said.id,
      text: `${mention(priya)} ${mention(viewer)} look`,
    })
    expect((await inbox(viewer)).entries).toHaveLength(1)
    expect((await inbox(priya)).entries).toHaveLength(2)
  })

  it('marks read one by one, by thread and all; nobody marks another’s', async () => {
    const { id } = await comment(tomas, 'produce 24%')
    await reply(ines, { threadId: id, text: 'One.' })
    await reply(ines, { threadId: id, text: 'Two.' })
    const thread = await comment(ines, 'menu', mention(tomas))
    const entries = (await inbox(tomas)).entries
    expect(await unreadCount(tomas)).toBe(3)
    const first = must(entries[2], 'the oldest')
    await markRead(ines, { kind: 'entries', ids: [first.id], read: true })
    expect(await unreadCount(tomas)).toBe(3)
    await markRead(tomas, { kind: 'entries', ids: [first.id], read: true })
    expect(await unreadCount(tomas)).toBe(2)
    await markRead(tomas, { kind: 'entries', ids: [first.id], read: false })
    expect(await unreadCount(tomas)).toBe(3)
    await markRead(tomas, { kind: 'thread', threadId: id })
    expect(await unreadCount(tomas)).toBe(1)
    expect((await inbox(tomas)).entries[0]?.where).toMatchObject({ in: 'strategy', threadId: thread.id })
    await markRead(tomas, { kind: 'all' })
    expect(await unreadCount(tomas)).toBe(0)
  })

  it('nothing leaks to those who may no longer read the strategy', async () => {
    const adviser = await home.member(ines, 'adviser')
    const memberId = adviser.actor.memberId
    await setStrategyAccess(ines, { strategyId: strategy.id, memberId, level: 'comment' })
    await comment(ines, 'produce 24%', `${mention(adviser)} between us`)
    expect(await unreadCount(adviser)).toBe(1)
    await setStrategyAccess(ines, { strategyId: strategy.id, memberId, level: null })
    const again = await home.again(adviser)
    expect(await unreadCount(again)).toBe(0)
    expect(await inbox(again)).toEqual({ entries: [], unread: 0 })
    home.pass(6 * MINUTE)
    expect(await mailNotifications(ines)).toBe(0)
    expect(home.told.letters).toEqual([])
    // Mentioning somebody who may not read it writes nothing at all.
    await comment(ines, 'menu prices', mention(adviser))
    const rows = await home.store.sql`select 1 from notifications where member_id = ${memberId}`
    expect(rows).toHaveLength(1)
  })
})

describe('letters', () => {
  const mention = (context: Context) => mentionToken({ id: context.actor.memberId, name: context.user.name })

  it('one for everything that came together, in the reader’s language, with links; none twice', async () => {
    const zhixing = await home.member(ines, 'partner', '沈知行')
    await setPreferences(zhixing, { language: 'zh' })
    const { id } = await comment(ines, 'produce 24%', `${mention(zhixing)} 请看\n第二行`)
    home.pass(4 * MINUTE)
    expect(await mailNotifications(ines)).toBe(0)
    await reply(ines, { threadId: id, text: `${mention(zhixing)} again` })
    home.pass(4 * MINUTE)
    expect(await mailNotifications(ines)).toBe(0)
    home.pass(2 * MINUTE)
    expect(await mailNotifications(ines)).toBe(1)
    expect(await mailNotifications(ines)).toBe(0)
    const letter = must(home.told.letters[0], 'a letter')
    expect(letter.to).toBe(zhixing.user.email)
    expect(letter.subject).toBe('《Plan》：2 条与您有关的消息')
    expect(letter.text).toContain(
      '在“produce 24%”处提到了您：\n  @沈知行 请看\n  第二行\nhttp://localhost:3000/',
    )
    expect(letter.text).toContain(`/strategy/${strategy.id}?thread=${id}\n`)
    expect(letter.text).toContain('\nhttp://localhost:3000/account')
  })

  it('not for what was read, taken back, or not wanted; and at the latest after half an hour', async () => {
    await setPreferences(tomas, { mails: false })
    const wei = await home.member(ines, 'member', 'Wei Chen')
    const priya = await home.member(ines, 'member', 'Priya Nair')
    const { id } = await comment(ines, 'produce 24%', `${mention(tomas)} ${mention(wei)} ${mention(priya)}`)
    await markRead(wei, { kind: 'thread', threadId: id })
    for (let i = 0; i < 8; i++) {
      home.pass(4 * MINUTE)
      await reply(ines, { threadId: id, text: `still talking ${mention(priya)}` })
      await mailNotifications(ines)
    }
    const to = home.told.letters.map((letter) => letter.to)
    expect(to.filter((address) => address === tomas.user.email)).toEqual([])
    expect(to.filter((address) => address === priya.user.email)).toHaveLength(1)
    home.told.letters.length = 0
    const other = await comment(ines, 'menu', mention(priya))
    const said = must((await oneThread(ines, strategy.id, other.id))?.comments[0], 'a comment').id
    await reply(tomas, { threadId: other.id, text: 'x' })
    await deleteComment(ines, { threadId: other.id, commentId: said })
    home.pass(40 * MINUTE)
    await mailNotifications(ines)
    const mine = home.told.letters.find((letter) => letter.to === priya.user.email)
    expect(mine?.text).not.toContain('“menu”:\n  @Priya Nair\n')
  })

  it('two nodes at once send one', async () => {
    await comment(ines, 'produce 24%', mention(tomas))
    home.pass(6 * MINUTE)
    const sent = await Promise.all([
      mailNotifications(ines),
      mailNotifications(ines),
      mailNotifications(ines),
    ])
    expect(sent.reduce((sum, one) => sum + one, 0)).toBe(1)
  })
})
