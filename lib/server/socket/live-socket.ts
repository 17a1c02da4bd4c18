import { type RawData, WebSocket } from 'ws'
import type { SocketEnd } from '@/lib/collab/room/engine'
import type { EngineLog } from '@/lib/collab/room/ports'

/**
 * A socket with its end in the engine. Thousands lie idle on a node: what one of them needs is a field here, and the
 * listeners are the same functions for all of them.
 */
export class LiveSocket extends WebSocket {
  /** Has been heard since it was last asked. */
  alive = true
  private log: EngineLog | null = null
  private end: SocketEnd | null = null

  /** Before anything else is done with it: an 'error' without a listener ends the process. */
  attend(log: EngineLog): void {
    this.log = log
    this.on('error', failed)
    this.on('pong', answered)
    this.on('close', closed)
    this.on('message', heard)
  }

  get isGone(): boolean {
    return this.readyState === this.CLOSED
  }

  /** From now on it speaks with the engine. */
  connect(end: SocketEnd): void {
    this.end = end
  }

  /** ws closes the socket itself. */
  failed(error: Error): void {
    this.log?.info({ reason: error.message }, 'socket error')
  }

  closed(): void {
    this.end?.gone()
  }

  heard(data: RawData, isBinary: boolean): void {
    this.alive = true
    try {
      if (!isBinary) this.end?.receiveText()
      else if (data instanceof Uint8Array) this.end?.receive(data)
    } catch (error) {
      this.log?.error({ err: error }, 'message failed')
      this.terminate()
    }
  }
}

function failed(this: WebSocket, error: Error): void {
  if (this instanceof LiveSocket) this.failed(error)
}

function answered(this: WebSocket): void {
  if (this instanceof LiveSocket) this.alive = true
}

function closed(this: WebSocket): void {
  if (this instanceof LiveSocket) this.closed()
}

function heard(this: WebSocket, data: RawData, isBinary: boolean): void {
  if (this instanceof LiveSocket) this.heard(data, isBinary)
}
