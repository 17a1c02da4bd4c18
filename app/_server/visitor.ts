import 'server-only'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { Context, GuestContext, UserContext } from '@/lib/commands/context'
import { Refusal } from '@/lib/domain/refusal'
import { getRuntime } from '@/lib/server/runtime'
import { readLanguage } from './language'

/** The path of the page asked for, set by our own server on every request (a client's value is overwritten). */
export const PATH_HEADER = 'x-throughline-path'
/** The visitor's network address, likewise. */
export const ADDRESS_HEADER = 'x-throughline-address'

const session = cache(async () => {
  const given = await headers()
  return getRuntime().readSession({ cookie: given.get('cookie') ?? undefined })
})

/** Somebody at the door. Costs no query beyond the session's. */
export const guestContext = cache(async (): Promise<GuestContext> => {
  const given = await headers()
  const { store, live, mailer, clock, appUrl, files, exchange } = getRuntime()
  const signedIn = await session()
  return {
    store,
    live,
    mailer,
    clock,
    appUrl,
    files,
    exchange,
    language: await readLanguage(signedIn?.user.locale ?? null),
    address: given.get(ADDRESS_HEADER) ?? 'unknown',
    userAgent: (given.get('user-agent') ?? '').slice(0, 300),
  }
})

/** The signed-in user, or null. */
export const maybeUser = cache(async (): Promise<UserContext | null> => {
  const signedIn = await session()
  if (!signedIn) return null
  return { ...(await guestContext()), user: signedIn.user, sessionId: signedIn.sessionId }
})

/** The signed-in user, or a refusal. */
export async function userContext(): Promise<UserContext> {
  const user = await maybeUser()
  if (!user) throw new Refusal('not_signed_in')
  return user
}

/** The member of a workspace, named by id or slug; `not_found` for strangers and for what does not exist alike. */
export const memberContext = cache(async (workspace: string): Promise<Context> => {
  const user = await userContext()
  const actor = await user.store.read.members.actor(workspace, user.user.id, user.sessionId)
  if (!actor) throw new Refusal('not_found')
  return { ...user, actor }
})

/** Sends to signing in, and back here afterwards. */
export async function goSignIn(): Promise<never> {
  const path = (await headers()).get(PATH_HEADER) ?? '/'
  redirect(path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`)
}
