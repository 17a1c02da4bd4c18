import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Answer } from '@/app/_server/answer'
import { rng } from '@/lib/collab/testing/rng'
import { type Destination, place } from '@/lib/domain/activity'
import { type Card, cardsStamp } from '@/lib/domain/card'
import type { Column } from '@/lib/domain/column'
import type { Id } from '@/lib/kit/ids'
import { newId } from '@/lib/kit/ids'
import { inOrder } from '@/lib/kit/order-key'
import type { BoardAgain, BoardPage } from '@/lib/queries/board'
import { type BoardActs, BoardStore, type Told } from './board-store'
import { blankCard } from './guesses'

const boardId: Id<'brd'> = `brd_${'0'.repeat(26)}`
const elsewhere: Id<'brd'> = `brd_${'1'.repeat(26)}`
const column = (n: number): Column => ({
  id: `col_${String(n).padStart(26, '0')}`,
  boardId,
  kind: null,
  name: `Column ${n}`,
  phase: 'do',
  place: `a${n}`,
  limit: null,
  removed: false,
  revision: 1,
})
const columns = [column(1), column(2), column(3)]
const [one, two, three] = ['1', '2', '3'].map((n) => `col_${n.padStart(26, '0')}` as Id<'col'>) as [
  Id<'col'>,
  Id<'col'>,
  Id<'col'>,
]

const card = (n: number, columnId: Id<'col'> = one, rest: Partial<Card> = {}): Card => ({
  ...blankCard({ id: `act_${String(n).padStart(26, '0')}`, boardId, columnId, title: `Card ${n}` }),
  place: `a${n}`,
  revision: 1,
  ...rest,
})
const idOf = (n: number) => card(n).id

function pageOf(cards: readonly Card[]): BoardPage {
  const none = { boardId, departmentId: 'dep_1', kind: 'sales', name: null } as const
  return {
    slug: 'ladleworks',
    me: { userId: 'usr_1', memberId: 'mem_1' },
    board: { ...none, archived: false },
    leads: [],
    intent: null,
    boards: [none],
    columns,
    elsewhere: [],
    cards,
    people: [],
    labels: [],
    requests: [],
    handOffs: [],
    relations: [],
    neighbours: [],
    recurring: [],
    filters: [],
    items: [],
    strategyId: null,
    measures: [],
    comments: {},
    counts: { active: cards.length, archived: 0, trashed: 0 },
    today: '2026-08-14',
    cycle: '2026-Q3',
    yearStart: 1,
    may: {
      create: true,
      edit: true,
      move: true,
      comment: true,
      columns: true,
      request: true,
      answer: true,
      handOff: true,
      answerHandOff: true,
      recurring: true,
      labels: true,
      importing: true,
      attach: true,
      saveFilter: true,
      shareFilter: true,
      moderateFilters: true,
    },
  }
}

type Kept = { readonly cards: readonly Card[]; readonly undo: Id<'chg'> | null }

/** A server in hand: each call waits until the test answers it. */
class Server {
  readonly calls: {
    readonly name: string
    readonly input: unknown
    answer: (with_: Answer<Kept> | null) => void
  }[] = []
  readonly acts: BoardActs = {
    create: (input) => this.wait('create', input),
    move: (input) => this.wait('move', input),
    edit: (input) => this.wait('edit', input),
    duplicate: (input) => this.wait('duplicate', input),
    many: (input) => this.wait('many', input),
    undo: (input) => this.wait('undo', input),
    column: () => Promise.reject(new Error('not asked')),
    label: () => Promise.reject(new Error('not asked')),
    recurring: () => Promise.reject(new Error('not asked')),
  }
  private wait(name: string, input: unknown): Promise<Answer<Kept>> {
    return new Promise((resolve, reject) => {
      this.calls.push({
        name,
        input,
        answer: (given) => (given ? resolve(given) : reject(new Error('the line is cut'))),
      })
    })
  }
}

const kept = (...cards: Card[]): Answer<Kept> => ({ ok: true, value: { cards, undo: newId('chg') } })
const refused: Answer<Kept> = { ok: false, code: 'not_allowed', message: 'You may not.', detail: {} }

let server: Server
let told: Told[]
let reads: { known: string; answer: (page: BoardAgain | null) => void; fail: () => void }[]
let later: (() => void)[]
let store: BoardStore

