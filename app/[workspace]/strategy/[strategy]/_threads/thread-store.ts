import type { ThreadsView, ThreadView } from '@/lib/queries/threads'
import { type Store, store } from '../_editor/store'

export interface ThreadsState extends ThreadsView {
  readonly phase: 'loading' | 'ready' | 'failed'
}

const nothing: ThreadsState = {
  phase: 'loading',
  threads: [],
  people: [],
  departments: [],
  measures: [],
  me: 'mem_',
  mayComment: false,
  mayModerate: false,
}

/** Several threads that change in one breath are asked for together; milliseconds. */
const GATHER = 40
/** More than this, and all are read again. */
const MANY = 12

/** The threads of the strategy on this page, kept as the server has them. */
export class ThreadStore {
  readonly state: Store<ThreadsState> = store(nothing)
  private readonly changed = new Set<string>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private destroyed = false
  /** Answers that were asked for before a newer question are dropped. */
  private asked = 0

  constructor(private readonly url: string) {}

  /** Reads all. What is shown stays while it runs, and when it fails. */
  async load(): Promise<void> {
    this.asked += 1
    const mine = this.asked
    try {
      const response = await fetch(this.url, { cache: 'no-store' })
      if (!response.ok) throw new Error(String(response.status))
      const view = (await response.json()) as ThreadsView
      if (this.destroyed || mine !== this.asked) return
      this.state.set({ ...view, phase: 'ready' })
    } catch {
      const now = this.state.get()
      if (!this.destroyed && now.phase === 'loading') this.state.set({ ...now, phase: 'failed' })
    }
  }

  /** Something was said, ended or moved in this thread. */
  heard(threadId: string): void {
    this.changed.add(threadId)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.readChanged(), GATHER)
  }

  /** Reads one thread at once; null when it is gone. */
  async read(threadId: string): Promise<ThreadView | null> {
    const response = await fetch(`${this.url}?thread=${encodeURIComponent(threadId)}`, { cache: 'no-store' })
    if (!response.ok) throw new Error(String(response.status))
    const { thread } = (await response.json()) as { thread: ThreadView | null }
    if (!this.destroyed) this.put(threadId, thread)
    return thread
  }

  destroy(): void {
    this.destroyed = true
    clearTimeout(this.timer)
  }

  private async readChanged(): Promise<void> {
    const ids = [...this.changed]
    this.changed.clear()
    if (ids.length > MANY) return this.load()
    // Whoever could not be reached is asked again when the connection is back.
    await Promise.allSettled(ids.map((id) => this.read(id)))
  }

  private put(threadId: string, thread: ThreadView | null): void {
    const now = this.state.get()
    if (now.phase !== 'ready') return
    const known = now.threads.find((one) => one.id === threadId)
    // Two answers may overtake each other: the newer revision stays.
    if (known && thread && known.revision > thread.revision) return
    const rest = now.threads.filter((one) => one.id !== threadId)
    if (!thread) {
      if (known) this.state.set({ ...now, threads: rest })
      return
    }
    const at = known ? now.threads.indexOf(known) : rest.length
    this.state.set({ ...now, threads: [...rest.slice(0, at), thread, ...rest.slice(at)] })
  }
}

/** How many of a thread's comments stand. */
export function standing(thread: ThreadView): number {
  return thread.comments.filter((comment) => !comment.deleted).length
}

export const filters = ['open', 'mine', 'resolved', 'deleted'] as const
export type Filter = (typeof filters)[number]

/** Which threads a filter shows. `mine`: those one has spoken in, or is named in. */
export function filtered(threads: readonly ThreadView[], filter: Filter, me: string): ThreadView[] {
  return threads.filter((thread) => shows(thread, filter, me))
}

function shows(thread: ThreadView, filter: Filter, me: string): boolean {
  switch (filter) {
    case 'open':
      return !thread.resolved
    case 'mine':
      return (
        !thread.resolved &&
        thread.comments.some(
          (comment) => !comment.deleted && (comment.mine || comment.text.includes(`](${me})`)),
        )
      )
    case 'resolved':
      return thread.resolved !== null
    case 'deleted':
      return thread.onDeletedText && !thread.resolved
  }
}
