import { CommandManager } from '@tiptap/core'
import { joinBackward, joinForward, splitBlock } from '@tiptap/pm/commands'
import { type Command, NodeSelection, TextSelection } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { contentHash } from '../content-hash'
import { fillRoot } from '../fill'
import { renderHtml } from '../render/html'
import { type Headless, openHeadless } from '../testing/headless'
import { type Fault, faultInDocument, faultInTransaction } from '../testing/inspect'
import { randomFrom } from '../testing/random'
import { EVERYTHING } from '../testing/sample'

type Random = ReturnType<typeof randomFrom>

/** One thing a person does at a random place, through the editor's own commands. */
function act({ editor, view }: Headless, random: Random): void {
  const { doc } = view.state
  const at = random.below(doc.content.size + 1)
  const to = Math.min(doc.content.size, at + random.below(12))
  view.dispatch(view.state.tr.setSelection(TextSelection.between(doc.resolve(at), doc.resolve(to))))
  const run = (command: Command) => command(view.state, (transaction) => view.dispatch(transaction))
  const chain = () => {
    const { tr } = view.state
    return { tr, chain: new CommandManager({ editor, state: view.state }).createChain(tr, true) }
  }
  const inChain = (with_: (chain: ReturnType<CommandManager['createChain']>) => { run(): boolean }) => {
    const { tr, chain: started } = chain()
    with_(started).run()
    if (tr.docChanged) view.dispatch(tr)
  }
  const acts: Array<() => unknown> = [
    () => view.dispatch(view.state.tr.insertText(random.pick(['a', 'word ', '形势', '。', ' ']))),
    () => view.dispatch(view.state.tr.insertText(random.pick(['b', 'more ', '痛点']))),
    () => view.dispatch(view.state.tr.deleteSelection()),
    () => run(splitBlock),
    () => run(joinBackward),
    () => run(joinForward),
    () => inChain((c) => c.toggleList('bulletList', 'listItem')),
    () => inChain((c) => c.toggleList('orderedList', 'listItem')),
    () => inChain((c) => c.toggleList('taskList', 'taskItem')),
    () => inChain((c) => c.splitListItem('listItem')),
    () => inChain((c) => c.sinkListItem('listItem')),
    () => inChain((c) => c.liftListItem('listItem')),
    () => inChain((c) => c.splitListItem('taskItem')),
    () => inChain((c) => c.toggleWrap('blockquote')),
    () => inChain((c) => c.toggleCallout(random.pick(['note', 'attention']))),
    () => inChain((c) => c.toggleNode('heading', 'paragraph', { level: random.pick([3, 4, 5]) })),
    () => inChain((c) => c.toggleNode('codeBlock', 'paragraph')),
    () => inChain((c) => c.toggleMark('bold')),
    () => inChain((c) => c.toggleMark('code')),
    () => inChain((c) => c.setLink({ href: 'https://example.test/' })),
    () => inChain((c) => c.setHorizontalRule()),
    () => inChain((c) => c.insertTable({ rows: 2, cols: 2, withHeaderRow: true })),
    () => inChain((c) => c.addColumnAfter()),
    () => inChain((c) => c.addRowAfter()),
    () => inChain((c) => c.deleteColumn()),
    () => inChain((c) => c.deleteRow()),
    () => inChain((c) => c.mergeOrSplit()),
    () => {
      const node = view.state.doc.nodeAt(at)
      if (!node || node.isText) return
      view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at)).deleteSelection())
    },
  ]
  random.pick(acts)()
}

interface Person {
  doc: Y.Doc
  open: Headless
  /** What others sent and this one has not received yet, in order per sender. */
  inbox: Map<number, Uint8Array[]>
}

/** Four people in one chapter; messages arrive late and in any order between senders. */
function session(seed: number, rounds: number) {
  const random = randomFrom(seed)
  const start = new Y.Doc()
  start.clientID = 1
  fillRoot(start.getXmlFragment('situation'), EVERYTHING)
  const state = Y.encodeStateAsUpdate(start)
  const people: Person[] = []
  const written: Array<{ client: number; whileReceiving: boolean }> = []
  const faults: Fault[] = []
  let receiving = false
  for (let client = 2; client < 6; client++) {
    const doc = new Y.Doc()
    doc.clientID = client
    Y.applyUpdate(doc, state)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'far') return
      // Two texts side by side, the later one by this person: the binding joins them, which only their author
      // does. Deleting what the schema refuses carries the binding's own origin.
      written.push({ client, whileReceiving: receiving && origin === ySyncPluginKey })
      for (const other of people) {
        if (other.doc === doc) continue
        const queue = other.inbox.get(client) ?? []
        queue.push(update)
        other.inbox.set(client, queue)
      }
    })
    doc.on('beforeObserverCalls', (transaction) => {
      const fault = transaction.origin === 'far' ? faultInTransaction(transaction) : null
      if (fault) faults.push(fault)
    })
    people.push({ doc, open: openHeadless(doc.getXmlFragment('situation')), inbox: new Map() })
  }
  const receive = (person: Person, sender: number) => {
    const update = person.inbox.get(sender)?.shift()
    if (!update) return
    receiving = true
    Y.applyUpdate(person.doc, update, 'far')
    receiving = false
  }
  for (let round = 0; round < rounds; round++) {
    const person = random.pick(people)
    if (random.below(3) > 0) act(person.open, random)
    else receive(person, 2 + random.below(4))
  }
  while (people.some(({ inbox }) => [...inbox.values()].some((queue) => queue.length > 0))) {
    for (const person of people) for (const sender of person.inbox.keys()) receive(person, sender)
  }
  return { people, written, faults }
}

// 1215: the table library put a row into a row and threw while squaring up the result; the binding threw while
// looking for the caret.
// 3124: the table library threw while looking for a selection.
const SEEDS = [1215, 3124, ...Array.from({ length: 14 }, (_, index) => index + 1)]

test.each(SEEDS)(
  'four people edit at once, seed %i: nobody’s editor writes on receiving, all end equal',
  (seed) => {
    const { people, written, faults } = session(seed, 160)
    expect(written.length).toBeGreaterThan(20)
    expect(written.filter(({ whileReceiving }) => whileReceiving)).toEqual([])
    const [first, ...others] = people
    if (!first) throw new Error('nobody came')
    for (const other of others) {
      expect(contentHash(other.doc)).toBe(contentHash(first.doc))
      expect(other.open.view.state.doc.toJSON()).toEqual(first.open.view.state.doc.toJSON())
    }
    expect(faults).toEqual([])
    expect(faultInDocument(first.doc)).toBeNull()
    // Nothing had to be shown as a stranger: every merge was a document of the schema.
    expect(JSON.stringify(first.open.view.state.doc.toJSON()).includes('"foreign"')).toBe(false)
    first.open.view.state.doc.check()
    const plain = renderHtml(first.doc.getXmlFragment('situation'))
      .replaceAll('<br class="ProseMirror-trailingBreak">', '')
      .replace(/ id="h-[^"]+"/g, '')
    expect(plain).toBe(first.open.html())
  },
)
