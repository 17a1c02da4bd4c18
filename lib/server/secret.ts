import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** 32 bytes: as much as the key derived from it holds. */
const SECRET_BYTES = 32

/**
 * What signs sessions: AUTH_SECRET, or a secret made once and kept in DATA_DIR/secret, readable by its owner only.
 * Throws what the file system says.
 */
export async function loadSecret(given: string | undefined, dataDir: string): Promise<string> {
  if (given) return given
  const path = join(dataDir, 'secret')
  const kept = await read(path)
  if (kept) return kept

  await mkdir(dataDir, { recursive: true })
  // Written elsewhere, then linked into place: the file is there whole or not at all, and of several processes starting
  // together one wins and all read what it wrote.
  const draft = join(dataDir, `secret.${process.pid}.${randomBytes(6).toString('hex')}`)
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(`${randomBytes(SECRET_BYTES).toString('base64url')}\n`)
      // A secret that a power cut takes away signs everybody out.
      await file.sync()
    } finally {
      await file.close()
    }
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(draft, { force: true })
  }
  const secret = await read(path)
  if (!secret) throw new Error(`${path} holds no secret. Remove the file to have a new one made.`)
  return secret
}

async function read(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const secret = text.trim()
  // An emptied file must not become an empty key that anybody can sign with.
  if (secret.length < SECRET_BYTES)
    throw new Error(`${path} holds no secret. Remove the file to have a new one made.`)
  return secret
}
