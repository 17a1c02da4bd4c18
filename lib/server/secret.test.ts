import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSecret } from './secret'

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'throughline-secret-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

test('a given secret is used, and nothing is written', async () => {
  expect(await loadSecret('x'.repeat(40), dir)).toBe('x'.repeat(40))
  expect(await readdir(dir)).toEqual([])
})

test('one is made on first start, for its owner only, and kept', async () => {
  const data = join(dir, 'not yet', '数据')
  const first = await loadSecret(undefined, data)
  expect(first.length).toBeGreaterThanOrEqual(43)
  expect(await loadSecret(undefined, data)).toBe(first)
  expect((await stat(join(data, 'secret'))).mode & 0o777).toBe(0o600)
  expect(await readdir(data)).toEqual(['secret'])
})

test('twenty that start together agree on one', async () => {
  const secrets = await Promise.all(Array.from({ length: 20 }, () => loadSecret(undefined, dir)))
  expect(new Set(secrets).size).toBe(1)
  expect((await readFile(join(dir, 'secret'), 'utf8')).trim()).toBe(secrets[0])
  expect(await readdir(dir)).toEqual(['secret'])
})

test('an emptied file is an error, never an empty key', async () => {
  await writeFile(join(dir, 'secret'), '\n')
  await expect(loadSecret(undefined, dir)).rejects.toThrow(/holds no secret/)
})
