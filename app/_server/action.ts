import 'server-only'
import { unstable_rethrow } from 'next/navigation'
import { z } from 'zod'
import type { Context, GuestContext, UserContext } from '@/lib/commands/context'
import { type Action, type Door, permit } from '@/lib/domain/permissions'
import { refusalStatus } from '@/lib/domain/refusal'
import { requestScope } from '@/lib/server/request-scope'
import type { Answer } from './answer'
import { inputRefusal, refuse, retryAfter } from './refuse'
import { guestContext, memberContext, userContext } from './visitor'

const inWorkspace = z.object({ workspace: z.string().max(80) })

/** A server action of a member: the input names the workspace by id or slug. */
export function action<S extends z.ZodType<{ workspace: string }>, T>(
  name: Action,
  schema: S,
  run: (context: Context, input: z.infer<S>) => Promise<T>,
): (input: z.input<S>) => Promise<Answer<T>>
/** A server action at a door. */
export function action<S extends z.ZodType, T>(
  door: 'public' | 'guest',
  schema: S,
  run: (context: GuestContext, input: z.infer<S>) => Promise<T>,
): (input: z.input<S>) => Promise<Answer<T>>
export function action<S extends z.ZodType, T>(
  door: 'user',
  schema: S,
  run: (context: UserContext, input: z.infer<S>) => Promise<T>,
): (input: z.input<S>) => Promise<Answer<T>>
export function action<T>(
  name: Action | Door,
  schema: z.ZodType,
  run: (context: never, input: never) => Promise<T>,
): (input: unknown) => Promise<Answer<T>> {
  return async (input) => {
    const scope = requestScope()
    if (scope) scope.called = true
    try {
      const context = await enter(name, input)
      const parsed = schema.safeParse(input)
      if (!parsed.success) throw inputRefusal(parsed.error)
      return { ok: true, value: await run(context as never, parsed.data as never) }
    } catch (error) {
      unstable_rethrow(error)
      const said = await refuse(error, name)
      if (scope) scope.refused = { status: refusalStatus(said.code), retryAfter: retryAfter(said) }
      return said
    }
  }
}

async function enter(name: Action | Door, input: unknown): Promise<GuestContext | UserContext | Context> {
  if (name === 'public' || name === 'guest') return guestContext()
  // Who is asked before what was sent is looked at: a stranger learns nothing from a schema.
  const user = await userContext()
  if (name === 'user') return user
  const where = inWorkspace.safeParse(input)
  if (!where.success) throw inputRefusal(where.error)
  const context = await memberContext(where.data.workspace)
  permit(context.actor, name)
  return context
}
