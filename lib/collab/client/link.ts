/** What a socket tells. */
export interface LinkEvents {
  opened(): void
  received(bytes: Uint8Array): void
  /** Once, and last. 1006 when nobody said why. */
  closed(code: number): void
}

export interface Link {
  send(bytes: Uint8Array): void
  /** Bytes handed to `send` that have not left this device. */
  unsent(): number
  close(): void
}

/** Opens a socket. Must not call back before it has returned. */
export type OpenLink = (url: string, events: LinkEvents) => Link

export const openWebSocket: OpenLink = (url, events) => {
  const socket = new WebSocket(url)
  socket.binaryType = 'arraybuffer'
  let over = false
  const close = (code: number) => {
    if (over) return
    over = true
    events.closed(code)
  }
  socket.onopen = () => events.opened()
  socket.onmessage = (event) => {
    const data: unknown = event.data
    if (data instanceof ArrayBuffer) events.received(new Uint8Array(data))
  }
  socket.onclose = (event) => close(event.code)
  // Always followed by a close event, which is the one that says something.
  socket.onerror = () => {}
  return {
    send(bytes) {
      if (socket.readyState === WebSocket.OPEN) socket.send(new Uint8Array(bytes))
    },
    unsent: () => socket.bufferedAmount,
    close() {
      socket.close()
      // A browser may take a minute to notice that the network is gone; we do not wait for it.
      close(1006)
    },
  }
}
