import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { defaultLimits, type Limits } from '@/lib/collab/limits'
import { Close } from '@/lib/collab/protocol/numbers'
import type { Engine } from '@/lib/collab/room/engine'
import type { EngineLog, EngineSession } from '@/lib/collab/room/ports'
import { LiveSocket } from './live-socket'
import { Post } from './post'
import { WsTransport } from './ws-transport'

/** A dead peer is noticed after two of these. */
const PING_EVERY = 30_000
const PREFIX = '/collab/'

export interface SocketServerOptions {
  readonly engine: Pick<Engine, 'connect'>
  /** The session a request carries, or null. May reject when the database is away. */
  readonly readSession: (headers: IncomingMessage['headers']) => Promise<EngineSession | null>
  /** Origins of our own pages. A page met under another name is ours when its origin is the very host it asks. */
  readonly origins: ReadonlySet<string>
  readonly log: EngineLog
  readonly limits?: Partial<Limits>
}

export interface SocketServer {
  /**
   * Answers an upgrade request, or leaves it alone: false when it is none of ours. Never throws; the request is
   * answered or its socket destroyed.
   */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  /** Ends every socket that is still open. After `engine.drain()`. */
  close(): void
}

/** The door of `/collab/<room>`. */
export function createSocketServer(options: SocketServerOptions): SocketServer {
  const limits: Limits = { ...defaultLimits, ...options.limits }
  const { log } = options
  const server = new WebSocketServer({
    noServer: true,
    WebSocket: LiveSocket,
    clientTracking: true,
    // Frames are small and each message would cost a zlib context; a compressed bomb is not worth the bytes saved.
    perMessageDeflate: false,
    maxPayload: limits.frameBytes,
  })
  const post = new Post(limits.gather, limits.writesAtOnce)
  let greeting = 0

  const pings = setInterval(() => {
    for (const ws of server.clients) {
      if (!ws.alive) ws.terminate()
      else {
        ws.alive = false
        ws.ping()
      }
    }
  }, PING_EVERY)
  pings.unref()

  // Not given the request: what outlives the question would hold it, and two thousand requests are megabytes.
  function opened(
    ws: LiveSocket,
    socket: Duplex,
    asked: Promise<EngineSession | null | 'too_late'>,
    roomName: string,
  ): void {
    ws.attend(log)
    // Nothing is read before it is known who is there: what is sent meanwhile stays in the sender's own buffers.
    ws.pause()
    const transport = new WsTransport(ws, socket, post)
    greeting += 1
    asked
      .then(
        (session) => {
          if (ws.isGone) return
          if (session === 'too_late') transport.close(Close.failure, 'not available')
          else if (session) ws.connect(options.engine.connect(session, roomName, transport))
          else transport.close(Close.notSignedIn, 'not signed in')
        },
        (error: unknown) => {
          log.error({ err: error }, 'session not read')
          transport.close(Close.failure, 'not available')
        },
      )
      .catch((error: unknown) => {
        log.error({ err: error }, 'socket not connected')
        ws.terminate()
      })
      .finally(() => {
        greeting -= 1
      })
  }

  async function sessionOf(request: IncomingMessage): Promise<EngineSession | null | 'too_late'> {
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<'too_late'>((resolve) => {
      timer = setTimeout(() => resolve('too_late'), limits.greetingDeadline)
    })
    try {
      return await Promise.race([options.readSession(request.headers), deadline])
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    handleUpgrade(request, socket, head) {
      const target = request.url ?? ''
      // An absolute address asks us to be a proxy (CVE-2026-44578); nothing here ever is.
      if (!target.startsWith('/')) {
        refuse(socket, '400 Bad Request')
        return true
      }
      if (!target.startsWith(PREFIX)) return false
      endOnError(socket)
      if (!ourOrigin(request, options.origins)) {
        log.info({ code: 403, reason: 'wrong origin' }, 'upgrade refused')
        refuse(socket, '403 Forbidden')
      } else if (greeting >= limits.socketsGreeting) refuse(socket, '503 Service Unavailable')
      else {
        try {
          const roomName = roomOf(target)
          server.handleUpgrade(request, socket, head, (ws) =>
            opened(ws, socket, sessionOf(request), roomName),
          )
        } catch (error) {
          log.error({ err: error }, 'upgrade failed')
          socket.destroy()
        }
      }
      return true
    },
    close() {
      clearInterval(pings)
      for (const ws of server.clients) ws.terminate()
      server.close()
    },
  }
}

/** Browsers always name the page a socket comes from; whoever does not is no page of ours. */
function ourOrigin(request: IncomingMessage, origins: ReadonlySet<string>): boolean {
  const { origin, host } = request.headers
  if (origin === undefined || origin === 'null') return false
  if (origins.has(origin)) return true
  // As for writing requests: on a home network the server is met under names nobody configured. Another site's page
  // cannot have our host as its origin.
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)
}

/** The room's name. One that cannot be decoded names no room, which is answered like any other unknown one. */
function roomOf(target: string): string {
  const path = target.slice(PREFIX.length).split('?', 1)[0] ?? ''
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}

/** An 'error' without a listener ends the process. One function for all of them. */
function endOnError(socket: Duplex): void {
  socket.on('error', destroyed)
}

function destroyed(this: Duplex): void {
  this.destroy()
}

function refuse(socket: Duplex, status: string): void {
  endOnError(socket)
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
