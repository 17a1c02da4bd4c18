import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from 'node:net'

/** `pass`; `refuse`: nobody new, everybody cut; `freeze`: open, and not one byte comes through. */
export type ProxyMode = 'pass' | 'refuse' | 'freeze'

export interface TcpProxy {
  readonly port: number
  set(mode: ProxyMode): void
  /** Cuts every connection that is open now. */
  cut(): void
  stop(): Promise<void>
}

/**
 * Stands in front of a server on a free loopback port, and fails as networks do. A function names the server anew for
 * every connection; null: there is none.
 */
export async function tcpProxy(target: NetConnectOpts | (() => NetConnectOpts | null)): Promise<TcpProxy> {
  let mode: ProxyMode = 'pass'
  const pairs = new Set<readonly [Socket, Socket]>()
  const server = createServer((near) => {
    near.on('error', () => near.destroy())
    const to = typeof target === 'function' ? target() : target
    if (mode === 'refuse' || to === null) {
      near.destroy()
      return
    }
    const far = connect(to)
    const pair = [near, far] as const
    pairs.add(pair)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes) => {
        if (to.destroyed) return
        if (!to.write(bytes)) {
          from.pause()
          to.once('drain', () => {
            if (mode !== 'freeze') from.resume()
          })
        }
      })
      from.on('error', () => {})
      from.on('close', () => {
        pairs.delete(pair)
        to.destroy()
      })
    }
    if (mode === 'freeze') hold(pair)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const cut = () => {
    for (const [near, far] of pairs) {
      near.destroy()
      far.destroy()
    }
  }
  return {
    port,
    cut,
    set(next) {
      mode = next
      if (mode === 'refuse') cut()
      for (const pair of pairs) {
        if (mode === 'freeze') hold(pair)
        else for (const one of pair) one.resume()
      }
    },
    async stop() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}

function hold(pair: readonly [Socket, Socket]): void {
  for (const one of pair) one.pause()
}
