import { Close } from '../protocol/numbers'
import { clientHello } from '../protocol/write-frame'
import { readChannelFrame } from './channel-frame'
import type { ChannelPresence } from './channel-presence'
import { browserTime, type ClientTime } from './client-time'
import { type Link, type OpenLink, openWebSocket } from './link'

export interface ChannelOptions {
  /** wss://host/collab, without the room. */
  readonly url: string
  /** The id of a workspace or a board. */
  readonly room: string
  readonly schema: number
  readonly build: string
  /** From the network: parse it. */
  readonly onEvent: (event: unknown) => void
  /** The connection was lost and is back: events may have been missed. */
  readonly onBack: () => void
  /** The server listens, and tells from now on. */
  readonly onGreeted?: () => void
  /** The connection is gone; another one is tried. */
  readonly onLost?: () => void
  /** Access ended, or this page is too old. Nothing more will come. */
  readonly onEnd: () => void
  /** Who else listens, and what we say of ourselves. */
  readonly presence?: ChannelPresence
  readonly openLink?: OpenLink
  readonly time?: ClientTime
}

const BACKOFF_FIRST = 500
/** A channel is a convenience: after an outage a thousand pages should not all be back within a second. */
const BACKOFF_MOST = 30_000
/** The server speaks every 20 s at least. */
const SILENCE = 45_000

/**
 * Listens to the event channel of a workspace or a board. Knows nothing of documents, so that a page that shows none does not load
 * Yjs to hear that a member has joined. Answers what stops it.
 */
export function openChannel(options: ChannelOptions): () => void {
  const { url, room, time = browserTime, openLink = openWebSocket } = options
  let link: Link | null = null
  let stopped = false
  let greeted = false
  let greetedBefore = false
  let attempts = 0
  let heard = time.now()
  let cancelRetry = () => {}
  let cancelSilence = () => {}

  const connect = () => {
    cancelRetry()
    if (stopped || link) return
    greeted = false
    heard = time.now()
    let mine: Link | null = null
    const current = () => mine !== null && link === mine
    try {
      mine = openLink(`${url}/${encodeURIComponent(room)}`, {
        opened: () => {
          if (current()) mine?.send(clientHello(options.schema, options.build.slice(0, 64)))
        },
        received: (bytes) => {
          if (current()) receive(bytes)
        },
        closed: (code) => {
          if (current()) lost(code)
        },
      })
    } catch {
      retry(BACKOFF_MOST)
      return
    }
    link = mine
    watch()
  }

  const receive = (bytes: Uint8Array) => {
    heard = time.now()
    try {
      const frame = readChannelFrame(bytes)
      if (frame.kind === 'event') options.onEvent(frame.event)
      if (frame.kind === 'awareness') options.presence?.heard(frame.entries)
      if (frame.kind !== 'hello') return
      greeted = true
      attempts = 0
      options.presence?.greeted((frame) => link?.send(frame))
      options.onGreeted?.()
      if (greetedBefore) options.onBack()
      greetedBefore = true
    } catch {
      // Nothing from the network may reach the page as an exception. A new connection starts from the beginning.
      link?.close()
    }
  }

  const lost = (code: number) => {
    link = null
    cancelSilence()
    options.presence?.lost()
    if (stopped) return
    options.onLost?.()
    // In the middle these mean "judged again"; at the door they are the judgement.
    const final =
      code === Close.notSignedIn ||
      code === Close.outdated ||
      (!greeted && (code === Close.notAllowed || code === Close.notFound))
    if (final) {
      stop()
      options.onEnd()
      return
    }
    const again = code === Close.notAllowed || code === Close.notFound
    const most = Math.min(BACKOFF_MOST, BACKOFF_FIRST * 2 ** attempts)
    attempts += 1
    retry(again ? 50 + time.random() * 200 : most / 2 + (time.random() * most) / 2)
  }

  const retry = (ms: number) => {
    cancelRetry = time.after(ms, connect)
  }

  const watch = () => {
    cancelSilence = time.after(SILENCE / 3, () => {
      if (time.now() - heard > SILENCE) link?.close()
      else watch()
    })
  }

  const wake = () => {
    if (document.visibilityState === 'hidden') return
    attempts = 0
    connect()
  }

  const stop = () => {
    if (stopped) return
    stopped = true
    cancelRetry()
    cancelSilence()
    if (typeof window !== 'undefined') {
      window.removeEventListener('online', wake)
      document.removeEventListener('visibilitychange', wake)
    }
    const open = link
    link = null
    open?.close()
  }

  if (typeof window !== 'undefined') {
    window.addEventListener('online', wake)
    document.addEventListener('visibilitychange', wake)
  }
  connect()
  return stop
}
