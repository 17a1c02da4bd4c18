import type { OpenLink } from '@/lib/collab/client/link'
import { readServerFrame } from '@/lib/collab/client/server-frame'
import { Message, Sync } from '@/lib/collab/protocol/numbers'

/** What went over one link, counted. */
export interface LinkFacts {
  opened: boolean
  /** Sync frames 1 and 2 sent, as the server counts them, and the largest of them. */
  sent: number
  largest: number
  /** What the server has acknowledged of them. */
  saved: number
  /** Kinds of the last frames from the server. */
  heard: string[]
  closed: number | null
}

/** The same link, keeping count, so that a test that waits in vain can say what it waits for. */
export function watchedLink(open: OpenLink): { readonly open: OpenLink; readonly links: LinkFacts[] } {
  const links: LinkFacts[] = []
  return {
    links,
    open(url, events) {
      const facts: LinkFacts = { opened: false, sent: 0, largest: 0, saved: 0, heard: [], closed: null }
      links.push(facts)
      const link = open(url, {
        opened: () => {
          facts.opened = true
          events.opened()
        },
        received: (bytes) => {
          const frame = readServerFrame(bytes)
          if (frame.kind === 'saved') facts.saved = frame.frames
          facts.heard = [...facts.heard.slice(-7), frame.kind]
          events.received(bytes)
        },
        closed: (code) => {
          facts.closed = code
          events.closed(code)
        },
      })
      return {
        ...link,
        send(bytes) {
          if (bytes[0] === Message.sync && bytes[1] !== Sync.step1) {
            facts.sent += 1
            facts.largest = Math.max(facts.largest, bytes.length)
          }
          link.send(bytes)
        },
      }
    },
  }
}

/** Waits so many milliseconds; then fails with everything `facts` knows instead of a bare timeout. */
export async function within<T>(ms: number, work: Promise<T>, facts: () => unknown): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`waited in vain: ${JSON.stringify(facts(), null, 1)}`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
