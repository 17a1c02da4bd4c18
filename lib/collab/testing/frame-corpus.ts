import * as Y from 'yjs'
import { ByteWriter } from '../protocol/byte-writer'
import { Message } from '../protocol/numbers'
import { awarenessFrame, clientHello, syncFrame } from '../protocol/write-frame'
import type { Rng } from './rng'

/** Updates as an editor makes them, of every kind of content, in the roots `text`, `meta` and an xml root. */
export function honestUpdates(chance: Rng, clientId: number, xmlRoot = 'page'): Uint8Array[] {
  const doc = new Y.Doc()
  doc.clientID = clientId
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const text = doc.getText('text')
  const page = doc.getXmlFragment(xmlRoot)
  for (let i = 0; i < 150; i++) {
    const dice = chance.below(8)
    if (dice < 3)
      text.insert(chance.below(text.length + 1), chance.pick(['a', 'word ', '词', '🀄', 'e\u0301']))
    else if (dice === 3 && text.length > 2) text.delete(chance.below(text.length - 1), 1)
    else if (dice === 4 && text.length > 2)
      text.format(0, 1 + chance.below(text.length - 1), { bold: true, link: { href: 'x' } })
    else if (dice === 5) {
      const element = new Y.XmlElement('p')
      element.setAttribute('id', `n${i}`)
      page.insert(chance.below(page.length + 1), [element])
      element.insert(0, [new Y.XmlText('inner')])
    } else if (dice === 6)
      doc
        .getMap('meta')
        .set('k', chance.pick<unknown>([1, -1.5, null, [1, { a: true }], new Uint8Array(3), 2 ** 50]))
    else if (page.length > 1) page.delete(0, 1)
  }
  return [...updates, Y.encodeStateAsUpdate(doc), Y.mergeUpdates(updates.slice(0, 40))]
}

/** Frames of every type a client may send, all of them valid. */
export function honestFrames(updates: readonly Uint8Array[]): Uint8Array[] {
  return [
    ...updates.map((update) => syncFrame('update', update)),
    syncFrame('step1', Uint8Array.of(0)),
    syncFrame('step2', updates.at(-1) ?? Uint8Array.of(0, 0)),
    awarenessFrame([{ id: 5, clock: 1, state: '{"cursor":{"anchor":1}}' }]),
    clientHello(1, 'x'),
    Uint8Array.of(3),
  ]
}

/** What chance would hardly find: the findings of reliability.md, each as one frame. */
export function bombs(clientId: number): Uint8Array[] {
  const update = (...numbers: number[]) => {
    const writer = new ByteWriter()
    for (const n of numbers) writer.varUint(n)
    return writer.done()
  }
  const text = [4, 116, 101, 120, 116]
  const deep = new Y.Doc()
  let map = deep.getMap('meta')
  for (let i = 0; i < 130; i++) {
    const inner = new Y.Map<unknown>()
    map.set('in', inner)
    map = inner
  }
  const v2 = new Y.Doc()
  v2.getText('text').insert(0, 'second encoding')
  const many = Array.from({ length: 600 }, (_, i) => ({ id: 9_000 + i, clock: 1, state: 'null' }))
  return [
    // Finding 5: clocks without content; finding 6: a clock in the future; a skipped range; a section without structs.
    syncFrame('update', update(1, 1, clientId, 0, 0, 2 ** 40, 0)),
    syncFrame('update', update(1, 1, 7, 100, 4, 1, ...text, 1, 120, 0)),
    syncFrame('update', update(1, 1, clientId, 0, 10, 5, 0)),
    syncFrame('update', update(1, 0, clientId, 0, 0)),
    // Finding 7, and declared counts that are lies.
    syncFrame('update', Y.encodeStateAsUpdateV2(v2)),
    syncFrame('update', update(20_000_000, 20_000_000, 1, 0, 0)),
    syncFrame('update', update(0, 1, clientId, 2 ** 40)),
    syncFrame('step1', update(2 ** 40)),
    syncFrame('update', Y.encodeStateAsUpdate(deep)),
    // Presence: too many, not JSON, a clock nobody can overtake, a prototype's key.
    awarenessFrame(many),
    awarenessFrame([{ id: 6, clock: 1, state: '{bad' }]),
    awarenessFrame([{ id: 6, clock: Number.MAX_SAFE_INTEGER, state: '{}' }]),
    awarenessFrame([{ id: 6, clock: 2, state: '{"__proto__":{"admin":true}}' }]),
    // What only the server says.
    ...Object.values(Message)
      .filter((number) => number > Message.hello || number === Message.auth)
      .map((number) => Uint8Array.of(number, 0, 0)),
  ]
}

/** The same frame, broken in one way; `other` for splicing. */
export function mutate(bytes: Uint8Array, other: Uint8Array, chance: Rng): Uint8Array {
  const out = [...bytes]
  const at = chance.below(Math.max(1, out.length))
  switch (chance.below(8)) {
    case 0:
      out[at] = (out[at] ?? 0) ^ (1 << chance.below(8))
      break
    case 1:
      out.splice(at, 0, chance.below(256))
      break
    case 2:
      out.splice(at, 1)
      break
    case 3:
      return bytes.slice(0, at)
    case 4:
      return Uint8Array.from([...bytes.slice(0, at), ...other.slice(chance.below(Math.max(1, other.length)))])
    case 5:
      out.splice(
        at,
        1,
        ...chance.pick([
          [255, 255, 255, 255, 15],
          [128, 128, 0],
          [255, 255, 255, 255, 255, 255, 255, 15],
        ]),
      )
      break
    case 6:
      out.push(...out.slice(at))
      break
    default:
      return Uint8Array.from({ length: 1 + chance.below(60) }, () => chance.below(256))
  }
  return Uint8Array.from(out)
}
