import 'server-only'
import { z } from 'zod'
import type { Context, GuestContext, UserContext } from '@/lib/commands/context'
import { type Action, type Door, permit } from '@/lib/domain/permissions'
import { Refusal, refusalStatus } from '@/lib/domain/refusal'
import { refuse, retryAfter } from './refuse'
import { guestContext, memberContext, userContext } from './visitor'

type Params = Record<string, string | string[]>
interface Visit<C> {
  readonly context: C
  readonly request: Request
  readonly params: Params
}
type Handler = (request: Request, given: { params: Promise<Params> }) => Promise<Response>

const inWorkspace = z.object({ workspace: z.string().max(80) })

/** A route handler of a member; the workspace is the path's `[workspace]`. */
export function route(name: Action, run: (visit: Visit<Context>) => Promise<Response>): Handler
export function route(
  door: 'public' | 'guest',
  run: (visit: Visit<GuestContext>) => Promise<Response>,
): Handler
export function route(door: 'user', run: (visit: Visit<UserContext>) => Promise<Response>): Handler
export function route(name: Action | Door, run: (visit: Visit<never>) => Promise<Response>): Handler {
  return async (request, given) => {
    const requestId = crypto.randomUUID()
    try {
      const params = await given.params
      const context = await enter(name, params)
      return await run({ context: context as never, request, params })
    } catch (error) {
      const said = await refuse(error, name)
      const wait = retryAfter(said)
      const headers = {
        'cache-control': 'private, no-store',
        ...(wait !== null && { 'retry-after': String(wait) }),
      }
      return Response.json(
        { error: { code: said.code, message: said.message, requestId } },
        { status: refusalStatus(said.code), headers },
      )
    }
  }
}

async function enter(name: Action | Door, params: Params): Promise<GuestContext | UserContext | Context> {
  if (name === 'public' || name === 'guest') return guestContext()
  if (name === 'user') return userContext()
  const where = inWorkspace.safeParse(params)
  if (!where.success) throw new Refusal('not_found')
  const context = await memberContext(where.data.workspace)
  permit(context.actor, name)
  return context
}
