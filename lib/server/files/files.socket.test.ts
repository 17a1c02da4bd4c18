import { createHash } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FileStore, HEAD_BYTES } from '@/lib/commands/file-store'
import { RUN_VARIABLE } from '@/lib/testing/database'
import { refusal } from '@/lib/testing/refusal'
import { type S3Server, s3Server } from '@/lib/testing/s3-server'
import { diskFiles } from './disk'
import { openFiles, over } from './open'
import { s3Files } from './s3'

const account = { bucket: 'papers', region: 'eu-central-1', accessKeyId: 'A', secretAccessKey: 's/e+c=r' }
let s3: S3Server
let root: string
beforeAll(async () => {
  root = mkdtempSync(join(process.env[RUN_VARIABLE] ?? tmpdir(), 'throughline-files-'))
  s3 = await s3Server(account)
})
afterAll(async () => {
  await s3.stop()
  await rm(root, { recursive: true, force: true })
})

const bucket = (prefix = '', secretAccessKey = account.secretAccessKey) => ({
  ...account,
  secretAccessKey,
  endpoint: s3.endpoint,
  prefix,
  pathStyle: true,
})
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const text = (words: string) => new TextEncoder().encode(words)
async function* pieces(...parts: Uint8Array[]) {
  yield* parts
}
async function all(files: FileStore): Promise<string[]> {
  const found: string[] = []
  for await (const { sha256 } of files.list()) found.push(sha256)
  return found.sort()
}
const MOST = { bytes: 2_500_000, words: '2.5 MB' }

describe.each([
  ['a folder', () => diskFiles(join(root, 'files'), join(root, 'incoming'))],
  ['a bucket', () => s3Files(bucket('throughline/'), join(root, 'drafts'))],
])('the contract of a file store: %s', (_name, open) => {
  test('what is kept is read again, byte for byte, and listed', async () => {
    const files = open()
    const bytes = text('纲举目张')
    const before = Date.now() - 2_000
    await files.keep(sha(bytes), bytes)
    await files.keep(sha(bytes), bytes)
    expect((await files.read(sha(bytes)))?.size).toBe(bytes.length)
    expect(await files.whole(sha(bytes))).toEqual(bytes)
    expect(await files.keptAt(sha(bytes))).toBeGreaterThanOrEqual(before)
    expect(await all(files)).toContain(sha(bytes))
  })

  test('what is not there is not there, and deleting it is no harm', async () => {
    const files = open()
    const missing = sha(text('never kept'))
    expect(await files.read(missing)).toBeNull()
    expect(await files.keptAt(missing)).toBeNull()
    await files.remove(missing)
    const bytes = text('for a moment')
    await files.keep(sha(bytes), bytes)
    await files.remove(sha(bytes))
    expect(await files.read(sha(bytes))).toBeNull()
    expect(await all(files)).not.toContain(sha(bytes))
  })

  test('a stream is hashed and counted on its way, and is nowhere until it is kept', async () => {
    const files = open()
    const parts = [text('a'.repeat(800_000)), text('b'.repeat(800_000)), text('c')]
    const whole = new Uint8Array(Buffer.concat(parts))
    const draft = await files.receive(pieces(...parts), MOST)
    expect(draft).toMatchObject({ sha256: sha(whole), size: whole.length })
    expect(sha(draft.head)).toBe(sha(whole.slice(0, HEAD_BYTES)))
    expect(await files.keptAt(draft.sha256)).toBeNull()
    await draft.keep()
    await draft.discard()
    expect(sha((await files.whole(draft.sha256)) ?? text(''))).toBe(draft.sha256)
  })

  test('a stream ends with the first byte too many, or where it breaks, and leaves nothing', async () => {
    const files = open()
    const before = await all(files)
    let asked = 0
    async function* endless() {
      while (true) {
        asked += 1
        yield new Uint8Array(1_000_000)
      }
    }
    expect((await refusal(files.receive(endless(), MOST))).code).toBe('too_large')
    expect(asked).toBe(3)
    async function* broken() {
      yield text('half of it')
      throw new Error('the line broke')
    }
    await expect(files.receive(broken(), MOST)).rejects.toThrow('the line broke')
    await (await files.receive(pieces(text('thought better of it')), MOST)).discard()
    expect(await all(files)).toEqual(before)
    for (const folder of ['incoming', 'drafts'])
      expect(await readdir(join(root, folder)).catch(() => [])).toEqual([])
  })

  test('many at once, the same ones too', async () => {
    const files = open()
    const many = Array.from({ length: 12 }, (_, i) => text(`file ${i % 4}`))
    await Promise.all(
      many.map(async (bytes) => {
        const draft = await files.receive(pieces(bytes), MOST)
        await draft.keep()
        await draft.discard()
      }),
    )
    for (const bytes of many) expect(await files.whole(sha(bytes))).toEqual(bytes)
    expect((await all(files)).filter((one) => many.some((bytes) => sha(bytes) === one))).toHaveLength(4)
  })

  test('a name that is no hash never becomes a path', async () => {
    const files = open()
    for (const name of ['../../secret', `${'a'.repeat(63)}/`, ''])
      await expect(files.read(name)).rejects.toThrow('named by their hash')
  })
})

