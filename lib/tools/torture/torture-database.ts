import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import { startEmbedded } from '@/db/embedded'
import { migrate } from '@/db/migrate'

/** A database to be tortured. */
export interface TortureDatabase {
  readonly kind: 'embedded' | 'external'
  readonly url: string
  end(): Promise<void>
}

const root = path.resolve(import.meta.dirname, '../../..')

/**
 * A migrated database of its own: on the server at `external`, where it is made and dropped again, else on a private
 * server with fsync on, as in production. An interrupted program leaves neither behind.
 */
export async function tortureDatabase(external: string | null): Promise<TortureDatabase> {
  const opened = external ? await onServer(external) : await embedded()
  const interrupted = (signal: NodeJS.Signals) => {
    void opened.end().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted)
  await migrate(opened.url, root)
  return {
    ...opened,
    async end() {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupted)
      await opened.end()
    },
  }
}

async function embedded(): Promise<TortureDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'throughline-torture-'))
  const server = await startEmbedded({ dataDir: folder })
  return {
    kind: 'embedded',
    url: server.url,
    async end() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function onServer(url: string): Promise<TortureDatabase> {
  const name = `throughline_torture_${process.pid}_${Math.floor(Math.random() * 2 ** 32)}`
  const admin = postgres(url, { max: 1, onnotice: () => {} })
  await admin`create database ${admin(name)}`
  const own = new URL(url)
  own.pathname = `/${name}`
  return {
    kind: 'external',
    url: own.href,
    async end() {
      await admin`drop database if exists ${admin(name)} with (force)`
      await admin.end({ timeout: 2 })
    },
  }
}
