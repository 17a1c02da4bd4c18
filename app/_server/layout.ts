import 'server-only'
import { notFound, unstable_rethrow } from 'next/navigation'
import type { ReactNode } from 'react'
import { z } from 'zod'
import type { Context } from '@/lib/commands/context'
import { type Action, permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { getRuntime } from '@/lib/server/runtime'
import { goSignIn, memberContext } from './visitor'

interface Given {
  readonly params: Promise<Record<string, string | string[]>>
  readonly children: ReactNode
}

const inWorkspace = z.object({ workspace: z.string().max(80) })

/**
 * The frame around the pages of a workspace, for members who may do `action`. Each page inside asks for itself as
 * well: a frame is not drawn again when only the page changes.
 */
export function layout(
  name: Action,
  render: (visit: { context: Context; children: ReactNode }) => Promise<ReactNode>,
): (given: Given) => Promise<ReactNode> {
  return async ({ params, children }) => {
    try {
      const where = inWorkspace.safeParse(await params)
      if (!where.success) throw new Refusal('not_found')
      const context = await memberContext(where.data.workspace)
      permit(context.actor, name)
      return await render({ context, children })
    } catch (error) {
      unstable_rethrow(error)
      if (error instanceof Refusal) {
        if (error.code === 'not_signed_in') return goSignIn()
        if (error.code === 'not_found' || error.code === 'not_allowed') notFound()
      }
      getRuntime().log.error({ err: error, door: name }, 'frame failed')
      throw error
    }
  }
}
