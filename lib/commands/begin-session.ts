import type { Id } from '@/lib/kit/ids'
import type { GuestContext } from './context'
import { type Started, startSession } from './start-session'

/** Begins a session for a user whom a provider has vouched for. */
export function beginSession(context: GuestContext, userId: Id<'usr'>): Promise<Started> {
  return context.store.transact((tx) => startSession(tx, context, userId))
}