describe('a bucket', () => {
  test('lists only what is ours, over all pages', async () => {
    const mine = s3Files(bucket('mine/'), join(root, 'drafts'))
    const hashes: string[] = []
    for (let i = 0; i < 5; i++) {
      const bytes = text(`mine ${i}`)
      hashes.push(sha(bytes))
      await mine.keep(sha(bytes), bytes)
    }
    s3.objects.set('mine/readme.txt', { bytes: Buffer.from('x'), at: new Date() })
    s3.objects.set(`other/ab/${'a'.repeat(64)}`, { bytes: Buffer.from('x'), at: new Date() })
    expect(await all(mine)).toEqual(hashes.sort())
  })

  test('is asked again when it is busy; what it refuses is an error that names no key', async () => {
    const files = s3Files(bucket('busy/'), join(root, 'drafts'))
    const bytes = text('in the end')
    s3.fail(2)
    await files.keep(sha(bytes), bytes)
    expect(await files.whole(sha(bytes))).toEqual(bytes)
    const wrong = s3Files(bucket('busy/', 'wrong'), join(root, 'drafts'))
    await expect(wrong.keep(sha(bytes), bytes)).rejects.toThrow(
      /^the file storage refused to keep a file: 403 SignatureDoesNotMatch$/,
    )
    await expect(files.keep(sha(text('others')), bytes)).rejects.toThrow('XAmzContentSHA256Mismatch')
  })
})

describe('opening', () => {
  test('with a bucket, what lies in the folder from before is still read', async () => {
    const dataDir = join(root, 'data')
    const before = await openFiles({ s3: undefined, filesDir: undefined }, dataDir)
    const [old, fresh] = [text('from before'), text('from now on')]
    await before.keep(sha(old), old)
    const now = await openFiles({ s3: bucket('moved/'), filesDir: undefined }, dataDir)
    await now.keep(sha(fresh), fresh)
    expect(await now.whole(sha(old))).toEqual(old)
    expect(await now.whole(sha(fresh))).toEqual(fresh)
    expect(await before.whole(sha(fresh))).toBeNull()
    expect(await all(now)).toEqual([sha(old), sha(fresh)].sort())
    await now.remove(sha(old))
    expect(await before.read(sha(old))).toBeNull()
  })

  test('nodes on one machine share a folder: each throws away only what it left half sent itself', async () => {
    const shared = { s3: undefined, filesDir: join(root, 'shared') }
    const [one, two] = [join(root, 'one'), join(root, 'two')]
    const [here, there] = [await openFiles(shared, one), await openFiles(shared, two)]
    const bytes = text('for both')
    await here.keep(sha(bytes), bytes)
    expect(await there.whole(sha(bytes))).toEqual(bytes)
    const coming = await here.receive(pieces(text('half')), MOST)
    await openFiles(shared, two)
    await coming.keep()
    expect(await there.whole(sha(text('half')))).toEqual(text('half'))
    expect(await all(there)).toEqual([sha(bytes), sha(text('half'))].sort())
    await here.receive(pieces(text('cut off')), MOST)
    await openFiles(shared, one)
    expect(await readdir(join(shared.filesDir, 'incoming'))).toEqual([])
  })

  test('throws away what a crash left half sent', async () => {
    const dataDir = join(root, 'crashed')
    const files = await openFiles({ s3: undefined, filesDir: undefined }, dataDir)
    await files.receive(pieces(text('half')), MOST)
    expect(await readdir(join(dataDir, 'incoming'))).toHaveLength(1)
    await openFiles({ s3: undefined, filesDir: undefined }, dataDir)
    expect(await readdir(join(dataDir, 'incoming')).catch(() => [])).toEqual([])
  })

  test('a folder: foreign files in it are nobody’s, and its age counts from the last keeping', async () => {
    const folder = join(root, 'aged')
    const files = over(
      diskFiles(folder, join(root, 'incoming')),
      diskFiles(join(root, 'none'), join(root, 'incoming')),
    )
    const bytes = text('old')
    await files.keep(sha(bytes), bytes)
    await writeFile(join(folder, sha(bytes).slice(0, 2), 'notes.txt'), 'x')
    await utimes(join(folder, sha(bytes).slice(0, 2), sha(bytes)), 1, 1)
    expect(await files.keptAt(sha(bytes))).toBe(1_000)
    await files.keep(sha(bytes), bytes)
    expect(await files.keptAt(sha(bytes))).toBeGreaterThan(Date.now() - 60_000)
    expect(await all(files)).toEqual([sha(bytes)])
  })
})