function open(cards: readonly Card[]): void {
  server = new Server()
  told = []
  reads = []
  later = []
  store = new BoardStore(pageOf(cards), {
    acts: server.acts,
    read: (known) =>
      new Promise((resolve, reject) => {
        reads.push({ known, answer: resolve, fail: () => reject(new Error('nobody answers')) })
      }),
    tell: (what) => told.push(what),
    say: () => undefined,
    later: (work) => {
      later.push(work)
      return () => {
        later = later.filter((one_) => one_ !== work)
      }
    },
  })
}

const lay = (columnId: string) =>
  [...store.state().cards.values()]
    .filter((one_) => one_.columnId === columnId)
    .sort(inOrder)
    .map(({ title }) => title)
const end = (columnId: string): Destination => ({ columnId, after: null, before: null })
const news = (...cards: Card[]) => store.heard({ type: 'cards.changed', boardId, cards })

beforeEach(() => open([card(1), card(2), card(3, two)]))

describe('a guess', () => {
  test('is shown at once, and stays when the server says the same', async () => {
    const moving = store.move(idOf(1), end(two))
    expect(lay(two)).toEqual(['Card 3', 'Card 1'])
    expect(store.state().waiting.has(idOf(1))).toBe(true)
    server.calls[0]?.answer(kept(card(1, two, { place: 'a4', revision: 2 })))
    expect(await moving).toBe(true)
    expect(lay(two)).toEqual(['Card 3', 'Card 1'])
    expect(store.state().waiting.size).toBe(0)
    expect(told).toMatchObject([{ kind: 'done', deed: 'moved', n: 1, title: 'Card 1', column: { id: two } }])
  })

  test('goes back when it is refused, and says why', async () => {
    const moving = store.move(idOf(1), end(two))
    server.calls[0]?.answer(refused)
    expect(await moving).toBe(false)
    expect(lay(one)).toEqual(['Card 1', 'Card 2'])
    expect(told).toEqual([{ kind: 'refused', code: 'not_allowed', message: 'You may not.' }])
    // What was refused may have other reasons this page does not know: the board is read again.
    expect(later).toHaveLength(1)
  })

  test('goes back when nobody answers', async () => {
    const editing = store.edit(idOf(1), { title: 'Another title' })
    expect(lay(one)).toEqual(['Another title', 'Card 2'])
    server.calls[0]?.answer(null)
    expect(await editing).toBe(false)
    expect(lay(one)).toEqual(['Card 1', 'Card 2'])
    expect(told).toEqual([{ kind: 'refused', code: 'no_answer', message: null }])
  })

  test('is made again on what a colleague does meanwhile', async () => {
    void store.move(idOf(1), { columnId: two, after: idOf(3), before: null })
    // A colleague moves the card it was dropped below; it still follows it.
    news(card(3, two, { place: 'a9', revision: 2 }), card(2, two, { place: 'a5', revision: 2 }))
    expect(lay(two)).toEqual(['Card 2', 'Card 3', 'Card 1'])
    // And changes its title: the guess is of its place only.
    news(card(1, one, { title: 'Theirs', revision: 2 }))
    expect(lay(two)).toEqual(['Card 2', 'Card 3', 'Theirs'])
  })

  test('of the same card as a colleague’s move ends where the server says', async () => {
    const moving = store.move(idOf(1), end(two))
    // The colleague was first: their news come before our answer.
    news(card(1, three, { place: 'a1', revision: 2 }))
    expect(lay(two)).toEqual(['Card 3', 'Card 1'])
    server.calls[0]?.answer(kept(card(1, two, { place: 'a4', revision: 3 })))
    await moving
    // Ours were first: their news come after our answer, and late news of ours change nothing.
    news(card(1, three, { place: 'a1', revision: 4 }))
    news(card(1, two, { place: 'a4', revision: 3 }))
    expect([lay(two), lay(three)]).toEqual([['Card 3'], ['Card 1']])
  })

  test('of a new card is that very card, whichever comes first, its news or its answer', async () => {
    const making = store.create({ columnId: one, title: 'New' })
    expect(lay(one)).toEqual(['Card 1', 'Card 2', 'New'])
    const { id } = (server.calls[0]?.input ?? {}) as { id: Id<'act'> }
    const made = card(9, one, { id, title: 'New', place: 'a3' })
    news(made)
    expect(lay(one)).toEqual(['Card 1', 'Card 2', 'New'])
    server.calls[0]?.answer(kept(made))
    expect((await making)?.id).toBe(id)
    news(made)
    expect(lay(one)).toEqual(['Card 1', 'Card 2', 'New'])
  })

  test('of a move to another board is gone at once and comes back when refused', async () => {
    const moving = store.move(idOf(1), { ...end('col_x'), boardId: elsewhere })
    expect(lay(one)).toEqual(['Card 2'])
    server.calls[0]?.answer(refused)
    await moving
    expect(lay(one)).toEqual(['Card 1', 'Card 2'])
  })

  test('two of one card are answered one by one', async () => {
    const first = store.move(idOf(1), end(two))
    const second = store.edit(idOf(1), { title: 'Renamed' })
    server.calls[0]?.answer(refused)
    await first
    expect(lay(one)).toEqual(['Renamed', 'Card 2'])
    server.calls[1]?.answer(kept(card(1, one, { title: 'Renamed', revision: 2 })))
    await second
    expect(lay(one)).toEqual(['Renamed', 'Card 2'])
  })
})

