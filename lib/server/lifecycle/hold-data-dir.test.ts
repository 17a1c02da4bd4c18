import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { processMark } from '@/db/embedded/process-identity'
import { DataDirError, DataDirTakenError, holdDataDir } from './hold-data-dir'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'throughline 锁 '))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const lockFile = () => path.join(folder, 'app.lock')
const quick = { beatMs: 20, deadAfterMs: 300 }

test('a second app is refused and told the address and process of the first', async () => {
  const first = await holdDataDir(folder)
  await first.announce('http://localhost:4321')
  const refusal = await holdDataDir(folder).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(DataDirTakenError)
  expect(String(refusal)).toContain('http://localhost:4321')
  expect(String(refusal)).toContain(`process ${process.pid}`)
  await first.release()
  const second = await holdDataDir(folder)
  await second.release()
  expect(await readdir(folder)).toEqual([])
})

test('what a dead process left is taken over, also when its number belongs to another process now', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(child, 'spawn')
  const pid = child.pid ?? 0
  const mark = await processMark(pid)
  const left = (fields: object) =>
    writeFile(lockFile(), JSON.stringify({ nonce: 'n', pid, mark, host: hostname(), url: null, ...fields }))
  await left({})
  await expect(holdDataDir(folder)).rejects.toThrow(DataDirTakenError)
  await left({ mark: 'another boot:1' })
  await (await holdDataDir(folder)).release()
  child.kill('SIGKILL')
  await once(child, 'exit')
  await left({})
  await (await holdDataDir(folder)).release()
})

test('half a file, or none of ours, does not lock anybody out', async () => {
  await writeFile(lockFile(), '{"nonce": "')
  const hold = await holdDataDir(folder)
  expect(JSON.parse(await readFile(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid })
  await hold.release()
})

test('of many that find the same dead holder exactly one gets the folder', async () => {
  const dead = { nonce: 'dead', pid: 2 ** 30, mark: null, host: hostname(), url: null }
  await writeFile(lockFile(), JSON.stringify(dead))
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => holdDataDir(folder)))
  const holds = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  expect(holds).toHaveLength(1)
  await holds[0]?.release()
})

test('a holder on another host lives while its heart beats', async () => {
  const foreign = { nonce: 'far', pid: 1, mark: 'x', host: 'another-container', url: 'http://far:3000' }
  await writeFile(lockFile(), JSON.stringify(foreign))
  const heart = setInterval(
    () => void utimes(lockFile(), new Date(), new Date()).catch(() => {}),
    quick.beatMs,
  )
  await expect(holdDataDir(folder, quick)).rejects.toThrow('http://far:3000, process 1 on another-container')
  clearInterval(heart)
  await (await holdDataDir(folder, quick)).release()
})

test('our own heart beats', async () => {
  const hold = await holdDataDir(folder, quick)
  const long = new Date(0)
  await utimes(lockFile(), long, long)
  await expect.poll(async () => (await stat(lockFile())).mtimeMs).toBeGreaterThan(0)
  await hold.release()
})

test('a folder that cannot be made is one sentence that names DATA_DIR', async () => {
  const file = path.join(folder, 'a file')
  await writeFile(file, '')
  const error = await holdDataDir(path.join(file, 'below')).catch((cause: unknown) => cause)
  expect(error).toBeInstanceOf(DataDirError)
  expect(String(error)).toContain('DATA_DIR')
})
