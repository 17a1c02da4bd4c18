import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newId } from '@/lib/kit/ids'
import type { PanelData } from './panel-data'
import { activityForTests, panelForTests } from './panel-for-tests'
import { PanelStore } from './panel-store'

const asked: { url: string; answer: (data: PanelData | null) => void; fail: () => void }[] = []
beforeEach(() => {
  asked.length = 0
  vi.stubGlobal('fetch', (url: string) => {
    return new Promise((resolve, reject) => {
      asked.push({
        url,
        answer: (data) =>
          resolve(
            data ? Response.json(data) : Response.json({ error: { code: 'not_found' } }, { status: 404 }),
          ),
        fail: () => reject(new Error('offline')),
      })
    })
  })
})
afterEach(() => vi.unstubAllGlobals())

const activity = activityForTests({ revision: 3 })
const data = (given: Partial<typeof activity> = {}) => panelForTests({ activity: { ...activity, ...given } })
const title = (store: PanelStore) => store.state.get().data?.activity.title
const settled = () => new Promise((done) => setImmediate(done))

test('asks for text and words the first time only, and keeps them', async () => {
  const store = new PanelStore('/a', null)
  expect(store.state.get().phase).toBe('loading')
  void store.load()
  expect(asked[0]?.url).toBe('/a?first')
  asked[0]?.answer({ ...data(), description: { html: '<p>x</p>', empty: false } })
  await settled()
  void store.load()
  expect(asked[1]?.url).toBe('/a')
  asked[1]?.answer(data({ title: 'Newer', revision: 4 }))
  await settled()
  expect(title(store)).toBe('Newer')
  expect(store.state.get().data?.description?.html).toBe('<p>x</p>')
})

test('an answer that is older than what a command brought does not take it back', async () => {
  const store = new PanelStore('/a', data())
  void store.load()
  store.put({ ...activity, title: 'Mine', revision: 5 })
  asked[0]?.answer(data({ title: 'Before', revision: 4 }))
  await settled()
  expect(title(store)).toBe('Mine')
  store.put({ ...activity, title: 'Late', revision: 4 })
  expect(title(store)).toBe('Mine')
  store.destroy()
})

test('answers that overtake each other: the later question wins', async () => {
  const store = new PanelStore('/a', data())
  void store.load()
  void store.load()
  asked[1]?.answer(data({ title: 'Second', revision: 9 }))
  await settled()
  asked[0]?.answer(data({ title: 'First', revision: 9 }))
  await settled()
  expect(title(store)).toBe('Second')
})

test('a guess lies on top of what is read, and goes when it is answered', async () => {
  const step = { id: newId('chk'), title: 'Send', done: false, ownerId: null, due: null }
  const store = new PanelStore('/a', data({ checklist: [step] }))
  const done = () => store.state.get().data?.activity.checklist[0]?.done
  const end = store.guess((now) => ({
    ...now,
    checklist: now.checklist.map((one) => ({ ...one, done: true })),
  }))
  expect(done()).toBe(true)
  void store.load()
  asked[0]?.answer(data({ checklist: [step], title: 'Renamed meanwhile', revision: 4 }))
  await settled()
  expect([done(), title(store)]).toEqual([true, 'Renamed meanwhile'])
  end()
  expect(done()).toBe(false)
})

test('gone is gone; without an answer what was read stays', async () => {
  const store = new PanelStore('/a', data())
  void store.load()
  asked[0]?.fail()
  await settled()
  expect(store.state.get().phase).toBe('ready')
  void store.load()
  asked[1]?.answer(null)
  await settled()
  expect(store.state.get()).toEqual({ phase: 'gone', data: null })
})