describe('news', () => {
  test('that are late or repeated change nothing', () => {
    news(card(1, two, { place: 'a4', revision: 5 }))
    const { cards } = store.state()
    news(card(1, three, { revision: 4 }))
    news(card(1, two, { place: 'a4', revision: 5 }))
    expect(store.state().cards).toBe(cards)
    expect(lay(two)).toEqual(['Card 3', 'Card 1'])
  })

  test('of a card that left or was settled take it off the board, and late ones do not bring it back', () => {
    news(card(1, one, { boardId: elsewhere, revision: 3 }), card(2, one, { status: 'trashed', revision: 3 }))
    expect(lay(one)).toEqual([])
    news(card(1, one, { revision: 2 }), card(2, one, { revision: 2 }))
    expect(lay(one)).toEqual([])
    news(card(2, one, { revision: 4 }))
    expect(lay(one)).toEqual(['Card 2'])
  })

  test('of another board are not for this one', () => {
    store.heard({ type: 'cards.changed', boardId: elsewhere, cards: [card(1, two, { revision: 9 })] })
    expect(lay(one)).toEqual(['Card 1', 'Card 2'])
  })

  test('keep the objects of cards they do not change', () => {
    const before = store.state().cards.get(idOf(2))
    news(card(1, two, { revision: 2 }))
    expect(store.state().cards.get(idOf(2))).toBe(before)
  })

  test('of columns are taken at once and read again, for two lists do not say which is later', () => {
    store.heard({ type: 'columns.changed', boardId, columns: [column(2), column(1)] })
    expect(store.state().columns.map(({ name }) => name)).toEqual(['Column 1', 'Column 2'])
    store.heard({ type: 'beside.changed', boardId, what: 'tray', activityId: null })
    // Two reasons in one breath are one reading.
    expect(later).toHaveLength(1)
  })
})

