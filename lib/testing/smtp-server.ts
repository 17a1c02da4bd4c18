import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'

/** What one letter looked like on the wire. */
export interface Received {
  readonly from: string
  readonly to: readonly string[]
  /** Headers and body as they came, lines without their endings, dots unstuffed. */
  readonly lines: readonly string[]
}

export interface SmtpServer {
  readonly url: string
  readonly received: Received[]
  /** Answers the next command that begins so with this line instead. */
  refuse(command: string, line: string): void
  close(): Promise<void>
}

/** As much of a mail server as receives letters: RFC 5321's HELO, MAIL, RCPT, DATA, RSET, QUIT, on loopback. */
export async function smtpServer(): Promise<SmtpServer> {
  const received: Received[] = []
  const sockets = new Set<Socket>()
  let refusing: { command: string; line: string } | null = null

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    const say = (line: string) => socket.write(`${line}\r\n`)
    let from = ''
    let to: string[] = []
    let data: string[] | null = null
    let rest = ''

    const hear = (line: string) => {
      if (data) {
        if (line === '.') {
          received.push({ from, to, lines: data })
          data = null
          return say('250 kept')
        }
        return void data.push(line.startsWith('.') ? line.slice(1) : line)
      }
      const command = line.slice(0, 4).toUpperCase()
      if (refusing && line.toUpperCase().startsWith(refusing.command)) {
        say(refusing.line)
        refusing = null
        return
      }
      switch (command) {
        case 'EHLO':
        case 'HELO':
          return say('250 loopback')
        case 'MAIL':
          from = line.slice('MAIL FROM:'.length)
          to = []
          return say('250 go on')
        case 'RCPT':
          to.push(line.slice('RCPT TO:'.length))
          return say('250 known')
        case 'DATA':
          data = []
          return say('354 end with a dot')
        case 'RSET':
          return say('250 forgotten')
        case 'QUIT':
          say('221 good bye')
          return socket.end()
        default:
          return say('502 not here')
      }
    }
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      rest += chunk
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        hear(line)
      }
    })
    say('220 loopback ready')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refuse: (command, line) => {
      refusing = { command, line }
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}
