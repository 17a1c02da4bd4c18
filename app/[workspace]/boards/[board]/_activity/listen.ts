import { openChannel } from '@/lib/collab/client/channel'
import { SCHEMA_VERSION } from '@/lib/document/schema/version'

/**
 * Listens to the channel of a board that is not the one on the page. Whatever is told there, the one activity that is
 * open is read again: that costs less than following a whole board. Answers what stops it.
 */
export function listen(boardId: string, heard: () => void): () => void {
  const url = new URL('/collab', window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return openChannel({
    url: url.href,
    room: boardId,
    schema: SCHEMA_VERSION,
    build: '',
    onEvent: heard,
    onBack: heard,
    onEnd: heard,
  })
}
