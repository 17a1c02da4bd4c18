import { joinBackward, splitBlock } from '@tiptap/pm/commands'
import type { Node as PmNode } from '@tiptap/pm/model'
import { type Command, TextSelection, type Transaction } from '@tiptap/pm/state'
import { redo, undo } from '@tiptap/y-tiptap'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { changesOf, type KnownRow } from '@/lib/domain/strategy-item'
import { contentHash } from '../content-hash'
import { fillRoot } from '../fill'
import type { NodeJson } from '../json'
import { CHAPTERS, isRoot } from '../roots'
import { type Headless, openHeadless } from '../testing/headless'
import { faultInDocument } from '../testing/inspect'
import { randomFrom } from '../testing/random'
import { itemIdOf, paragraph, part } from '../testing/sample'
import { heal, needsHealing } from './heal'
import { itemKinds } from './kinds'
import { newItem } from './new-item'
import { type HashedItem, projectionOf } from './project'
import { itemsOf } from './read-items'
import { adopt } from './remap'

type Random = ReturnType<typeof randomFrom>
/** Faults put in on purpose, which the checks must notice. */
type Mutant = 'nobody heals' | 'rows of deleted items stay' | 'codes are given again'

/** The chapters that are written in; all four are looked at. */
const OPEN = ['difficulties', 'policy'] as const

interface Person {
  readonly client: number
  doc: Y.Doc
  editors: Headless[]
  /** What is on its way to this person, and from this person to the server. */
  readonly inbox: Uint8Array[]
  readonly outbox: Uint8Array[]
}

const SERVER = 'server'
const FAR = 'far'

/**
 * Four people write in two chapters; frames to and from the server are reordered, lost and doubled, people restart,
 * the server heals and projects whenever it gets to it. Answers what is wrong at the end.
 */
