import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '@/app/_server/answer'
import { changeColumn } from '@/lib/commands/change-column'
import { changeMany } from '@/lib/commands/change-many'
import type { Context } from '@/lib/commands/context'
import { createActivity } from '@/lib/commands/create-activity'
import { duplicateActivity } from '@/lib/commands/duplicate-activity'
import { editActivity } from '@/lib/commands/edit-activity'
import { moveActivity } from '@/lib/commands/move-activity'
import { undoChange } from '@/lib/commands/undo-change'
import type { Activity } from '@/lib/domain/activity'
import { type Card, cardOf } from '@/lib/domain/card'
import type { LiveEvent } from '@/lib/domain/live-event'
import { Refusal } from '@/lib/domain/refusal'
import { must } from '@/lib/kit/assert'
import { inOrder } from '@/lib/kit/order-key'
import { boardPage } from '@/lib/queries/board'
import { type House, house } from '@/lib/testing/builders'
import { type BoardActs, BoardStore } from './board-store'

let home: House
beforeAll(async () => {
  home = await house()
})
afterAll(() => home.close())

/** Chance that can be had again (mulberry32). */
function dice(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

type Kept = { value: Activity | readonly Activity[]; undo: string | null }
const cardsOf = ({ value }: Kept): Card[] => (Array.isArray(value) ? value : [value]).map(cardOf)

/**
 * Three tabs of three people on one board, with the real store of the page, the real commands and a real database.
 * Every request, every answer and every piece of news waits until chance delivers it, in whatever order, some of it
 * twice. In every second walk a connection is lost now and then with all that was on its way, and the tab reads the
 * board again; in the others nobody ever reads again, and news alone must do. At last old news come once more. Afterwards
 * every tab shows what a fresh read shows, each column's keys ascend strictly, and no card is lost or doubled.
 */
test.each([1, 2, 3, 4])(
  'three tabs, everything late, repeated or lost: walk %i',
  async (seed) => {
    const loses = seed % 2 === 0
    const roll = dice(seed)
    const owner = await home.workspace()
    const people = [owner, await home.member(owner, 'partner'), await home.member(owner, 'partner')]
    const board = must((await home.store.read.boards.list(owner.actor.workspaceId))[0], 'a first board')
    const read = async (by: Context) => must(await boardPage(by, board.id, 'UTC'), 'they may read it')
    const late: (() => Promise<void> | void)[] = []
    const made = new Set<string>()
    let heard = home.told.events.length
    /** Requests that are not answered yet. */
    let open = 0
    /** Of these, those the database has in its hands. */
    let inside = 0

    const tabs = await Promise.all(
      people.map(async (by) => {
        const mail: LiveEvent[] = []
        const answered = async (run: () => Promise<Kept>): Promise<Answer<never>> => {
          open += 1
          await new Promise<void>((go) => late.push(go))
          let answer: Answer<unknown>
          try {
            inside += 1
            const kept = await run().finally(() => {
              inside -= 1
            })
            const cards = cardsOf(kept)
            for (const { id } of cards) made.add(id)
            answer = { ok: true, value: { cards, undo: kept.undo } }
          } catch (error) {
            if (!(error instanceof Refusal)) throw error
            answer = { ok: false, code: error.code, message: error.code, detail: {} }
          }
          deal()
          await new Promise<void>((go) => late.push(go))
          open -= 1
          return answer as Answer<never>
        }
        const never = () => Promise.reject(new Error('not part of the walk'))
        const acts: BoardActs = {
          create: (input) => answered(() => createActivity(by, input)),
          move: (input) => answered(() => moveActivity(by, input)),
          edit: (input) => answered(() => editActivity(by, input)),
          duplicate: (input) => answered(() => duplicateActivity(by, input)),
          many: (input) => answered(() => changeMany(by, input)),
          undo: (input) => answered(() => undoChange(by, input)),
          column: async ({ boardId, change }) => {
            const { value, undo } = await changeColumn(by, { boardId, change })
            deal()
            return { ok: true, value: { columns: value, undo } }
          },
          label: never,
          recurring: never,
        }
        const store: BoardStore = new BoardStore(await read(by), {
          acts,
          read: async () => {
            open += 1
            await new Promise<void>((go) => late.push(go))
            inside += 1
            const page = await read(by)
            inside -= 1
            await new Promise<void>((go) => late.push(go))
            open -= 1
            return page
          },
          tell: () => undefined,
          say: () => undefined,
          later: (work) => {
            if (!loses) return () => undefined
            let off = false
            late.push(() => {
              if (!off) work()
            })
            return () => {
              off = true
            }
          },
        })
        return { store, mail, old: [] as LiveEvent[] }
      }),
    )

    /** News that were told since the last time, to every tab, some of them twice. */
    function deal() {
      const news = home.told.events.slice(heard).filter(({ room }) => room === board.id)
      heard = home.told.events.length
      for (const { event } of news)
        for (const { mail } of tabs) for (let n = 0; n <= roll(2); n++) mail.push(event)
    }
    /** Until whatever was set free has gone as far as it goes by itself. */
    const settle = async () => {
      do await new Promise((go) => setImmediate(go))
      while (inside > 0)
      await new Promise((go) => setImmediate(go))
    }
    const free = async (n: number) => {
      for (; n > 0 && late.length > 0; n--) {
        const [go] = late.splice(roll(late.length), 1)
        await go?.()
        await settle()
      }
    }
    const doing: Promise<unknown>[] = []
    for (let n = 0; n < 160; n++) {
      const { store, mail, old } = must(tabs[roll(tabs.length)], 'a tab')
      const hear = (event: LiveEvent) => {
        old.push(event)
        store.heard(event)
      }
      const { columns, cards } = store.state()
      const column = must(columns[roll(columns.length)], 'a column')
      const there = [...cards.values()].filter(({ columnId }) => columnId === column.id).sort(inOrder)
      const at = roll(there.length + 1)
      const to = { columnId: column.id, after: there[at - 1]?.id ?? null, before: there[at]?.id ?? null }
      const card = [...cards.values()][roll(Math.max(1, cards.size))]
      const some = [...cards.keys()].filter(() => roll(8) === 0).slice(0, 5)
      const kind = cards.size < 8 ? 0 : roll(16)
      if (kind < 2) doing.push(store.create({ ...to, title: `Card ${n}` }))
      else if (kind < 8 && card) doing.push(store.move(card.id, to))
      else if (kind === 8 && card) doing.push(store.edit(card.id, { title: `Title ${n}` }))
      else if (kind === 9 && card) doing.push(store.settle([card.id], 'archived'))
      else if (kind === 10) doing.push(store.undo())
      else if (kind === 11 && some.length > 0)
        doing.push(store.many(some, { do: 'move', columnId: column.id }))
      else if (kind === 12 && card) doing.push(store.duplicate(card.id))
      else if (kind === 13 && loses) {
        const after = columns.filter(({ id }) => id !== column.id)[roll(columns.length)]?.id ?? null
        doing.push(store.column({ do: 'move', columnId: column.id, after }))
      } else if (kind > 13 && loses) {
        // The connection is gone, with all that was on its way; back again, the board is read.
        mail.length = 0
        store.linked('behind')
        doing.push(store.reread())
        store.linked('live')
      }
      await free(roll(7))
      for (let taken = roll(5); taken > 0 && mail.length > 0; taken--) {
        const [event] = mail.splice(roll(mail.length), 1)
        if (event) hear(event)
      }
    }
    while (open > 0 || late.length > 0 || tabs.some(({ mail }) => mail.length > 0)) {
      for (const { store, mail } of tabs) for (const event of mail.splice(0).reverse()) store.heard(event)
      await free(late.length)
      await settle()
    }
    await Promise.all(doing)
    await settle()
    for (const { store, old } of tabs)
      for (const event of old) if (event.type === 'cards.changed') store.heard(event)

    const fresh = await read(owner)
    const shown = (cards: Iterable<Card>) => [...cards].sort((a, b) => (a.id < b.id ? -1 : 1))
    for (const { store } of tabs) {
      expect(store.state().waiting.size).toBe(0)
      expect(shown(store.state().cards.values())).toEqual(shown(fresh.cards))
      expect(store.state().columns.map(({ id }) => id)).toEqual(fresh.columns.map(({ id }) => id))
    }
    for (const { id } of fresh.columns) {
      const keys = fresh.cards.filter(({ columnId }) => columnId === id).map(({ place }) => place)
      expect(new Set(keys).size).toBe(keys.length)
    }
    const kept = await home.store.read.activities.byIds([...made] as Activity['id'][])
    expect(kept.length).toBe(made.size)
    expect(fresh.cards.length).toBe(kept.filter(({ status }) => status === 'active').length)
  },
  120_000,
)
