import { CommandManager } from '@tiptap/core'
import { joinBackward, splitBlock } from '@tiptap/pm/commands'
import { type Command, TextSelection } from '@tiptap/pm/state'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { CollabClient } from '@/lib/collab/client/collab-client'
import { withoutCleanup } from '@/lib/collab/protocol/no-cleanup'
import { createEngine } from '@/lib/collab/room/engine'
import { MemoryPersistence } from '@/lib/collab/testing/memory-persistence'
import { MemoryStore } from '@/lib/collab/testing/memory-store'
import { type Pipe, pipesTo } from '@/lib/collab/testing/pipe'
import { type Rng, rng } from '@/lib/collab/testing/rng'
import { quietLog } from '@/lib/collab/testing/simulator'
import { VirtualTime } from '@/lib/collab/testing/virtual-time'
import { contentHash } from '@/lib/document/content-hash'
import { fillRoot } from '@/lib/document/fill'
import { CHAPTERS, META_ROOT, TEXT_ROOTS } from '@/lib/document/roots'
import { type Headless, openHeadless } from '@/lib/document/testing/headless'
import { EVERYTHING } from '@/lib/document/testing/sample'

// The guard knows nothing of the editor, the editor nothing of the guard. Whatever the real one does - every node type,
// split, join, tables, undo, offline hours - must pass, or honest words are refused.

function act({ editor, view }: Headless, doc: Y.Doc, chance: Rng): void {
  const size = view.state.doc.content.size
  const at = chance.below(size + 1)
  const to = Math.min(size, at + chance.below(10))
  view.dispatch(
    view.state.tr.setSelection(TextSelection.between(view.state.doc.resolve(at), view.state.doc.resolve(to))),
  )
  const run = (command: Command) => command(view.state, (transaction) => view.dispatch(transaction))
  const chain = (work: (chain: ReturnType<CommandManager['createChain']>) => { run(): boolean }) => {
    const { tr } = view.state
    work(new CommandManager({ editor, state: view.state }).createChain(tr, true)).run()
    if (tr.docChanged) view.dispatch(tr)
  }
  const acts: (() => unknown)[] = [
    // No character of two UTF-16 units: these random carets would stand in the middle of it, where no browser puts one,
    // and Yjs keeps a torn half with its author only.
    () => view.dispatch(view.state.tr.insertText(chance.pick(['a', 'word ', '形势', '。']))),
    () => view.dispatch(view.state.tr.insertText('typing on ')),
    () => view.dispatch(view.state.tr.deleteSelection()),
    () => run(splitBlock),
    () => run(joinBackward),
    () => chain((c) => c.toggleList('bulletList', 'listItem')),
    () => chain((c) => c.toggleList('taskList', 'taskItem')),
    () => chain((c) => c.toggleWrap('blockquote')),
    () => chain((c) => c.toggleNode('heading', 'paragraph', { level: 3 })),
    () => chain((c) => c.toggleMark('bold')),
    () => chain((c) => c.setLink({ href: 'https://example.test/' })),
    () => chain((c) => c.insertTable({ rows: 2, cols: 2, withHeaderRow: true })),
    () => yUndoPluginKey.getState(view.state)?.undoManager.undo(),
    () => doc.getMap(META_ROOT).set('language', chance.pick(['en', 'zh'])),
  ]
  chance.pick(acts)()
}

test.each([1, 2, 3, 4, 5, 6])(
  'GU1: the real editor is never refused, seed %i',
  async (seed) => {
    const chance = rng(seed)
    const time = new VirtualTime(chance.fork('time'))
    const store = new MemoryStore()
    store.add('str_x')
    const start = new Y.Doc()
    for (const chapter of CHAPTERS) fillRoot(start.getXmlFragment(chapter), EVERYTHING)
    const engine = createEngine({
      store,
      roots: { ...Object.fromEntries(TEXT_ROOTS.map((root) => [root, 'xml' as const])), [META_ROOT]: 'map' },
      log: quietLog,
      time,
      limits: { snapshotTailRows: 40, snapshotPause: 0, linger: 500 },
      authorizer: {
        resolve: async (_room, session) => ({
          kind: 'document',
          documentId: 'str_x',
          workspaceId: 'ws',
          mode: 'write',
          grant: { memberId: 'm', memberRevision: 1, sessionId: null, documentAccessRevision: 1 },
          identity: { userId: session.userId, memberId: 'm', name: 'n', color: '#000000' },
        }),
      },
    })
    const pipes = new Set<Pipe>()
    const move = async () => {
      for (let moved = true; moved; ) {
        moved = false
        await time.settle()
        for (const pipe of [...pipes]) while (pipe.move(true)) moved = true
      }
    }
    const seeded = engine.edit('str_x', { userId: null, sessionId: null }, (doc) =>
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(start)),
    )
    await move()
    await seeded
    const closes: number[] = []
    const people = await Promise.all(
      ['ann', 'ben', 'cat'].map(async (name) => {
        const doc = new Y.Doc()
        const open = pipesTo(() => engine, { sessionId: name, userId: name }, pipes)
        const client = new CollabClient({
          url: 'x',
          room: 'str_x',
          doc,
          schema: 1,
          build: 'test',
          persistence: new MemoryPersistence(),
          time,
          openLink: (url, events) =>
            open(url, {
              ...events,
              closed: (code) => {
                closes.push(code)
                events.closed(code)
              },
            }),
        })
        return { name, doc, client }
      }),
    )
    await move()
    const hands = people.map((person) => ({
      ...person,
      editors: CHAPTERS.map((chapter) => openHeadless(person.doc.getXmlFragment(chapter))),
    }))
    for (let i = 0; i < 400; i++) {
      const person = chance.pick(hands)
      act(chance.pick(person.editors), person.doc, chance)
      // Sometimes the network is gone for a while, and the work piles up on the device.
      if (chance.below(60) === 0) for (const pipe of [...pipes]) pipe.cut()
      if (chance.below(3) > 0) await time.pass(chance.below(120))
      if (chance.below(4) > 0) await move()
    }
    for (let i = 0; i < 40; i++) {
      await time.pass(500)
      await move()
    }
    expect(closes.filter((code) => code !== 1006)).toEqual([])
    expect(hands.map((person) => person.client.saveState)).toEqual(hands.map(() => ({ kind: 'saved' })))
    const stored = new Y.Doc()
    withoutCleanup(stored)
    const reading = engine.read('str_x')
    await move()
    Y.applyUpdate(stored, (await reading).update)
    for (const person of hands) expect(contentHash(person.doc)).toBe(contentHash(stored))
    expect(store.documents.get('str_x')?.seq).toBeGreaterThan(50)
    for (const person of hands) {
      for (const editor of person.editors) editor.close()
      person.client.destroy()
    }
    engine.stop()
  },
  60_000,
)