function session(seed: number, steps: number, mutant?: Mutant): string[] {
  const random = randomFrom(seed)
  const problems: string[] = []
  let number = 1000
  const freshId = () => itemIdOf(seed * 100_000 + number++)

  const server = new Y.Doc()
  server.clientID = 1
  for (const root of OPEN) {
    fillRoot(server.getXmlFragment(root), [
      paragraph('A beginning.'),
      {
        ...newItem('pain', {
          id: freshId(),
          language: 'en',
          attrs: { code: null },
          parts: { title: 'Hurts' },
        }),
      },
      newItem('segment', { id: freshId(), language: 'en', parts: { title: 'Chains', text: 'and more' } }),
      paragraph('An end.'),
    ])
  }
  const rows = new Map<string, KnownRow & { item: HashedItem }>()
  const given = new Map<string, string>()
  const people: Person[] = []

  const project = () => {
    const used = new Map(given)
    for (const { item, removedAt } of rows.values()) {
      if (item.code !== null && removedAt !== null && mutant === 'codes are given again')
        used.delete(item.code)
    }
    if (mutant !== 'nobody heals' && needsHealing(itemsOf(server), used)) {
      server.transact(() => heal(server, used), SERVER)
      if (heal(server, used) !== 0) problems.push('healing does not come to rest')
    }
    const items = projectionOf(server, 'en')
    const { changed, gone } = changesOf(rows, items)
    for (const item of changed) rows.set(item.id, { hash: item.hash, removedAt: null, item })
    for (const id of mutant === 'rows of deleted items stay' ? [] : gone) {
      const row = rows.get(id)
      if (row) rows.set(id, { ...row, removedAt: new Date(0) })
    }
    for (const { id, code } of items) {
      if (code === null) continue
      const owner = given.get(code)
      if (owner !== undefined && owner !== id) problems.push(`${code} was ${owner}’s and is ${id}’s`)
      if (owner === undefined) given.set(code, id)
    }
  }

  server.on('update', (update: Uint8Array, origin: unknown) => {
    for (const person of people) if (person !== origin) person.inbox.push(update)
  })
  const open = (person: Person) => {
    person.editors = OPEN.map((root) => openHeadless(person.doc.getXmlFragment(root)))
    person.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== FAR) person.outbox.push(update)
    })
  }
  for (let client = 2; client < 6; client++) {
    const doc = new Y.Doc()
    doc.clientID = client
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(server))
    const person: Person = { client, doc, editors: [], inbox: [], outbox: [] }
    people.push(person)
    open(person)
  }

  const deliver = (queue: Uint8Array[], apply: (update: Uint8Array) => void) => {
    const at = random.below(Math.min(3, queue.length))
    const [update] = queue.splice(at, 1)
    if (!update) return
    const luck = random.below(12)
    if (luck === 0) return
    apply(update)
    if (luck === 1) apply(update)
  }
  const toServer = (person: Person) => (update: Uint8Array) => Y.applyUpdate(server, update, person)
  const toPerson = (person: Person) => (update: Uint8Array) => Y.applyUpdate(person.doc, update, FAR)

  /** What a lost frame leaves open, both sides ask for by their state, as the engine does. */
  const resync = (person: Person) => {
    person.inbox.length = 0
    person.outbox.length = 0
    toServer(person)(Y.encodeStateAsUpdate(person.doc, Y.encodeStateVector(server)))
    toPerson(person)(Y.encodeStateAsUpdate(server, Y.encodeStateVector(person.doc)))
  }

  for (let step = 0; step < steps; step++) {
    const person = random.pick(people)
    const luck = random.below(20)
    if (luck < 11) act(person, random, freshId)
    else if (luck < 14) deliver(person.outbox, toServer(person))
    else if (luck < 17) deliver(person.inbox, toPerson(person))
    else if (luck < 18) resync(person)
    else if (luck < 19) project()
    else {
      // Restarted: what lay on the device is there again, under another client id; what was on its way is not.
      for (const editor of person.editors) editor.close()
      const state = Y.encodeStateAsUpdate(person.doc)
      person.doc = new Y.Doc()
      person.doc.clientID = 100 + step * 10 + person.client
      Y.applyUpdate(person.doc, state)
      person.inbox.length = 0
      person.outbox.length = 0
      open(person)
    }
  }
  for (let round = 0; round < 2; round++) for (const person of people) resync(person)
  project()
  for (const person of people) resync(person)

  const hash = contentHash(server)
  for (const { client, doc, editors } of people) {
    if (contentHash(doc) !== hash) problems.push(`${client} sees something else`)
    for (const [index, editor] of editors.entries()) {
      const other = people[0]?.editors[index]
      if (JSON.stringify(editor.view.state.doc) !== JSON.stringify(other?.view.state.doc)) {
        problems.push(`${client}’s page shows something else`)
      }
    }
  }
  if (faultInDocument(server) !== null) problems.push(`the document has a fault: ${faultInDocument(server)}`)
  if (![...server.share.keys()].every(isRoot)) problems.push('a root too many')
  const chapters = CHAPTERS.map((name) => server.getXmlFragment(name))
  if (new Set(chapters).size !== 4) problems.push('not four chapters')

  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(people[1]?.doc ?? server))
  const fromScratch = projectionOf(copy, 'en')
  const followed = [...rows.values()]
    .filter((row) => row.removedAt === null)
    .map(({ item }) => item)
    .sort((one, other) => one.position - other.position)
  if (JSON.stringify(followed) !== JSON.stringify(fromScratch)) problems.push('rows differ from the document')
  const written = itemsOf(copy).map(({ node }) => node.getAttribute('id'))
  if (new Set(written).size !== written.length || written.includes(undefined))
    problems.push('an id is there twice')
  const codes = fromScratch.flatMap(({ code, kind }) =>
    kind === 'positioning' || kind === 'intent' ? [] : [code],
  )
  if (new Set(codes).size !== codes.length || codes.includes(null))
    problems.push('a code is there twice, or missing')
  for (const { editors } of people) for (const editor of editors) editor.close()
  return problems
}

