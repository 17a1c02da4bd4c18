import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { defaultLimits } from '../limits'
import { scanUpdate } from '../protocol/scan-update'
import { rng } from '../testing/rng'
import { defineRoots } from './guard'
import { LiveDocument } from './live-document'
import type { Roots } from './ports'

const ROOTS: Roots = { page: 'xml', text: 'text' }
const US = ['usr_a', 'usr_b', 'usr_c'] as const

/** Somebody's copy of the document, who writes under one client id. */
function writer(clientID: number) {
  const doc = new Y.Doc()
  doc.clientID = clientID
  defineRoots(doc, ROOTS)
  return {
    doc,
    text: doc.getText('text'),
    page: doc.getXmlFragment('page'),
    /** The update that a change comes to. */
    say(work: () => void): Uint8Array {
      const said: Uint8Array[] = []
      const hear = (update: Uint8Array, origin: unknown) => {
        if (origin !== 'others') said.push(update)
      }
      doc.on('update', hear)
      doc.transact(work)
      doc.off('update', hear)
      return said.length === 1 && said[0] ? said[0] : Y.mergeUpdates(said)
    },
    hear: (update: Uint8Array) => Y.applyUpdate(doc, update, 'others'),
  }
}

function live(limits: Partial<Record<'heldLetters' | 'heldLetterBytes', number>> = {}) {
  const stored = { documentId: 'doc_1', workspaceId: 'wsp_1', seq: 0, minSchema: 1, epoch: 1 }
  const document = new LiveDocument(
    { ...stored, snapshot: null, tail: [], clients: new Map() },
    ROOTS,
    { ...defaultLimits, ...limits },
    () => 1,
  )
  let transactions = 0
  document.build().on('afterTransaction', () => {
    transactions += 1
  })
  return {
    document,
    /** How often Yjs has been at work. */
    get transactions() {
      return transactions
    },
    /** As the room does it: judged, then taken. Answers what is kept, or why not. */
    take(update: Uint8Array, userId: string = US[0]): Uint8Array | string | null {
      const scanned = scanUpdate(update)
      const verdict = document.judge(scanned, update.length, userId)
      if (verdict.kind !== 'pass') return verdict.kind
      const taken = document.apply(scanned, update, verdict.exact)
      if (taken !== null && 'why' in taken) return taken.why
      document.claim(verdict.claims, userId)
      return taken?.bytes ?? null
    },
  }
}

