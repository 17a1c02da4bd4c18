import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { honestUpdates, mutate } from '../testing/frame-corpus'
import { stormFrames } from '../testing/frame-storm'
import { rng } from '../testing/rng'
import { BadFrame } from './byte-reader'
import { readClientFrame } from './read-frame'
import { scanUpdate } from './scan-update'

const SEED = Number(process.env.SEED ?? 31)

describe('fuzzing', () => {
  it('FZ1: whatever the scanner accepts decodes in Yjs to the same structs, clocks and deletes', () => {
    const chance = rng(SEED).fork('scan')
    const updates = honestUpdates(chance, 4_711)
    let accepted = 0
    for (let i = 0; i < 30_000; i++) {
      const original = chance.pick(updates)
      const bytes =
        i < updates.length ? (updates[i] ?? original) : mutate(original, chance.pick(updates), chance)
      let scanned: ReturnType<typeof scanUpdate>
      try {
        scanned = scanUpdate(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(BadFrame)
        continue
      }
      accepted += 1
      const decoded = Y.decodeUpdate(bytes)
      const ends = new Map<number, number>()
      for (const struct of decoded.structs) ends.set(struct.id.client, struct.id.clock + struct.length)
      expect(new Map(scanned.sections.map((section) => [section.client, section.to]))).toEqual(ends)
      expect(scanned.structs).toBe(decoded.structs.length)
      expect([...scanned.deletes].filter(([, end]) => end > 0).map(([client]) => client)).toEqual([
        ...decoded.ds.clients.keys(),
      ])
    }
    // The corpus itself is honest: a scanner that refuses everything must not pass.
    for (const update of updates) scanUpdate(update)
    expect(accepted).toBeGreaterThan(2_000)
  }, 60_000)

  it('FZ2, R3: frames of every kind, broken in every way: no throw, no stall, and the document is what was accepted', async () => {
    const report = await stormFrames(SEED, 20_000)
    expect(report.problems).toEqual([])
    expect(report.accepted).toBeGreaterThan(50)
  }, 60_000)

  it.each(['forget-content', 'stall'] as const)(
    'R3: notices the planted fault "%s"',
    async (fault) => {
      expect((await stormFrames(SEED, 5_000, fault)).problems).not.toEqual([])
    },
    60_000,
  )

  it('FZ3: client frames are read to their last byte or refused', () => {
    const chance = rng(SEED).fork('read')
    for (let i = 0; i < 5_000; i++) {
      const junk = Uint8Array.from({ length: chance.below(40) }, () => chance.below(256))
      try {
        readClientFrame(junk)
      } catch (error) {
        expect(error).toBeInstanceOf(BadFrame)
      }
    }
    expect(() => readClientFrame(Uint8Array.of(3, 0))).toThrow('after the end')
  })
})
