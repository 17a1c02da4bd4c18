import { openChannel } from '@/lib/collab/client/channel'
import { ChannelPresence, type Present } from '@/lib/collab/client/channel-presence'
import { SCHEMA_VERSION } from '@/lib/document/schema/version'
import type { BoardStore, Looker } from './board-store'
import { isLiveEvent } from './live-event'

/** The board's ear: its channel, and who looks at which card. */
export interface BoardLive {
  say(activityId: string | null): void
  stop(): void
}

/**
 * Hears the board's channel. Every greeting reads the board again: what happened between the page's drawing and the
 * first, or while the line was cut, nobody told us.
 */
export function listenToBoard(store: BoardStore): BoardLive {
  const url = new URL('/collab', window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const { board, me } = store.state()
  const presence = new ChannelPresence((people) => store.present(lookers(people, me.userId)))
  const stop = openChannel({
    url: url.href,
    room: board.boardId,
    schema: SCHEMA_VERSION,
    build: '',
    presence,
    onGreeted: () => {
      store.linked('live')
      void store.reread()
    },
    onLost: () => store.linked('behind'),
    onBack: () => undefined,
    onEnd: () => store.linked('ended'),
    onEvent: (event) => {
      if (isLiveEvent(event)) store.heard(event)
    },
  })
  return {
    say: (card) => presence.say(card === null ? null : { card }),
    stop,
  }
}

/** By card; a person with two tabs is one. */
export function lookers(people: readonly Present[], me: string): ReadonlyMap<string, readonly Looker[]> {
  const looking = new Map<string, Looker[]>()
  for (const { userId, name, state } of people) {
    const { card } = state
    if (typeof card !== 'string' || userId === me) continue
    const there = looking.get(card) ?? []
    if (!there.some((one) => one.userId === userId)) looking.set(card, [...there, { userId, name }])
  }
  return looking
}
