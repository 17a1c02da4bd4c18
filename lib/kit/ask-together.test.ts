import { afterEach, expect, test, vi } from 'vitest'
import { askTogether } from './ask-together'

afterEach(() => {
  vi.useRealTimers()
})

/** Asks that are answered one by one by the test. */
function stage() {
  const asked: (readonly number[])[] = []
  const open: { answer(): void; fail(error: Error): void }[] = []
  const ask = askTogether(
    (questions: readonly number[]) =>
      new Promise<readonly string[]>((resolve, reject) => {
        asked.push(questions)
        open.push({ answer: () => resolve(questions.map((n) => `answer ${n}`)), fail: reject })
      }),
  )
  return { asked, ask, next: () => open.shift() }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('RM21: the first is asked at once, those who come meanwhile together, each with their own answer', async () => {
  const { asked, ask, next } = stage()
  const first = ask(1)
  expect(asked).toEqual([[1]])
  const more = [2, 3, 4].map(ask)
  await turn()
  expect(asked).toEqual([[1]])
  next()?.answer()
  expect(await first).toBe('answer 1')
  await turn()
  expect(asked).toEqual([[1], [2, 3, 4]])
  next()?.answer()
  expect(await Promise.all(more)).toEqual(['answer 2', 'answer 3', 'answer 4'])
  void ask(5)
  expect(asked.at(-1)).toEqual([5])
})

test('RM21: who asks the same again is not given an answer that was on its way before', async () => {
  const { asked, ask, next } = stage()
  void ask(1)
  const again = ask(1)
  next()?.answer()
  await turn()
  expect(asked).toEqual([[1], [1]])
  next()?.answer()
  expect(await again).toBe('answer 1')
})

test('RM21: a failure is everybody’s who asked in it, and nobody else’s', async () => {
  const { ask, next } = stage()
  void ask(1)
  const failing = [2, 3].map(ask)
  next()?.answer()
  await turn()
  const later = ask(4)
  next()?.fail(new Error('away'))
  for (const one of failing) await expect(one).rejects.toThrow('away')
  await turn()
  next()?.answer()
  expect(await later).toBe('answer 4')
})

test('no more than five hundred go at once', async () => {
  const { asked, ask, next } = stage()
  void ask(0)
  for (let i = 1; i <= 700; i++) void ask(i)
  for (let i = 0; i < 3; i++) {
    next()?.answer()
    await turn()
  }
  expect(asked.map((questions) => questions.length)).toEqual([1, 500, 200])
})

test('RM21: an answer that never comes does not keep the others from being asked', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { asked, ask } = stage()
  const lost = ask(1)
  void ask(2)
  const outcome = expect(lost).rejects.toThrow('not answered in time')
  await vi.advanceTimersByTimeAsync(10_000)
  await outcome
  expect(asked).toEqual([[1], [2]])
})
