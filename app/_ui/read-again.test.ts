import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readNow, readSoon } from './read-again'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('several reasons to read the page again are one reading, by whoever waits least', () => {
  const refresh = vi.fn()
  readSoon({ refresh }, 250)
  readSoon({ refresh }, 80)
  readSoon({ refresh }, 250)
  vi.advanceTimersByTime(79)
  expect(refresh).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(refresh).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1_000)
  expect(refresh).toHaveBeenCalledTimes(1)
})

test('what comes while one waits is waited for, and read at once it is not read again', () => {
  const refresh = vi.fn()
  readSoon({ refresh }, 250)
  vi.advanceTimersByTime(200)
  readSoon({ refresh }, 250)
  vi.advanceTimersByTime(200)
  expect(refresh).not.toHaveBeenCalled()
  readNow({ refresh })
  vi.advanceTimersByTime(1_000)
  expect(refresh).toHaveBeenCalledTimes(1)
})
