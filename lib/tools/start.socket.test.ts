import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, chmod, chown, cp, mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stopLeftover } from '@/db/embedded'
import { isAlive } from '@/db/embedded/process-identity'
import { type TestDatabase, testDatabase } from '../testing/database'
import { type App, type AppOptions, AppRefused, startApp } from '../testing/server'

/** The start command as a process, on the build of the tests. */
const SLOW = { timeout: 180_000 }
const root = path.resolve(import.meta.dirname, '../..')
const someone = { uid: 65534, gid: 65534 }

let dataDir: string
const apps: App[] = []
const children: ChildProcess[] = []
const databases: TestDatabase[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "throughline 数据 'x' "))
})
afterEach(async () => {
  for (const app of apps.splice(0)) await app.discard()
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  for (const database of databases.splice(0)) await database.drop()
  await stopLeftover(dataDir)
  await rm(dataDir, { recursive: true, force: true })
})

async function start(options: AppOptions = {}): Promise<App> {
  const app = await startApp({ dataDir, ...options })
  apps.push(app)
  return app
}

/** The words of an app that is expected not to start; they are one sentence. */
async function refusal(options: AppOptions): Promise<string> {
  const outcome = await start(options).catch((error: unknown) => error)
  if (!(outcome instanceof AppRefused)) throw new Error('it started')
  expect(outcome.code).toBe(1)
  const lines = outcome.output.split('\n').map((line) => line.trim())
  const sentence = lines.filter((line) => line !== '' && !/^Throughline 纲举$|\.\.\.( [\d.]+ s)?$/.test(line))
  expect(sentence).toHaveLength(1)
  return sentence[0] ?? ''
}

