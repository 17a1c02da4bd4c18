import { failpoint } from '@/lib/kit/failpoint'
import type { Limits } from '../limits'
import { Close } from '../protocol/numbers'
import { scanStateVector, scanUpdate } from '../protocol/scan-update'
import type { Connection } from './connection'
import type { Applied, LiveDocument } from './live-document'
import type { Claim, Time } from './ports'

export type Taken =
  /** The connection was closed for it, or it waits for a step 2 that brings it again. */
  | { readonly kind: 'not' }
  /** Nothing new in it. */
  | { readonly kind: 'known' }
  | { readonly kind: 'new'; readonly applied: Applied; readonly claims: readonly Claim[] }
  /** The connection was closed, and the document in memory must not be used any more. */
  | { readonly kind: 'damaged'; readonly why: string }

const NOT: Taken = { kind: 'not' }
const KNOWN: Taken = { kind: 'known' }

/** What becomes of the questions and updates clients send: budgets, the guard, the document. */
export class Intake {
  private readonly freeClocks = new Map<string, number>()

  constructor(
    private readonly limits: Limits,
    private readonly time: Time,
  ) {}

  /** Throws BadFrame. */
  take(connection: Connection, kind: 'step2' | 'update', update: Uint8Array, into: LiveDocument): Taken {
    const { limits, time } = this
    const { userId } = connection.identity
    if (update.length > (kind === 'step2' ? limits.syncBytes : limits.liveUpdateBytes))
      return closed(connection, Close.tooLarge, 'more than one frame may carry')
    const first = kind === 'step2' && !connection.firstSyncDone
    if (!first && !connection.byteBudget.take(update.length, time.now()))
      return closed(connection, Close.tooFast, 'too many bytes')
    const began = time.cost()
    const scanned = scanUpdate(update)
    connection.frames += 1
    if (kind === 'step2') {
      connection.firstSyncDone = true
      connection.covered()
    }
    const verdict = into.judge(scanned, update.length, userId)
    failpoint('afterGuard')
    if (verdict.kind === 'gap') return this.gap(connection)
    if (verdict.kind === 'forged') return closed(connection, Close.notAllowed, 'another author')
    if (verdict.kind === 'bad') return closed(connection, Close.badFrame, verdict.why)
    connection.claimed += verdict.claims.length
    if (
      connection.claimed > limits.newClientsPerConnection ||
      !this.freeClocksLeft(userId, scanned.freeClocks)
    )
      return closed(connection, Close.tooFast, 'too many client ids or clocks')
    const applied = into.apply(scanned, update, kind === 'update' && verdict.exact)
    if (applied !== null && 'why' in applied) {
      connection.close(Close.badFrame, applied.why)
      return { kind: 'damaged', why: applied.why }
    }
    this.charge(connection, began)
    if (applied === null) return KNOWN
    return { kind: 'new', applied, claims: into.claim(verdict.claims, userId) }
  }

  /** Whether this question for the document may be answered; if not, the connection is closed. Throws BadFrame. */
  mayAsk(connection: Connection, stateVector: Uint8Array): boolean {
    if (stateVector.length > this.limits.stateVectorBytes) {
      connection.close(Close.tooLarge, 'state vector too large')
      return false
    }
    scanStateVector(stateVector)
    if (connection.mayAskAgain()) return true
    connection.close(Close.tooFast, 'asks for the document too often')
    return false
  }

  /** Sends what a connection lacks; from then on it gets every commit. */
  answer(connection: Connection, stateVector: Uint8Array, from: LiveDocument): void {
    const began = this.time.cost()
    const frame = from.answers.step2(stateVector)
    connection.receives = true
    connection.sendReply(frame)
    this.charge(connection, began)
  }

  /** Server time spent on a connection since `began`. */
  private charge(connection: Connection, began: number): void {
    if (!connection.cpuBudget.spend(this.time.cost() - began, this.time.now()))
      connection.close(Close.tooFast, 'too much work')
  }

  private freeClocksLeft(userId: string, clocks: number): boolean {
    if (clocks === 0) return true
    const used = (this.freeClocks.get(userId) ?? 0) + clocks
    this.freeClocks.set(userId, used)
    return used <= this.limits.freeClocksPerUser
  }

  /** RM7: before the first step 2 a gap is natural - the client typed before it knew what we lack. */
  private gap(connection: Connection): Taken {
    if (connection.step2Received < connection.step1Sent && connection.early < this.limits.earlyUpdates) {
      connection.early += 1
      connection.hold()
      return NOT
    }
    return closed(connection, Close.resync, 'builds on what is not here')
  }
}

function closed(connection: Connection, code: Parameters<Connection['close']>[0], reason: string): Taken {
  connection.close(code, reason)
  return NOT
}
