import { CollabClient } from '@/lib/collab/client'
import { SCHEMA_VERSION } from '@/lib/document/schema/spec'
import type { LiveEvent } from '@/lib/domain/live-event'

const known: ReadonlySet<string> = new Set<LiveEvent['type']>([
  'strategies.changed',
  'strategy.renamed',
  'members.changed',
  'departments.changed',
  'workspace.changed',
])

/**
 * Listens to the event channel of a workspace. `heard` gets the kind of each change, and 'ended' once when the right
 * to listen is gone. Answers what stops it.
 */
export function listen(workspaceId: string, heard: (type: LiveEvent['type'] | 'ended') => void): () => void {
  const url = new URL('/collab', window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const client = new CollabClient({
    url: url.href,
    room: workspaceId,
    doc: null,
    schema: SCHEMA_VERSION,
    build: '',
  })
  let over = false
  const off = client.onEvent((event) => {
    const type = typeof event === 'object' && event !== null && 'type' in event ? event.type : null
    // A newer server may tell of things this page does not know.
    if (typeof type === 'string' && known.has(type)) heard(type as LiveEvent['type'])
  })
  const unsubscribe = client.subscribe(() => {
    if (over || client.saveState.kind !== 'revoked') return
    over = true
    heard('ended')
  })
  return () => {
    off()
    unsubscribe()
    client.destroy()
  }
}