async function databaseProcess(folder = dataDir): Promise<number> {
  return Number(
    (await readFile(path.join(folder, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')[0],
  )
}

async function answers(url: string): Promise<number> {
  return (await fetch(new URL('/api/health', url))).status
}

async function external(): Promise<TestDatabase> {
  const database = await testDatabase()
  databases.push(database)
  return database
}

test('serves, refuses a second app by naming the first, and ends cleanly on SIGTERM', SLOW, async () => {
  const first = await start()
  expect(await answers(first.url)).toBe(200)
  const database = await databaseProcess()

  const sentence = await refusal({})
  expect(sentence).toContain(first.url)
  expect(sentence).toContain(`process ${first.pid}`)
  expect(sentence).toContain(dataDir)
  expect(await answers(first.url)).toBe(200)

  const began = performance.now()
  expect(await first.stop()).toBe(0)
  expect(performance.now() - began).toBeLessThan(10_000)
  expect(await isAlive(database)).toBe(false)
  await expect(access(path.join(dataDir, 'app.lock'))).rejects.toThrow()
})

test('a second signal ends it at once, even when the database does not end', SLOW, async () => {
  const app = await start()
  const database = await databaseProcess()
  // A stopped process takes no signal, so the orderly end waits for it.
  process.kill(database, 'SIGSTOP')
  try {
    process.kill(app.pid, 'SIGTERM')
    await expect.poll(() => app.output()).toContain('Ending')
    // Two signals within a second are one Ctrl-C that npm has passed on.
    await delay(1_200)
    expect(await isAlive(app.pid)).toBe(true)
    const began = performance.now()
    expect(await app.stop()).toBe(130)
    expect(performance.now() - began).toBeLessThan(3_000)
  } finally {
    process.kill(database, 'SIGCONT')
  }
  await expect.poll(() => isAlive(database), { timeout: 15_000 }).toBe(false)
})

test('after kill -9 the next start takes the database over and serves', SLOW, async () => {
  const first = await start()
  const database = await databaseProcess()
  await first.kill()
  expect(await isAlive(database)).toBe(true)
  const second = await start()
  expect(await databaseProcess()).toBe(database)
  expect(await answers(second.url)).toBe(200)
  expect(await second.stop()).toBe(0)
  expect(await isAlive(database)).toBe(false)
})

test('DATABASE_URL is used instead, and the data folder still belongs to one app', SLOW, async () => {
  const database = await external()
  const app = await start({ env: { DATABASE_URL: database.url } })
  expect(await answers(app.url)).toBe(200)
  await expect(access(path.join(dataDir, 'postgres'))).rejects.toThrow()
  expect(await refusal({ env: { DATABASE_URL: database.url } })).toContain(app.url)
  expect(await app.stop()).toBe(0)
  expect(await database.sql`select 1 as n`).toEqual([{ n: 1 }])
})

test('a DATABASE_URL that cannot be used is one sentence without its password', SLOW, async () => {
  const { url } = await external()
  const wrong = (change: (url: URL) => void) => {
    const changed = new URL(url)
    changed.password = 'hunter2'
    change(changed)
    return changed.href
  }
  const closed = createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const address = closed.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  closed.close()
  await once(closed, 'close')
  for (const [value, words] of [
    [wrong(() => {}), 'does not accept this password'],
    [wrong((changed) => (changed.port = port)), 'is not reachable'],
    [new URL('/nowhere', url).href, 'has none called nowhere'],
    ['mysql://root@localhost/x', 'DATABASE_URL cannot be used'],
  ] as const) {
    const sentence = await refusal({ env: { DATABASE_URL: value } })
    expect(sentence).toContain(words)
    expect(sentence).not.toContain('hunter2')
  }
})

test('a taken PORT is one sentence', SLOW, async () => {
  const other = createServer().listen(0)
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  expect(await refusal({ env: { PORT: port } })).toBe(
    `Port ${port} is taken by another program; set PORT to a free one.`,
  )
  other.close()
})

test('an unusable data folder is one sentence that names DATA_DIR', SLOW, async () => {
  expect(await refusal({ dataDir: path.join(root, 'package.json', 'data') })).toContain('set DATA_DIR')
})

/** `npm start` in a process group of its own, as a terminal or a supervisor would run it. */
async function npmStart(env: Record<string, string> = {}) {
  const child = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NEXT_DIST_DIR: distDir(), PORT: '0', DATA_DIR: dataDir, DATABASE_URL: '', ...env },
  })
  children.push(child)
  const npm = child.pid
  if (npm === undefined) throw new Error('npm did not start')
  let said = ''
  const listeners = new Set<() => void>()
  const hear = (text: string) => {
    said += text
    for (const listener of listeners) listener()
  }
  child.stdout.setEncoding('utf8').on('data', hear)
  child.stderr.setEncoding('utf8').on('data', hear)
  const says = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(said)
        if (match) resolve(match[1] ?? match[0])
      }
      listeners.add(look)
      child.once('close', () => reject(new Error(`npm start ended:\n${said}`)))
      look()
    })
  return { child, npm, says }
}

function distDir(): string {
  return process.env.NEXT_DIST_DIR || '.next-test'
}

test.each([
  ['SIGTERM to npm', (npm: number) => process.kill(npm, 'SIGTERM')],
  ['Ctrl-C, which reaches the whole group', (npm: number) => process.kill(-npm, 'SIGINT')],
])('npm start ends cleanly on %s', SLOW, async (_, send) => {
  const { child, npm, says } = await npmStart()
  expect(await answers(await says(/Open\s+(http\S+)/))).toBe(200)
  const database = await databaseProcess()
  const over = once(child, 'close')
  const began = performance.now()
  send(npm)
  expect(await over).toEqual([0, null])
  expect(performance.now() - began).toBeLessThan(10_000)
  expect(await isAlive(database)).toBe(false)
  await expect(access(path.join(dataDir, 'app.lock'))).rejects.toThrow()
})

test('when npm is killed the app ends by itself, the database too', SLOW, async () => {
  const { npm, says } = await npmStart()
  await says(/Open\s+(http\S+)/)
  const database = await databaseProcess()
  process.kill(npm, 'SIGKILL')
  await expect.poll(() => isAlive(database), { timeout: 15_000 }).toBe(false)
})

