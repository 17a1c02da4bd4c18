import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { quietLog } from '@/lib/collab/testing/simulator'
import { createSocketServer } from '@/lib/server/socket/socket-server'
import type { TortureCommand } from './command'

const OURS = 'https://app.example.test'
const PATHS = [
  '/collab/str_1',
  '/collab/ws_1',
  '/collab/',
  '/collab/str_1?x=1',
  '/collab/%73tr_1',
  '/collab/str_1/',
]

/** A page of another site opens a socket with the visitor's cookies: every form of origin at every path, once a round. */
export const origins: TortureCommand = {
  goals: 'S4',
  proves: 'no socket is opened for a page that is not ours, however its origin is spelled',
  rounds: 1,
  plants: ['trusts-suffix'],
  async run(run) {
    const problems: string[] = []
    const server = createServer((_request, response) => response.writeHead(404).end())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    let joined = 0
    const door = createSocketServer({
      engine: {
        connect: () => {
          joined += 1
          return { receive() {}, receiveText() {}, gone() {}, close() {} }
        },
      },
      origins: new Set(run.plant === 'trusts-suffix' ? [OURS, `${OURS}.evil.test`] : [OURS]),
      log: quietLog,
      readSession: async () => ({ sessionId: 'ses_1', userId: 'usr_1' }),
    })
    server.on('upgrade', (request, socket, head) => {
      if (!door.handleUpgrade(request, socket, head)) socket.destroy()
    })
    let tried = 0
    try {
      for (let round = 0; round < run.rounds; round++)
        for (const origin of foreign(port))
          for (const path of PATHS) {
            tried += 1
            const answer = await upgrade(port, path, origin)
            if (answer.includes(' 101 ')) problems.push(`${origin ?? 'no origin'} at ${path} was let in`)
          }
      if (run.plant === null && joined > 0) problems.push(`${joined} sockets reached the engine`)
      // Ours is let in, or all this proves nothing.
      for (const own of [OURS, `http://127.0.0.1:${port}`])
        if (!(await upgrade(port, PATHS[0] ?? '', own)).includes(' 101 ')) problems.push(`${own} was refused`)
    } finally {
      door.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
    return { rounds: run.rounds, acknowledged: 0, lost: 0, problems, figures: { tried } }
  },
}

/** Forty ways to be somebody else; null: no origin at all. */
function foreign(port: number): (string | null)[] {
  const host = 'app.example.test'
  return [
    null,
    '',
    'null',
    'https://evil.test',
    `https://${host}.evil.test`,
    `https://evil.test.${host}`,
    `https://evil${host}`,
    `https://${host}evil.test`,
    `http://${host}`,
    `https://${host}:443`,
    `https://${host}:8443`,
    `https://${host}/`,
    `https://${host}/path`,
    `https://${host}?`,
    `https://${host}#`,
    `https://${host}.`,
    `https://${host}%00`,
    `https://${host}%2eevil.test`,
    `https://${host}@evil.test`,
    `https://user@${host}`,
    `https://evil.test#${host}`,
    `https://evil.test?${OURS}`,
    `https://evil.test/${OURS}`,
    OURS.toUpperCase(),
    `HTTPS://${host}`,
    `wss://${host}`,
    `ws://${host}`,
    `file://${host}`,
    `chrome-extension://${host}`,
    `data:${OURS}`,
    `blob:${OURS}`,
    `javascript:${OURS}`,
    `${OURS} https://evil.test`,
    `https://evil.test ${OURS}`,
    `${OURS},https://evil.test`,
    `${OURS}\thttps://evil.test`,
    host,
    `//${host}`,
    `http://localhost:${port}`,
    `http://127.0.0.1:${port + 1}`,
    `http://127.0.0.1`,
    `http://[::1]:${port}`,
  ]
}

/** The first line of the answer. */
function upgrade(port: number, path: string, origin: string | null): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      const lines = [
        `GET ${path} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Version: 13',
        'Cookie: session=ses_1',
        ...(origin === null ? [] : [`Origin: ${origin}`]),
      ]
      socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    })
    let answer = ''
    socket.on('data', (data) => {
      answer += data.toString('latin1')
      if (answer.includes('\r\n')) socket.destroy()
    })
    socket.on('close', () => resolve(answer.split('\r\n', 1)[0] ?? ''))
    socket.on('error', reject)
  })
}
