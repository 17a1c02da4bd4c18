import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '@/lib/testing/database'
import { type App, startApp } from '@/lib/testing/server'
import { type TcpProxy, tcpProxy } from '@/lib/testing/tcp-proxy'
import { openMetrics } from './metrics'

const TOKEN = 'a-token-of-enough-letters'
let database: TestDatabase
let proxy: TcpProxy
let app: App
beforeAll(async () => {
  database = await testDatabase()
  const url = new URL(database.url)
  proxy = await tcpProxy({ host: url.hostname, port: Number(url.port || 5432) })
  url.host = `127.0.0.1:${proxy.port}`
  app = await startApp({ env: { METRICS_TOKEN: TOKEN, DATABASE_URL: url.href } })
}, 120_000)
afterAll(async () => {
  await app?.discard()
  await proxy?.stop()
  await database?.drop()
})

const ask = (authorization?: string) =>
  fetch(new URL('/api/metrics', app.url), authorization ? { headers: { authorization } } : {})

test('figures are for whoever has the token; to others there is no such page', async () => {
  const missing = await fetch(new URL('/api/calendar/nothing.ics', app.url))
  expect(missing.status).toBe(404)
  for (const offered of [undefined, 'Bearer wrong', `Basic ${TOKEN}`, TOKEN, `Bearer ${TOKEN}x`]) {
    const refused = await ask(offered)
    expect(refused.status, offered ?? 'nothing').toBe(404)
    expect(await refused.text()).not.toContain('throughline_')
  }
  const told = await ask(`Bearer ${TOKEN}`)
  expect(told.status).toBe(200)
  expect(told.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const text = await told.text()
  for (const line of [
    'throughline_connections 0',
    'throughline_rooms 0',
    'throughline_journal_lag_seconds 0',
  ])
    expect(text).toContain(`${line}\n`)
  expect(text).toContain('throughline_nodejs_eventloop_lag_p99_seconds')
})

test('without a token in the environment nobody is told anything', async () => {
  const closed = openMetrics(undefined)
  expect(await closed.read('Bearer undefined')).toBeNull()
  expect(await closed.read('Bearer ')).toBeNull()
  expect(await closed.read(null)).toBeNull()
})

test('what the engine says is counted', async () => {
  const metrics = openMetrics(TOKEN)
  metrics.meter.committed(3)
  metrics.meter.acknowledged(40)
  metrics.meter.closed(4403)
  metrics.meter.closed(4403)
  const { text } = (await metrics.read(`Bearer ${TOKEN}`)) ?? { text: '' }
  expect(text).toContain('throughline_commit_seconds_bucket{le="0.005"} 1\n')
  expect(text).toContain('throughline_commit_seconds_bucket{le="0.002"} 0\n')
  expect(text).toContain('throughline_acknowledge_seconds_sum 0.04\n')
  expect(text).toContain('throughline_closed_connections_total{code="4403"} 2\n')
  metrics.close()
})

test('live says that the process answers, ready that its database does', async () => {
  const status = async (path: string) => (await fetch(new URL(`/api/health${path}`, app.url))).status
  for (const path of ['', '/live', '/ready']) expect(await status(path), path).toBe(200)
  proxy.set('freeze')
  expect(await status('/ready')).toBe(503)
  expect(await status('')).toBe(503)
  expect(await status('/live')).toBe(200)
  proxy.set('pass')
  await expect.poll(() => status('/ready'), { timeout: 10_000 }).toBe(200)
})