/** npm's child is the start command, whose child is the build. */
function descendants(of: number): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number))
  const below = (pid: number): number[] =>
    pairs.flatMap(([child = 0, parent]) => (parent === pid ? [child, ...below(child)] : []))
  return below(of)
}

test('ends at once while it is building, and leaves nothing that looks like a build', SLOW, async () => {
  const unfinished = '.next-test-interrupted'
  try {
    const { child, npm, says } = await npmStart({ NEXT_DIST_DIR: unfinished })
    await says(/Building the app/)
    await expect.poll(() => descendants(npm).length, { timeout: 20_000 }).toBeGreaterThan(1)
    const family = descendants(npm)
    const over = once(child, 'close')
    const began = performance.now()
    process.kill(npm, 'SIGTERM')
    expect(await over).toEqual([0, null])
    expect(performance.now() - began).toBeLessThan(10_000)
    await expect(access(path.join(root, unfinished, 'throughline.json'))).rejects.toThrow()
    for (const pid of family) expect(await isAlive(pid)).toBe(false)
  } finally {
    await rm(path.join(root, unfinished), { recursive: true, force: true })
  }
})

test('works in a folder with spaces and Chinese characters', SLOW, async () => {
  const house = await mkdtemp(path.join(tmpdir(), 'throughline 房子 '))
  try {
    for (const part of ['lib/tools', 'db/migrations', 'package.json', 'package-lock.json', distDir()]) {
      await cp(path.join(root, part), path.join(house, part), { recursive: true })
    }
    for (const part of ['app', 'lib', 'db', 'next.config.js', 'tsconfig.json', '.postcssrc.json']) {
      const from = path.join(root, part)
      if (
        await access(from).then(
          () => true,
          () => false,
        )
      )
        await cp(from, path.join(house, part), { recursive: true })
    }
    await symlink(path.join(root, 'node_modules'), path.join(house, 'node_modules'))
    const child = spawn(process.execPath, [path.join(house, 'lib', 'tools', 'start.mjs')], {
      cwd: house,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NEXT_DIST_DIR: distDir(), PORT: '0', DATA_DIR: '', DATABASE_URL: '' },
    })
    children.push(child)
    let said = ''
    for await (const text of child.stdout.setEncoding('utf8')) {
      said += text
      if (/Open\s+http\S+\s[\s\S]*End/.test(said)) break
    }
    expect(said).not.toContain('Building')
    expect(await answers(/Open\s+(http\S+)/.exec(said)?.[1] ?? '')).toBe(200)
    const database = await databaseProcess(path.join(house, '.data'))
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(await isAlive(database)).toBe(false)
  } finally {
    await rm(house, { recursive: true, force: true })
  }
})

/** A clone below root's own home cannot be read by anybody else; nothing could be started there as them. */
const reachable =
  process.getuid?.() === 0 &&
  (() => {
    try {
      execFileSync('test', ['-r', path.join(root, 'lib', 'tools', 'start.mjs')], {
        ...someone,
        stdio: 'ignore',
      })
      return true
    } catch {
      return false
    }
  })()

test.runIf(reachable)('works as an ordinary user who owns nothing but the data folder', SLOW, async () => {
  await chmod(dataDir, 0o700)
  await chown(dataDir, someone.uid, someone.gid)
  // The build must be there: this user may not write one.
  if (!(await stat(path.join(root, distDir(), 'throughline.json')).catch(() => null)))
    await (await start()).stop()
  const app = await start({ identity: someone, env: { HOME: dataDir } })
  expect(await answers(app.url)).toBe(200)
  const database = await databaseProcess()
  const owner = execFileSync('ps', ['-o', 'uid=', '-p', String(database)], { encoding: 'utf8' })
  expect(owner.trim()).toBe('65534')
  expect(await app.stop()).toBe(0)
  expect(await isAlive(database)).toBe(false)
})
