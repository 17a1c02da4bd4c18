import { isId } from '@/lib/kit/ids'
import { markKey, markName } from '../mark-names'

const COMMENT = 'comment'

/** The attribute that lays a thread on letters of a Y.XmlText, exactly as every editor would write it. */
export function commentFormat(threadId: string): Record<string, { thread: string }> {
  return { [markKey(COMMENT, { thread: threadId })]: { thread: threadId } }
}

/** The same attribute, taken away. */
export function noComment(threadId: string): Record<string, null> {
  return { [markKey(COMMENT, { thread: threadId })]: null }
}

/** The threads a set of attributes names. What a raw write put there and is no thread is passed over. */
export function threadsIn(attributes: Readonly<Record<string, unknown>> | undefined): string[] {
  const threads: string[] = []
  for (const key in attributes) {
    const value = attributes[key]
    if (markName(key) !== COMMENT || typeof value !== 'object' || value === null) continue
    const thread = 'thread' in value ? value.thread : null
    if (isId('thr', thread) && !threads.includes(thread)) threads.push(thread)
  }
  return threads
}
