import { openChannel } from '@/lib/collab/client/channel'
import { SCHEMA_VERSION } from '@/lib/document/schema/version'
import type { LiveEvent } from '@/lib/domain/live-event'

/** What a change was about; `ended`: the right to listen is gone; `missed`: anything may have changed meanwhile. */
export type Heard = LiveEvent['type'] | 'ended' | 'missed'

const known: ReadonlySet<string> = new Set<LiveEvent['type']>([
  'strategies.changed',
  'strategy.renamed',
  'members.changed',
  'departments.changed',
  'workspace.changed',
  'inbox.changed',
  'board.changed',
  'items.changed',
  'measures.changed',
  'filters.changed',
  'cycles.changed',
  'review.changed',
  'impacts.changed',
  'risks.changed',
])

/** Listens to the event channel of a workspace; of inboxes, only to the member's own. Answers what stops it. */
export function listen(workspaceId: string, memberId: string, heard: (what: Heard) => void): () => void {
  const url = new URL('/collab', window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return openChannel({
    url: url.href,
    room: workspaceId,
    schema: SCHEMA_VERSION,
    build: '',
    onEvent: (event) => {
      const type = typeof event === 'object' && event !== null && 'type' in event ? event.type : null
      if (type === 'inbox.changed' && !isAbout(event, memberId)) return
      // A newer server may tell of things this page does not know.
      if (typeof type === 'string' && known.has(type)) heard(type as LiveEvent['type'])
    },
    onBack: () => heard('missed'),
    onEnd: () => heard('ended'),
  })
}

function isAbout(event: unknown, memberId: string): boolean {
  return typeof event === 'object' && event !== null && 'memberId' in event && event.memberId === memberId
}
