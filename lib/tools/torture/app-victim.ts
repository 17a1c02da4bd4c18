import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { runningUrl } from '@/db/embedded'
import type { Rng } from '@/lib/collab/testing/rng'
import { must } from '@/lib/kit/assert'
import { sessionCookie, sessionToken } from '@/lib/server/session'
import type { StoredPerson } from '@/lib/testing/collab/stored-world'
import { type App, startApp } from '@/lib/testing/server'
import type { Address, Victim } from './victim'

/** The whole app as `npm start` runs it, pages and all. The private database survives the blow, as after any crash. */
export class AppVictim implements Victim {
  private app: App | null = null

  /** `external`: a database of its own on another server, in place of the private one. */
  constructor(private readonly external: string | undefined = undefined) {}

  async start(): Promise<void> {
    const before = this.app
    this.app = await startApp({
      ...(before && { dataDir: before.dataDir }),
      env: {
        // People come back to the same address.
        PORT: before ? new URL(before.url).port : '0',
        ...(this.external && { DATABASE_URL: this.external }),
      },
    })
  }

  async kill(): Promise<void> {
    await this.running.kill()
  }

  async end(): Promise<void> {
    await this.app?.discard()
  }

  async databaseUrl(): Promise<string> {
    return (
      this.external ?? must(await runningUrl(this.running.dataDir), 'a running app has a running database')
    )
  }

  async addressFor(person: StoredPerson): Promise<Address> {
    const { url, dataDir } = this.running
    const secret = (await readFile(path.join(dataDir, 'secret'), 'utf8')).trim()
    const token = await sessionToken(secret, { userId: person.userId, sessionId: person.sessionId })
    return {
      url: url.replace(/^http/, 'ws'),
      headers: { origin: url, cookie: `${sessionCookie(url).name}=${token}` },
    }
  }

  /** From outside only what people are told can be counted: the blow falls with the nth "saved". */
  aim(
    chance: Rng,
    notices: { reached(count: number): Promise<void> },
  ): { at: string; struck: Promise<unknown> } {
    const nth = 5 + chance.below(60)
    return { at: `"saved" number ${nth}`, struck: notices.reached(nth) }
  }

  private get running(): App {
    return must(this.app, 'the app has been started')
  }
}
