import type { Services } from '@/lib/commands/context'
import type { ThreadForExport } from '@/lib/document/exported'

/** What was said about a strategy, thread by thread. */
export async function threadsOfStrategy(_context: Services, _strategyId: string): Promise<ThreadForExport[]> {
  return []
}
