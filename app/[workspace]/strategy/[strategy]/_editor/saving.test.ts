import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { SaveState } from '@/lib/collab/client'
import { SaveTeller } from './saving'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function line() {
  let save: SaveState = { kind: 'saved' }
  let holding = false
  const teller = new SaveTeller(() => ({ save, holding }))
  const said: string[] = []
  teller.said.subscribe(() => said.push(teller.said.get().save.kind))
  const turn = (next: SaveState, held = false) => {
    save = next
    holding = held
    teller.tell()
  }
  return { said, turn, teller }
}

const saving = (pending: number): SaveState => ({ kind: 'saving', pending, kept: true })

it('says "saving" once for a stretch of typing, and "saved" when it has paused', () => {
  const { said, turn } = line()
  for (let key = 1; key <= 20; key += 1) {
    turn(saving(1))
    vi.advanceTimersByTime(20)
    turn(saving(2))
    turn({ kind: 'saved' })
    vi.advanceTimersByTime(60)
  }
  expect(said).toEqual(['saving'])
  vi.advanceTimersByTime(400)
  expect(said).toEqual(['saving', 'saved'])
})

it('says at once what is bad, and what is on its way', () => {
  const { said, turn } = line()
  turn(saving(1))
  turn({ kind: 'offline', pending: 1, kept: true })
  turn({ kind: 'offline', pending: 2, kept: true })
  turn(saving(2))
  turn({ kind: 'not_saved', pending: 2, kept: true })
  expect(said).toEqual(['saving', 'offline', 'offline', 'saving', 'not_saved'])
})

it('never says "saved" of what is not: what is on its way when the pause ends counts', () => {
  const { said, turn, teller } = line()
  turn(saving(1))
  turn({ kind: 'saved' })
  vi.advanceTimersByTime(340)
  turn(saving(1))
  vi.advanceTimersByTime(10_000)
  expect(said).toEqual(['saving'])
  turn({ kind: 'saved' }, true)
  vi.advanceTimersByTime(10_000)
  expect(teller.said.get().holding).toBe(true)
})