describe('RM22: letters that go on where their author was', () => {
  it('are taken without Yjs, and are all there when somebody asks', () => {
    const me = writer(7)
    const there = live()
    const words = 'Everything that was seen is kept.'
    for (const letter of words) {
      const update = me.say(() => me.text.insert(me.text.length, letter))
      expect(there.take(update)).toEqual(update)
    }
    expect(there.transactions).toBe(1)
    expect(there.document.doc.getText('text').toString()).toBe(words)
    expect(there.transactions).toBe(2)
  })

  it('are put into the document when many wait, and a large one at once', () => {
    const me = writer(7)
    const there = live({ heldLetters: 10, heldLetterBytes: 64 })
    for (let i = 0; i < 34; i++) there.take(me.say(() => me.text.insert(i, 'x')))
    // One for the first; then ten wait, and the eleventh brings all of them with it.
    expect(there.transactions).toBe(1 + 3 * 2)
    there.take(me.say(() => me.text.insert(34, 'y'.repeat(100))))
    expect(there.document.doc.getText('text').toString()).toBe('x'.repeat(34) + 'y'.repeat(100))
  })

  it('have their clocks known while they wait: what comes twice says nothing new, what is missing is a gap', () => {
    const me = writer(7)
    const there = live()
    const [first, second, third, fourth] = Array.from('abcd', (letter, i) =>
      me.say(() => me.text.insert(i, letter)),
    )
    if (!first || !second || !third || !fourth) throw new Error('four letters')
    there.take(first)
    there.take(second)
    expect(there.transactions).toBe(1)
    expect(there.take(second)).toBeNull()
    expect(there.take(fourth)).toBe('gap')
    there.take(third)
    expect(there.take(fourth, US[1])).toBe('forged')
    expect(there.document.doc.getText('text').toString()).toBe('abc')
  })

  it('are known to joiners, who are answered anew', () => {
    const me = writer(7)
    const there = live()
    there.take(me.say(() => me.text.insert(0, 'a')))
    const nothing = Uint8Array.of(0)
    const before = there.document.answers.step2(nothing)
    const question = there.document.answers.step1()
    there.take(me.say(() => me.text.insert(1, 'b')))
    expect(there.document.answers.step1()).not.toEqual(question)
    expect(there.document.answers.step2(nothing)).not.toEqual(before)
  })

  it('stand behind it and before the same thing: others are looked at, for Yjs takes a place from both neighbours', () => {
    const me = writer(7)
    const there = live()
    const paragraph = new Y.XmlElement('paragraph')
    const words = new Y.XmlText()
    there.take(
      me.say(() => {
        me.page.insert(0, [paragraph])
        paragraph.insert(0, [words])
      }),
    )
    there.take(me.say(() => words.insert(0, 'a')))
    there.take(me.say(() => words.insert(1, 'b')))
    // Behind its own letter, as it says, and before the paragraph.
    const letter = me.say(() => words.insert(2, 'c'))
    const at = scanUpdate(letter).sections[0]?.at ?? 0
    const origin = Uint8Array.of(7, (letter[at + 2] ?? 0) & 127)
    const forged = Uint8Array.of(
      ...letter.subarray(0, at),
      4 | 128 | 64,
      ...origin,
      7,
      0,
      ...letter.subarray(at + 1 + origin.length),
    )
    const before = there.transactions
    there.take(forged)
    expect(there.transactions).toBeGreaterThan(before)
  })

  it('stand behind their own letter: one that follows it by its clock alone is looked at', () => {
    const me = writer(7)
    const there = live()
    const words = new Y.XmlText()
    there.take(
      me.say(() => {
        const paragraph = new Y.XmlElement('paragraph')
        me.page.insert(0, [paragraph])
        paragraph.insert(0, [words])
      }),
    )
    there.take(me.say(() => words.insert(0, 'a')))
    // Clock 3, behind the paragraph, which is clock 0: a letter right in the page.
    expect(there.take(Uint8Array.of(1, 1, 7, 3, 4 | 128, 7, 0, 1, 98, 0))).toBe('not where it belongs')
  })

  it('are the same written at length, and with signs of two halves', () => {
    const me = writer(7)
    const there = live()
    there.take(me.say(() => me.text.insert(0, 'a')))
    // Clock 1: the letter b, whose length takes two bytes where one would do.
    there.take(Uint8Array.of(1, 1, 7, 1, 4 | 128, 7, 0, 0x81, 0, 98, 0))
    me.text.insert(1, 'b')
    for (const sign of '🀄纲') there.take(me.say(() => me.text.insert(me.text.length, sign)))
    expect(there.transactions).toBe(1)
    expect(there.document.doc.getText('text').toString()).toBe('ab🀄纲')
  })

  it('property: whatever three people write in whatever order, the document is what Yjs alone makes of it', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const chance = rng(seed)
      const pick = (below: number) => Math.floor(chance.next() * below)
      const people = US.map((_, i) => writer(7 + i))
      const there = live({ heldLetters: 1 + pick(12) })
      const plain = new Y.Doc()
      defineRoots(plain, ROOTS)
      const places = people.map(() => 0)
      for (let step = 0; step < 120; step++) {
        const who = pick(people.length)
        const me = people[who]
        if (!me) throw new Error('one of three')
        const { text } = me
        const place = Math.min(places[who] ?? 0, text.length)
        const update = me.say(() => {
          const dice = pick(20)
          if (dice < 14) {
            text.insert(place, 'abc纲😀'.slice(pick(3), 3 + pick(2) * 2))
            places[who] = place + 3
          } else if (dice < 16 && text.length > 2) text.delete(pick(text.length - 1), 1)
          else if (dice < 18) places[who] = pick(text.length + 1)
          else text.insert(place, 'x', { bold: true })
        })
        if (update.length <= 2) continue
        const taken = there.take(update, US[who])
        expect(taken).toBeInstanceOf(Uint8Array)
        Y.applyUpdate(plain, update)
        for (const other of people)
          if (other !== me && chance.next() < 0.6) other.hear(Y.encodeStateAsUpdate(me.doc))
        if (chance.next() < 0.05)
          expect(there.document.lackedBy(Uint8Array.of(0))).toEqual(Y.encodeStateAsUpdate(plain))
      }
      expect(there.document.doc.getText('text').toDelta()).toEqual(plain.getText('text').toDelta())
      expect(there.document.stateVector()).toEqual(Y.encodeStateVector(plain))
    }
  })
})
