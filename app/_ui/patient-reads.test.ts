import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readPatiently } from './patient-reads'

const HERE = 'https://house.example/own/boards?view=line'
const RSC = { headers: { rsc: '1' } }
const read = (path: string) => new URL(`${path}${path.includes('?') ? '&' : '?'}_rsc=1abc`, HERE)
const again = read('/own/boards?view=line')
const other = read('/own/reviews')

/** A page whose line is up or down, and what went over it. */
class Line extends EventTarget {
  readonly location = { href: `${HERE}#list` }
  up = true
  status = 200
  readonly asked: string[] = []
  readonly stayed: string[] = []
  body: () => BodyInit = () => 'words'
  fetch: typeof fetch = async (input, init) => {
    const path = String(input).replace('https://house.example', '')
    this.asked.push(path)
    init?.signal?.throwIfAborted()
    if (!this.up) throw new TypeError('Failed to fetch')
    if (path === '/api/health/live') return new Response(null, { status: this.status === 200 ? 200 : 502 })
    return new Response(this.body(), { status: this.status, headers: { 'content-type': 'text/x-component' } })
  }
  readonly end = readPatiently(this, (path) => this.stayed.push(path))
  reads = () => this.asked.filter((path) => path.includes('_rsc')).length
}

let line: Line
beforeEach(() => {
  vi.useFakeTimers()
  line = new Line()
})
afterEach(() => vi.useRealTimers())

/** Whether it has ended, after everything that was to happen at once. */
async function ended(work: Promise<unknown>): Promise<boolean> {
  let over = false
  const note = () => {
    over = true
  }
  work.then(note, note)
  await vi.advanceTimersByTimeAsync(0)
  return over
}

describe('a page that is read again', () => {
  test('waits while the line is down and is read when the server answers', async () => {
    line.up = false
    const page = line.fetch(again, RSC)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await ended(page)).toBe(false)
    // Once after half a second, then less and less often, and never more than every eight seconds.
    expect(line.reads()).toBeGreaterThan(8)
    expect(line.reads()).toBeLessThan(14)
    line.up = true
    await vi.advanceTimersByTimeAsync(8_000)
    const response = await page
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/x-component'])
    expect(await response.text()).toBe('words')
    expect(line.stayed).toEqual([])
  })

  test('is read at once when the browser says that it is online', async () => {
    line.up = false
    const page = line.fetch(again, RSC)
    await vi.advanceTimersByTimeAsync(20_000)
    line.up = true
    line.dispatchEvent(new Event('online'))
    expect(await ended(page)).toBe(true)
  })

  test('waits also where its answer breaks off in the middle, or a proxy has nobody behind it', async () => {
    let pieces = 0
    line.body = () =>
      new ReadableStream({
        pull(controller) {
          pieces++
          if (pieces === 1) controller.enqueue(new TextEncoder().encode('wo'))
          else if (pieces === 2) {
            line.up = false
            controller.error(new TypeError('network error'))
          } else {
            controller.enqueue(new TextEncoder().encode('all of it'))
            controller.close()
          }
        },
      })
    const page = line.fetch(again, RSC)
    expect(await ended(page)).toBe(false)
    line.up = true
    line.status = 502
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await ended(page)).toBe(false)
    line.status = 200
    pieces = 2
    await vi.advanceTimersByTimeAsync(8_000)
    expect(await (await page).text()).toBe('all of it')
  })

  test('ends with its signal, at the next try', async () => {
    line.up = false
    const stop = new AbortController()
    const page = line.fetch(again, { ...RSC, signal: stop.signal })
    page.catch(() => {})
    expect(await ended(page)).toBe(false)
    stop.abort()
    await vi.advanceTimersByTimeAsync(8_000)
    await expect(page).rejects.toThrow(/abort/)
  })

  test('is left to the framework where the server answers and the read fails all the same', async () => {
    const turned = line.fetch
    line.end()
    const plain = line.fetch
    line.fetch = async (input, init) => {
      if (String(input).includes('_rsc')) throw new TypeError('a redirect to another origin')
      return plain(input, init)
    }
    expect(turned).not.toBe(plain)
    readPatiently(line, (path) => line.stayed.push(path))
    const page = line.fetch(again, RSC)
    page.catch(() => {})
    await vi.advanceTimersByTimeAsync(3_000)
    await expect(page).rejects.toThrow('another origin')
  })
})

describe('another page', () => {
  test('is not gone to while the line is down: nobody is taken there later', async () => {
    line.up = false
    const page = line.fetch(other, RSC)
    expect(await ended(page)).toBe(false)
    expect(line.stayed).toEqual(['https://house.example/own/reviews'])
    line.up = true
    line.dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(line.reads()).toBe(1)
  })

  test('is handed on as it comes, also what a proxy says', async () => {
    line.status = 502
    expect((await line.fetch(other, RSC)).status).toBe(502)
  })

  test('is gone to where the line was down for a blink', async () => {
    let first = true
    const plain = line.body
    line.body = () => {
      if (!first) return plain()
      first = false
      throw new TypeError('Failed to fetch')
    }
    const page = line.fetch(other, RSC)
    await vi.advanceTimersByTimeAsync(600)
    expect((await page).status).toBe(200)
    expect(line.stayed).toEqual([])
  })
})

test.each([
  ['an action', again, { ...RSC, method: 'POST' }],
  ['a prefetch', other, { headers: { rsc: '1', 'next-router-prefetch': '1' } }],
  ['anything else', new URL('/api/x', HERE), {}],
])('%s fails where it fails', async (_, to, init) => {
  line.up = false
  await expect(line.fetch(to, init)).rejects.toThrow('Failed to fetch')
  expect(line.asked).toHaveLength(1)
})

test('ended, it is as it was', () => {
  const taken = line.fetch
  line.end()
  expect(line.fetch).not.toBe(taken)
})