/** One thing a person does: with items, in their words, or around them. */
function act(person: Person, random: Random, freshId: () => string): void {
  const index = random.below(person.editors.length)
  const editor = person.editors[index]
  const other = person.editors[(index + 1) % person.editors.length]
  if (!editor || !other) return
  const { view } = editor
  const { doc, schema } = view.state
  const at = random.below(doc.content.size + 1)
  const to = Math.min(doc.content.size, at + random.below(30))
  const selection = TextSelection.between(doc.resolve(at), doc.resolve(to))
  if (selection.$from.parent.inlineContent) view.dispatch(view.state.tr.setSelection(selection))
  const run = (command: Command) => command(view.state, (transaction) => view.dispatch(transaction))
  const make = (json: NodeJson): PmNode => schema.nodeFromJSON(json)
  const items = places(view.state.doc)
  const item = items.length > 0 ? random.pick(items) : null
  const gap = (target: PmNode) => {
    const tops: number[] = [0]
    target.forEach((child, offset) => {
      tops.push(offset + child.nodeSize)
    })
    return random.pick(tops)
  }
  const insert = (where: Headless, nodes: PmNode[]) =>
    where.view.dispatch(where.view.state.tr.insert(gap(where.view.state.doc), nodes))
  const cut = (transaction: Transaction, place: Place) =>
    transaction.delete(place.at, place.at + place.node.nodeSize)
  const acts: Array<() => unknown> = [
    () => view.dispatch(view.state.tr.insertText(random.pick(['a', 'word ', '形势', '。']))),
    () => view.dispatch(view.state.tr.insertText(random.pick(['b', 'more ', '痛点']))),
    () => view.dispatch(view.state.tr.deleteSelection()),
    () => run(splitBlock),
    () => run(joinBackward),
    () =>
      insert(editor, [
        make(
          newItem(random.pick(itemKinds), {
            id: freshId(),
            language: 'en',
            parts: random.below(2) ? { text: 'New.' } : {},
          }),
        ),
      ]),
    // Pasted by a page that knows what it does, and by one that does not.
    () => {
      if (!item) return
      const standing = new Set(itemsOf(person.doc).map(({ id }) => id))
      const pasted = adopt([item.node.toJSON()], { newId: freshId, standing, foreign: false })
      insert(editor, pasted.map(make))
    },
    () => item && insert(random.pick([editor, other]), [item.node]),
    () => {
      if (!item) return
      const transaction = cut(view.state.tr, item)
      view.dispatch(transaction.insert(gap(transaction.doc), item.node))
    },
    () => {
      if (!item) return
      view.dispatch(cut(view.state.tr, item))
      insert(other, [item.node])
    },
    () => item && view.dispatch(cut(view.state.tr, item)),
    () => {
      if (!item) return
      const ids = itemsOf(person.doc).map(({ id }) => id)
      const attr = random.pick(['feltBy', 'severity', 'validUntil', 'extra', 'code'] as const)
      const value = {
        feltBy: [random.pick(ids)],
        severity: random.pick(['high', 'odd', null]),
        validUntil: random.pick(['2026-12-31', '31/12', null]),
        extra: [['Odd', 'x']],
        code: random.pick(['P1', 'S2', null]),
      }[attr]
      view.dispatch(view.state.tr.setNodeAttribute(item.at, attr, value))
    },
    () => item && view.dispatch(view.state.tr.insert(item.at + 1, make(part('text', 'another half')))),
    () => undo(view.state),
    () => undo(view.state),
    () => redo(view.state),
  ]
  random.pick(acts)()
}

interface Place {
  readonly at: number
  readonly node: PmNode
}

function places(doc: PmNode): Place[] {
  const found: Place[] = []
  doc.descendants((node, at) => {
    if (node.type.name === 'item') found.push({ at, node })
    return node.type.name !== 'item'
  })
  return found
}

// Another beginning: SEED=12345 before the command. A seed that failed once is added to the list.
const FIRST = Number(process.env.SEED ?? 1)
const SEEDS = Array.from({ length: 200 }, (_, index) => FIRST + index)

test('whatever four people do to items at once, and whatever the network does to it: 200 seeds', () => {
  const wrong = SEEDS.flatMap((seed) => session(seed, 60).map((problem) => `seed ${seed}: ${problem}`))
  expect(wrong).toEqual([])
}, 180_000)

test.each<Mutant>(['nobody heals', 'rows of deleted items stay', 'codes are given again'])(
  'these checks notice when %s',
  (mutant) => {
    const noticed = SEEDS.slice(0, 60).some((seed) => session(seed, 60, mutant).length > 0)
    expect(noticed).toBe(true)
  },
  60_000,
)
