import 'server-only'
import { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import type { GuestContext } from '@/lib/commands/context'
import type { WithHasher } from '@/lib/commands/hasher'
import { Refusal } from '@/lib/domain/refusal'
import { authOptions, type SignInProvider, signInProviders } from '@/lib/server/auth-options'
import { getRuntime } from '@/lib/server/runtime'

/** What a command that looks at passwords is given. */
export function withHasher<C>(context: C): WithHasher<C> {
  return { ...context, hasher: getRuntime().hasher }
}

/** The ways to sign in elsewhere that this server knows. */
export function providers(): SignInProvider[] {
  return signInProviders(getRuntime().config)
}

/** What next-auth answers below /api/auth. */
const ACTIONS = new Set(['csrf', 'session', 'signin', 'signout', 'callback', 'error', 'providers'])

/** Answers a request of next-auth's own protocol. */
export async function answerAuth(visit: {
  readonly context: GuestContext
  readonly request: Request
  readonly params: Record<string, string | string[]>
}): Promise<Response> {
  const nextauth = [visit.params.nextauth ?? []].flat()
  // Of its other actions, `_log` lets anybody write into the server's log.
  if (!ACTIONS.has(nextauth[0] ?? '')) throw new Refusal('not_found')
  const { config, secret, log, hasher } = getRuntime()
  const options = authOptions({ config, secret, log, hasher, context: visit.context })
  return NextAuth(new NextRequest(visit.request), { params: { nextauth } }, options)
}
