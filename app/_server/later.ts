import 'server-only'
import { notFound, unstable_rethrow } from 'next/navigation'
import type { ReactNode } from 'react'
import { Refusal } from '@/lib/domain/refusal'
import { getRuntime } from '@/lib/server/runtime'
import { goSignIn } from './visitor'

/**
 * A part of a page that comes after its frame. Ask who may read, and whether it exists, before: the status leaves with
 * the frame. What is refused later is said in the page.
 * @param name of the page, for the log
 */
export async function later(name: string, draw: () => Promise<ReactNode>): Promise<ReactNode> {
  try {
    return await draw()
  } catch (error) {
    unstable_rethrow(error)
    if (error instanceof Refusal) {
      if (error.code === 'not_signed_in') return goSignIn()
      if (error.code === 'not_found' || error.code === 'not_allowed') notFound()
    }
    getRuntime().log.error({ err: error, page: name }, 'a part of a page failed')
    throw error
  }
}