describe('reading again', () => {
  test('says which cards it knows, guesses apart, and keeps them when they are the same', async () => {
    void store.edit(idOf(2), { title: 'Not answered yet' })
    const reading = store.reread()
    expect(reads[0]?.known).toBe(cardsStamp([card(3, two), card(1), card(2)]))
    expect(reads[0]?.known).not.toBe(cardsStamp([card(1), card(2, one, { revision: 2 }), card(3, two)]))
    news(card(1, two, { place: 'a7', revision: 2 }))
    reads[0]?.answer({ ...pageOf([]), cards: null, leads: ['mem_1'] })
    await reading
    expect(store.state().leads).toEqual(['mem_1'])
    expect(lay(one)).toEqual(['Not answered yet'])
    expect(lay(two)).toEqual(['Card 3', 'Card 1'])
  })

  test('is not needed for what the news say, nor for what no card shows', () => {
    const heard: unknown[] = []
    store.listen((news) => heard.push(news))
    const beside = { type: 'beside.changed', boardId, activityId: idOf(1) } as const
    store.heard({ ...beside, what: 'comments', count: 4 })
    store.heard({ ...beside, what: 'files' })
    expect(later).toHaveLength(0)
    expect(store.state().comments).toEqual({ [idOf(1)]: 4 })
    // An open panel hears of both.
    expect(heard).toHaveLength(2)
    store.heard({ ...beside, what: 'relations' })
    expect(later).toHaveLength(1)
  })

  test('keeps a waiting guess on top, and its answer afterwards', async () => {
    const moving = store.move(idOf(1), end(two))
    const reading = store.reread()
    reads[0]?.answer(pageOf([card(1), card(2, three, { revision: 2 }), card(3, two)]))
    await reading
    expect([lay(two), lay(three)]).toEqual([['Card 3', 'Card 1'], ['Card 2']])
    server.calls[0]?.answer(kept(card(1, two, { place: 'a4', revision: 2 })))
    await moving
    expect(lay(two)).toEqual(['Card 3', 'Card 1'])
  })

  test('does not undo what was told while it was on its way', async () => {
    const reading = store.reread()
    news(card(1, two, { place: 'a7', revision: 2 }), card(8, three))
    reads[0]?.answer(pageOf([card(1), card(2), card(3, two)]))
    await reading
    expect([lay(two), lay(three)]).toEqual([['Card 3', 'Card 1'], ['Card 8']])
  })

  test('takes away what is not there any more, and late news do not bring it back', async () => {
    const reading = store.reread()
    reads[0]?.answer(pageOf([card(2)]))
    await reading
    expect(store.state().cards.size).toBe(1)
    news(card(1))
    expect(store.state().cards.size).toBe(1)
    // It came back for good: undone by its owner.
    news(card(1, one, { revision: 3 }))
    expect(lay(one)).toEqual(['Card 1', 'Card 2'])
  })

  test('of two the later counts, whichever is answered last', async () => {
    const first = store.reread()
    const second = store.reread()
    reads[1]?.answer(pageOf([card(2)]))
    reads[0]?.answer(pageOf([card(1), card(2), card(3)]))
    await Promise.all([first, second])
    expect(store.state().cards.size).toBe(1)
  })

  test('that fails leaves everything as it is; a board that is gone ends', async () => {
    const first = store.reread()
    reads[0]?.fail()
    await first
    expect(store.state().cards.size).toBe(3)
    const second = store.reread()
    reads[1]?.answer(null)
    await second
    expect(store.state().live).toBe('ended')
    store.linked('live')
    expect(store.state().live).toBe('ended')
  })

  test('keeps parts that say the same', async () => {
    const { columns: before, may } = store.state()
    const reading = store.reread()
    const page = pageOf([card(1), card(2), card(3, two)])
    reads[0]?.answer({
      ...page,
      columns: page.columns.map((one_) => ({ ...one_ })),
      may: { ...page.may, edit: false },
    })
    await reading
    expect(store.state().columns).toBe(before)
    expect(store.state().may).not.toBe(may)
  })
})

describe('undo', () => {
  test('by key takes back the last click, then the one before', async () => {
    const ids = [newId('chg'), newId('chg')]
    for (const [i, id] of ids.entries()) {
      const moving = store.move(idOf(1), end(i === 0 ? two : three))
      server.calls.at(-1)?.answer({
        ok: true,
        value: { cards: [card(1, i === 0 ? two : three, { revision: i + 2 })], undo: id },
      })
      await moving
    }
    for (const [i, id] of [...ids].reverse().entries()) {
      const undoing = store.undo()
      await vi.waitFor(() => expect(server.calls.filter(({ name }) => name === 'undo')).toHaveLength(i + 1))
      expect(server.calls.at(-1)).toMatchObject({ name: 'undo', input: { changeId: id } })
      server.calls.at(-1)?.answer(kept(card(1, i === 0 ? two : one, { revision: i + 4 })))
      await undoing
    }
    expect(lay(one)).toEqual(['Card 1', 'Card 2'])
    expect(await store.undo()).toBe(false)
  })

  test('by key waits for the answer of what was done a moment ago', async () => {
    const moving = store.move(idOf(1), end(two))
    const undoing = store.undo()
    expect(server.calls.map(({ name }) => name)).toEqual(['move'])
    const id = newId('chg')
    server.calls[0]?.answer({
      ok: true,
      value: { cards: [card(1, two, { place: 'a4', revision: 2 })], undo: id },
    })
    await moving
    await vi.waitFor(() => expect(server.calls).toHaveLength(2))
    expect(server.calls[1]).toMatchObject({ name: 'undo', input: { changeId: id } })
    server.calls[1]?.answer(kept(card(1, one, { revision: 3 })))
    expect(await undoing).toBe(true)
    expect(lay(one)).toEqual(['Card 1', 'Card 2'])
  })

  test('that is refused leaves the board as it is', async () => {
    const undoing = store.undo(newId('chg'))
    server.calls.at(-1)?.answer({ ok: false, code: 'conflict', message: 'Newer.', detail: {} })
    expect(await undoing).toBe(false)
    expect(lay(one)).toEqual(['Card 1', 'Card 2'])
  })
})

