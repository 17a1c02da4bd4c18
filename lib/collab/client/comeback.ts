import { Close } from '../protocol/numbers'
import type { ClientTime } from './client-time'
import { pace } from './pace'
import type { SaveState } from './save-state'

/** Why coming back is no use. */
export type Verdict =
  | Extract<SaveState, { kind: 'revoked' }>
  | { readonly kind: 'outdated' }
  | { readonly kind: 'refused'; readonly reason: 'too_large' | 'not_accepted' }

/** Whether to come back after a close, and when. */
export class Comeback {
  private attempts = 0
  private closes: { readonly code: number; readonly at: number }[] = []

  constructor(private readonly time: ClientTime) {}

  /** What a close code means for good; null: come back. `wasGreeted`: the connection had been let in. */
  judge(code: number, wasGreeted: boolean): Verdict | null {
    switch (code) {
      case Close.notSignedIn:
        return { kind: 'revoked', reason: 'not_signed_in' }
      case Close.notFound:
        return wasGreeted ? null : { kind: 'revoked', reason: 'not_found' }
      case Close.notAllowed:
        // In the middle it means "judged again"; at the door it is the judgement.
        if (!wasGreeted) return { kind: 'revoked', reason: 'not_allowed' }
        return this.tooOften(code) ? { kind: 'refused', reason: 'not_accepted' } : null
      case Close.outdated:
        return { kind: 'outdated' }
      case Close.tooLarge:
      case 1009:
        return { kind: 'refused', reason: 'too_large' }
      case Close.badFrame:
      case Close.resync:
        return this.tooOften(code) ? { kind: 'refused', reason: 'not_accepted' } : null
      default:
        return null
    }
  }

  /** Milliseconds until the next try; longer each time. */
  delay(code: number): number {
    const { attempts } = this
    this.attempts += 1
    const chance = this.time.random()
    if (code === Close.notAllowed || code === Close.notFound || code === Close.resync)
      return 50 + chance * 200
    if (code === Close.restart && attempts < 3) return 100 + chance * 900
    if (code === Close.tooFast) return 2_000 + chance * 3_000
    const most = Math.min(pace.backoffMost, pace.backoffFirst * 2 ** attempts)
    return most / 2 + (chance * most) / 2
  }

  /** There is a reason to try at once: the network is back, the server has answered. */
  hopeful(): void {
    this.attempts = 0
  }

  /** The server has taken something, or the person asks: what was before does not count. */
  afresh(): void {
    this.attempts = 0
    this.closes = []
  }

  private tooOften(code: number): boolean {
    const now = this.time.now()
    this.closes = this.closes.filter((close) => now - close.at < 60_000)
    this.closes.push({ code, at: now })
    return this.closes.filter((close) => close.code === code).length >= pace.patience
  }
}
