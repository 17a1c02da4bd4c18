import 'server-only'
import { notFound, redirect, unstable_rethrow } from 'next/navigation'
import type { ReactNode } from 'react'
import { z } from 'zod'
import type { Context, GuestContext, UserContext } from '@/lib/commands/context'
import { type Action, type Door, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { getRuntime } from '@/lib/server/runtime'
import { goSignIn, guestContext, maybeUser, memberContext } from './visitor'

type Given = {
  params: Promise<Record<string, string | string[]>>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

interface Visit<C, P> {
  readonly context: C
  /** Path and query parameters, parsed by the page's schema. */
  readonly params: P
}

const anything = z.object({})
const inWorkspace = z.object({ workspace: z.string().max(80) })

/** A page for members of a workspace (its path has `[workspace]`) who may do `action`. */
export function page<S extends z.ZodType<object> = typeof anything>(
  action: Action,
  render: (visit: Visit<Context, z.infer<S>>) => Promise<ReactNode>,
  schema?: S,
): (given: Given) => Promise<ReactNode>
/** A page at a door: `public`, `guest` (the signed-in are sent home) or `user`. */
export function page<S extends z.ZodType<object> = typeof anything>(
  door: 'public' | 'guest',
  render: (visit: Visit<GuestContext, z.infer<S>>) => Promise<ReactNode>,
  schema?: S,
): (given: Given) => Promise<ReactNode>
export function page<S extends z.ZodType<object> = typeof anything>(
  door: 'user',
  render: (visit: Visit<UserContext, z.infer<S>>) => Promise<ReactNode>,
  schema?: S,
): (given: Given) => Promise<ReactNode>
export function page(
  name: Action | Door,
  render: (visit: { context: never; params: never }) => Promise<ReactNode>,
  schema: z.ZodType<object> = anything,
): (given: Given) => Promise<ReactNode> {
  return async ({ params, searchParams }) => {
    const raw = { ...(await searchParams), ...(await params) }
    const parsed = schema.safeParse(raw)
    try {
      if (!parsed.success) throw new Refusal('not_found')
      const context = await enter(name, raw)
      return await render({ context: context as never, params: parsed.data as never })
    } catch (error) {
      unstable_rethrow(error)
      if (error instanceof Refusal) {
        if (error.code === 'not_signed_in') return goSignIn()
        // What one may not do and what is not there look the same on a page.
        if (error.code === 'not_found' || error.code === 'not_allowed') notFound()
      }
      getRuntime().log.error({ err: error, door: name }, 'page failed')
      throw error
    }
  }
}

async function enter(name: Action | Door, raw: object): Promise<GuestContext | UserContext | Context> {
  switch (name) {
    case 'public':
      return guestContext()
    case 'guest':
      if (await maybeUser()) redirect('/')
      return guestContext()
    case 'user': {
      const user = await maybeUser()
      if (!user) throw new Refusal('not_signed_in')
      return user
    }
    default: {
      const where = inWorkspace.safeParse(raw)
      if (!where.success) throw new Refusal('not_found')
      const context = await memberContext(where.data.workspace)
      permit(context.actor, name)
      return context
    }
  }
}
