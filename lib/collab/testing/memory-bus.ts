import type { Bus, BusNote } from '../room/ports'

/** A note on its way to one node. */
export interface Carried {
  readonly to: string
  readonly from: string
  readonly note: BusNote
}

interface End {
  readonly heard: (note: BusNote, from: string) => void
  readonly missed: () => void
}

/** A bus within one process: pub/sub as it is, with every note in the hands of the test. */
export class MemoryWire {
  /** What was said and has not arrived; empty when notes travel at once. */
  readonly carried: Carried[] = []
  private readonly ends = new Map<string, Set<End>>()
  private readonly cut = new Set<string>()

  /** `atOnce`: notes arrive by themselves; otherwise the test delivers, loses and repeats them. */
  constructor(private readonly atOnce: boolean) {}

  /** The end of a node of this name. */
  join(name: string): Bus {
    const ends = new Set<End>()
    this.ends.set(name, ends)
    const { cut } = this
    return {
      shared: true,
      get up() {
        return !cut.has(name)
      },
      publish: (note) => {
        if (cut.has(name)) return
        for (const to of this.ends.keys()) {
          if (to === name) continue
          const one = { to, from: name, note: structuredClone(note) }
          if (this.atOnce) this.deliver(one)
          else this.carried.push(one)
        }
      },
      subscribe: (heard, missed) => {
        const end = { heard, missed }
        ends.add(end)
        return () => ends.delete(end)
      },
    }
  }

  /** That node is no more: nothing is carried to it. */
  leave(name: string): void {
    this.ends.delete(name)
  }

  deliver({ to, from, note }: Carried): void {
    if (this.cut.has(to)) return
    for (const { heard } of this.ends.get(to) ?? []) heard(note, from)
  }

  /** It hears nothing, is not heard, and knows it. */
  cutOff(name: string): void {
    this.cut.add(name)
  }

  mend(name: string): void {
    this.cut.delete(name)
    for (const { missed } of this.ends.get(name) ?? []) missed()
  }
}
