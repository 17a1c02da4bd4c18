import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findRedis } from '@/lib/tools/house/redis.mjs'
import { RUN_VARIABLE } from './database'

export interface RedisServer {
  /** Its socket file: no port that somebody else may have. */
  readonly socket: string
  stop(): Promise<void>
}

/** A real Redis or Valkey without a disk. Null, and a sentence: there is none on this machine. */
export async function redisServer(): Promise<RedisServer | null> {
  const program = findRedis()
  if (program === null) {
    process.stderr.write('There is no redis-server or valkey-server here: what needs one is skipped.\n')
    return null
  }
  // The path of a socket may have 107 letters.
  const folder = await mkdtemp(path.join(process.env[RUN_VARIABLE] ?? tmpdir(), 'redis-'))
  const socket = path.join(folder, 's')
  const nothing = ['--save', '', '--appendonly', 'no', '--daemonize', 'no']
  const child = spawn(program, ['--port', '0', '--unixsocket', socket, '--dir', folder, ...nothing], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const over = once(child, 'close')
  const ready = new Promise<void>((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      // "The server is now ready to accept connections at /…"; Redis and Valkey say it with other first words.
      if (/ready to accept connections/i.test(said)) resolve()
    })
    child.once('error', reject)
    child.once('close', (code) => reject(new Error(`${program} ended with ${code}:\n${said}`)))
  })
  await ready
  return {
    socket,
    async stop() {
      child.kill('SIGKILL')
      await over
      await rm(folder, { recursive: true, force: true })
    },
  }
}
