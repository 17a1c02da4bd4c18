import { randomBytes } from 'node:crypto'
import { Refusal } from '@/lib/domain/refusal'
import { opens, VISIT_SECONDS } from '@/lib/domain/share'
import type { GuestContext } from './context'
import type { WithHasher } from './hasher'
import { limit, limitAll, limitKey } from './rate-limit'

/** Tries from one address, whatever the link: enough for an office, not for a search. */
const TRIES = { max: 40, seconds: 600 }
/** Passwords tried at one link: from one address, and from everywhere. */
const PASSWORDS = { max: 8, seconds: 600 }
const PASSWORDS_OF_ALL = { max: 60, seconds: 3600 }

export interface Visit {
  readonly shareId: string
  /** What the browser's cookie says from now on. */
  readonly token: string
  readonly until: Date
}

/**
 * Exchanges the token of a link, with its password if it has one, for a visit. Refuses with `expired` whatever is wrong
 * with the link, `wrong_share_password`, or `rate_limited`.
 */
export async function openShare(
  { store, clock, hasher, address }: WithHasher<GuestContext>,
  input: { readonly token: string; readonly password: string },
): Promise<Visit> {
  await limit(store, limitKey('share', address), TRIES, clock.now())
  const found = await store.read.shares.byToken(input.token)
  if (!found || !opens(found, clock.now())) throw new Refusal('expired')
  const { share } = found
  if (share.hasPassword) {
    await limitAll(
      store,
      [
        [limitKey('share-password', share.id, address), PASSWORDS],
        [limitKey('share-password', share.id), PASSWORDS_OF_ALL],
      ],
      clock.now(),
    )
    const hash = await store.read.shares.passwordHash(share.id)
    if (!(await hasher.verify(hash, input.password)))
      throw new Refusal('wrong_share_password', { field: 'password' })
  }
  const token = randomBytes(32).toString('base64url')
  const now = clock.now()
  const until = new Date(Math.min(share.expiresAt.getTime(), now + VISIT_SECONDS * 1000))
  const letIn = await store.transact((tx) => tx.shares.letIn(share.id, { token, until }, new Date(now)))
  if (!letIn) throw new Refusal('expired')
  return { shareId: share.id, token, until }
}
