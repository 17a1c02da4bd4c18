import WebSocket from 'ws'
import type { OpenLink } from '@/lib/collab/client/link'
import type { Address } from './victim'

/**
 * A way for CollabClient to reach whatever `address` names at the moment it tries. `opened` is told of every socket, so
 * that a test may cut it.
 */
export function socketLink(
  room: string,
  address: () => Address,
  opened: (cut: () => void) => void = () => {},
): OpenLink {
  return (_url, events) => {
    const { url, headers } = address()
    const ws = new WebSocket(`${url}/collab/${room}`, { headers })
    let over = false
    const close = (code: number) => {
      if (!over) events.closed(code)
      over = true
    }
    ws.on('open', () => events.opened())
    ws.on('message', (data) => {
      if (data instanceof Uint8Array) events.received(data)
    })
    ws.on('close', (code) => close(code))
    ws.on('error', () => {})
    const end = () => {
      ws.terminate()
      close(1006)
    }
    opened(end)
    return {
      send: (bytes) => {
        if (ws.readyState === ws.OPEN) ws.send(bytes)
      },
      unsent: () => ws.bufferedAmount,
      close: end,
    }
  }
}