// Random moves, edits, archiving by four people whose answers and news come late, twice and out of order.
describe('whatever is delivered when', () => {
  for (let seed = 1; seed <= 80; seed++)
    test(`all end equal to the server, nothing lost or doubled (seed ${seed})`, async () => {
      const { next: random, pick } = rng(seed)
      let truth = new Map(
        Array.from({ length: 8 }, (_, i) => card(i + 1, pick([one, two, three]))).map((c) => [
          c.id as string,
          c,
        ]),
      )
      const present = () => [...truth.values()].filter((c) => c.status === 'active' && c.boardId === boardId)
      const mailboxes: (() => void)[][] = []
      const people = Array.from({ length: 4 }, (_, who) => {
        const box: (() => void)[] = []
        mailboxes.push(box)
        const save = (next: Card): Answer<Kept> => {
          const before = truth.get(next.id)
          const saved = { ...next, revision: (before?.revision ?? 0) + 1 }
          truth = new Map(truth).set(saved.id, saved)
          for (const [other, mail] of mailboxes.entries()) {
            const tell = () => people[other]?.heard({ type: 'cards.changed', boardId, cards: [saved] })
            mail.push(tell)
            if (random() < 0.3) mail.push(tell)
          }
          return kept(saved)
        }
        /** The server decides when the request arrives; its answer arrives some time later. */
        const asked = (decide: () => Answer<Kept>) =>
          new Promise<Answer<Kept>>((resolve, reject) => {
            box.push(() => {
              if (random() < 0.15) return reject(new Error('the line is cut'))
              const answer = decide()
              box.push(() => resolve(answer))
            })
          })
        const gone: Answer<Kept> = { ok: false, code: 'activity_not_active', message: '', detail: {} }
        const acts: BoardActs = {
          ...server.acts,
          move: ({ activityId, to }) =>
            asked(() => {
              const mine = truth.get(activityId)
              if (mine?.status !== 'active') return gone
              const there = present().filter((c) => c.columnId === to.columnId)
              const moved = place(mine, { ...to, columnId: to.columnId as Id<'col'> }, there)
              return moved === mine ? { ok: true, value: { cards: [mine], undo: null } } : save(moved)
            }),
          edit: ({ activityId, fields }) =>
            asked(() => {
              const mine = truth.get(activityId)
              return mine?.status === 'active' ? save({ ...mine, title: fields.title ?? mine.title }) : gone
            }),
          many: ({ activityIds }) =>
            asked(() => {
              const mine = truth.get(activityIds[0] ?? '')
              return mine ? save({ ...mine, status: 'archived' }) : gone
            }),
        }
        void who
        return new BoardStore(pageOf(present()), {
          acts,
          read: (known) =>
            new Promise((resolve) => {
              // Read now, delivered later: what happens meanwhile is only in the news.
              const same = cardsStamp(present()) === known
              const page = { ...pageOf(present()), cards: same ? null : present() }
              box.push(() => resolve(page))
            }),
          tell: () => undefined,
          say: () => undefined,
          later: (work) => {
            box.push(work)
            return () => undefined
          },
        })
      })
      const settle = async () => {
        // As many turns as an answer takes through the layers of the store.
        for (let turn = 0; turn < 12; turn++) await null
      }
      const deliver = async () => {
        const box = pick(mailboxes.filter((mail) => mail.length > 0))
        const [work] = box.splice(Math.floor(random() * Math.min(box.length, 4)), 1)
        work?.()
        await settle()
      }
      for (let step = 0; step < 120; step++) {
        const person = pick(people)
        const cards = [...person.state().cards.values()]
        const what = random()
        if (what < 0.45 && mailboxes.some((mail) => mail.length > 0)) await deliver()
        else if (what < 0.8 && cards.length > 0) {
          const to = pick([one, two, three])
          const there = cards.filter((c) => c.columnId === to).sort(inOrder)
          const at = Math.floor(random() * (there.length + 1))
          void person.move(pick(cards).id, {
            columnId: to,
            after: there[at - 1]?.id ?? null,
            before: there[at]?.id ?? null,
          })
        } else if (what < 0.93 && cards.length > 0)
          void person.edit(pick(cards).id, { title: `Title ${step}` })
        else if (what < 0.96 && cards.length > 3) void person.settle([pick(cards).id], 'archived')
        else void person.reread()
      }
      while (mailboxes.some((mail) => mail.length > 0)) await deliver()
      const expected = present().sort(inOrder)
      for (const person of people) {
        expect(person.state().waiting.size).toBe(0)
        expect([...person.state().cards.values()].sort(inOrder)).toEqual(expected)
      }
      for (const { id } of columns) {
        const keys = expected.filter((c) => c.columnId === id).map((c) => c.place)
        expect(new Set(keys).size).toBe(keys.length)
      }
    })
})
