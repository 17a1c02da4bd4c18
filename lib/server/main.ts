import { EventEmitter } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import next from 'next'
import { startEmbedded } from '@/db/embedded'
import { migrate } from '@/db/migrate'
import { openStore } from '@/db/store'
import { systemClock } from '@/lib/kit/clock'
import { startAnchors } from './anchors'
import { prepareAuth } from './auth'
import { openBus } from './bus/open-bus'
import { readConfig } from './config'
import { openExchange } from './exchange/open'
import { openFiles } from './files/open'
import { holdDataDir } from './lifecycle/hold-data-dir'
import { openLive } from './live'
import { openLog } from './log'
import { openMailer } from './mail'
import { openMetrics } from './metrics'
import { startNotificationMail } from './notification-mail'
import { openPacked } from './packed'
import { makeHasher } from './password'
import { startProjecting } from './projector'
import { startKeepingProposals } from './proposal-keeper'
import { startReminding } from './reminding'
import { answerBy, receive } from './request'
import { setRuntime } from './runtime'
import { loadSecret } from './secret'
import { makeReadSession } from './session'
import { makeAuthorizer } from './socket/authorize'
import { startSweeping } from './sweep'
import { startKeepingVersions } from './version-keeper'

export interface Main {
  /** Where people reach it. */
  readonly url: string
  /** Ends everything in order: sockets are told, edits committed, the database closed. Safe to call twice. */
  stop(reason: string): Promise<void>
}

/** Starts the whole app in this process. Throws ConfigError, DataDirTakenError,
 * EmbeddedPostgresError or what the system said. */
export async function main(options: { dev: boolean; progress(line: string): void }): Promise<Main> {
  const { dev, progress } = options
  const config = readConfig(process.env)
  const log = openLog(config.logLevel)
  const dataDir = resolve(config.dataDir)

  // The last-resort handlers: one broken request must not end everybody's session (ASVS 16.5.4).
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'))
  process.on('uncaughtException', (error) => log.fatal({ err: error }, 'uncaught exception'))

  // What was opened is closed in the opposite order, also when a later step fails.
  const closing: (() => Promise<unknown>)[] = []
  let serving = true
  const stop = once(async () => {
    serving = false
    for (const close of closing.reverse()) {
      await close().catch((error: unknown) => log.error({ err: error }, 'while stopping'))
    }
  })

  try {
    const hold = await holdDataDir(dataDir)
    closing.push(() => hold.release())
    const databaseUrl = config.databaseUrl ?? (await embedded())
    await migrate(databaseUrl)
    const store = openStore(databaseUrl)
    closing.push(() => store.close())
    const secret = await loadSecret(config.authSecret, dataDir)

    let answer: RequestListener = notYet
    const server = createServer(
      // A proxy keeps its lines open for a minute; were we to close one first, the next request on it would be lost.
      // Five minutes for a file of 30 MB over a slow line; a body's rows wait for nothing but itself.
      { requestTimeout: 300_000, headersTimeout: 20_000, keepAliveTimeout: 65_000 },
      (request, response) => answer(request, response),
    )
    const port = await listen(server, config.port, config.host)
    closing.push(() => endServer(server))
    const appUrl = config.appUrl ?? `http://localhost:${port}`
    await hold.announce(appUrl)
    prepareAuth({ config, secret, appUrl })
    const origins = new Set([new URL(appUrl).origin])

    const readSession = makeReadSession({ store, secret, appUrl })
    const bus = openBus(config, log)
    if (bus) closing.push(() => bus.close())
    const metrics = openMetrics(config.metricsToken)
    closing.push(async () => metrics.close())
    const live = openLive({ store, bus, readSession, meter: metrics.meter, origins, log })
    metrics.watch(() => live.stats())
    closing.push(() => live.drain())

    const mailer = openMailer(config, log)
    const files = await openFiles(config, dataDir)
    setRuntime({
      store,
      live,
      mailer,
      clock: systemClock,
      appUrl,
      files,
      exchange: openExchange(),
      config,
      log,
      secret,
      hasher: makeHasher(),
      rooms: makeAuthorizer(store.sql),
      metrics,
      serving: () => serving,
      readSession,
    })
    closing.push(startSweeping({ store, live, files, clock: systemClock, log }))
    closing.push(startKeepingVersions({ store, live, clock: systemClock, log }))
    closing.push(startAnchors({ store, live, log }))
    closing.push(startKeepingProposals({ store, live, log }))
    closing.push(startProjecting({ store, live, clock: systemClock, log }))
    closing.push(startReminding({ store, live, clock: systemClock, log }))
    closing.push(startNotificationMail({ store, mailer, clock: systemClock, appUrl, log }, config.mailQuiet))

    // Next gets an emitter of its own: its upgrade handling would otherwise answer, or hang, our sockets.
    const emitter = new EventEmitter() as Server
    const app = next({ dev, dir: process.cwd(), httpServer: emitter, port, hostname: 'localhost' })
    progress('Preparing the pages')
    await app.prepare()
    closing.push(() => app.close())
    const handle = app.getRequestHandler()
    const packed = dev ? () => false : openPacked(resolve(process.env.NEXT_DIST_DIR ?? '.next'))

    answer = (request, response) => {
      if (!receive(request, response, { config, dev, origins, log })) return
      if (packed(request, response)) return
      answerBy(request, response, () => handle(request, response)).catch((error: unknown) => {
        log.error({ err: error }, 'request failed')
        if (!response.headersSent) response.writeHead(500)
        response.end()
      })
    }
    server.on('upgrade', (request, socket, head) => {
      if (live.upgrade(request, socket, head)) return
      // Hot reload is Next's business, and exists in development only. Everything else is refused.
      if (dev && request.url?.startsWith('/_next/')) emitter.emit('upgrade', request, socket, head)
      else socket.destroy()
    })
    return { url: appUrl, stop }
  } catch (error) {
    await stop()
    throw error
  }

  async function embedded(): Promise<string> {
    const postgres = await startEmbedded({ dataDir, log: (line) => log.warn(line), onProgress: progress })
    closing.push(() => postgres.stop())
    return postgres.url
  }
}

/** Whoever asks while the app is still preparing is told to come back in a second. */
const notYet: RequestListener = (_request, response) => {
  response.writeHead(503, { 'retry-after': '1', 'cache-control': 'no-store' })
  response.end()
}

/** Listens. A taken port throws EADDRINUSE. */
async function listen(server: Server, port: number, host: string | undefined): Promise<number> {
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      done()
    })
  })
  return (server.address() as AddressInfo).port
}

/** Finishes running requests for a moment, then closes what browsers keep open. */
async function endServer(server: Server): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), 1_500)
  await closed
  clearTimeout(timer)
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= work()
    return running
  }
}
