import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * What lies between the server and PostgreSQL. `refuse`: nobody gets through, and who was is cut off; `freeze`: connections stay and
 * nothing moves; `delay`: everything takes so long more, each way; `cut`: a batch is let through, and its connection ends
 * when the database has answered - it is committed and nobody knows.
 */
export type ProxyMode = 'pass' | 'refuse' | 'freeze' | 'delay' | 'cut'

export interface DatabaseProxy {
  /** The database as seen through here. */
  readonly url: string
  /** Answers of the database that nobody got. */
  readonly cuts: number
  set(mode: ProxyMode, delay?: number): void
  end(): Promise<void>
}

interface Pair {
  readonly client: Socket
  readonly server: Socket
  /** A batch is on its way, and its answer will not arrive. */
  doomed: boolean
}

export async function databaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl)
  const pairs = new Set<Pair>()
  let mode: ProxyMode = 'pass'
  let delay = 0
  let cuts = 0
  /** What was to be passed on while nothing moved. */
  let held: (() => void)[] = []

  const pass = (work: () => void) => {
    if (mode === 'freeze') held.push(work)
    else if (mode === 'delay') setTimeout(() => (mode === 'freeze' ? held.push(work) : work()), delay)
    else work()
  }
  const listener = createServer((client) => {
    if (mode === 'refuse') {
      client.destroy()
      return
    }
    const server = connect(Number(target.port || 5432), target.hostname)
    const pair: Pair = { client, server, doomed: false }
    pairs.add(pair)
    const over = () => {
      pairs.delete(pair)
      client.destroy()
      server.destroy()
    }
    for (const socket of [client, server]) {
      socket.setNoDelay(true)
      socket.on('error', over)
      socket.on('close', over)
    }
    client.on('data', (bytes) => {
      if (mode === 'cut' && isBatch(bytes)) pair.doomed = true
      pass(() => server.write(bytes))
    })
    server.on('data', (bytes) => {
      if (pair.doomed) {
        cuts += 1
        over()
      } else pass(() => client.write(bytes))
    })
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const own = new URL(databaseUrl)
  own.hostname = '127.0.0.1'
  own.port = `${(listener.address() as AddressInfo).port}`
  return {
    url: own.href,
    get cuts() {
      return cuts
    },
    set(next, ms = 0) {
      mode = next
      delay = ms
      if (next === 'refuse') for (const { client } of [...pairs]) client.destroy()
      if (next !== 'freeze') {
        const waiting = held
        held = []
        for (const work of waiting) work()
      }
    },
    async end() {
      for (const { client } of [...pairs]) client.destroy()
      await new Promise((resolve) => listener.close(resolve))
    },
  }
}

/** Only the statement that writes a batch names document, member and session at once. */
function isBatch(bytes: Buffer): boolean {
  return bytes.includes('doc_') && bytes.includes('mem_') && bytes.includes('ses_')
}
