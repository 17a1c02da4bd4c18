import type { ProposalsView } from '@/lib/queries/proposals'
import { type Store, store } from '../_editor/store'

export interface ProposalsState extends ProposalsView {
  readonly phase: 'loading' | 'ready' | 'failed'
}

const nothing: ProposalsState = {
  phase: 'loading',
  open: [],
  closed: [],
  mayDecide: false,
  mayPropose: false,
  mayComment: false,
}

/** What is told in one breath is asked for once; milliseconds. */
const GATHER = 120

/** What is proposed in the strategy on this page, as the server has it. */
export class ProposalStore {
  readonly state: Store<ProposalsState> = store(nothing)
  private timer: ReturnType<typeof setTimeout> | undefined
  /** Answers that were asked for before a newer question are dropped. */
  private asked = 0

  constructor(private readonly url: string) {}

  async load(): Promise<void> {
    this.asked += 1
    const mine = this.asked
    try {
      const response = await fetch(this.url, { cache: 'no-store' })
      if (!response.ok) throw new Error(String(response.status))
      const view = (await response.json()) as ProposalsView
      if (mine === this.asked) this.state.set({ ...view, phase: 'ready' })
    } catch {
      const now = this.state.get()
      if (mine === this.asked && now.phase === 'loading') this.state.set({ ...now, phase: 'failed' })
    }
  }

  heard(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.load(), GATHER)
  }

  destroy(): void {
    this.asked += 1
    clearTimeout(this.timer)
  }
}
