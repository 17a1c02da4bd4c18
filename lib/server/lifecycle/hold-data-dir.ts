import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { processMark } from '@/db/embedded/process-identity'

/** One app at a time may use a data folder: uploads, the generated secret and the private database lie in it. */
export interface DataDirHold {
  /** Tells the next one who asks under which address we can be found. */
  announce(url: string): Promise<void>
  release(): Promise<void>
}

/** Another app uses the folder. `message` is one sentence for the terminal. */
export class DataDirTakenError extends Error {
  override readonly name = 'DataDirTakenError'
}

/** The folder cannot be made or written. `message` is one sentence for the terminal. */
export class DataDirError extends Error {
  override readonly name = 'DataDirError'
}

const holderShape = z.object({
  /** Names this very hold: a file with another nonce is somebody else's, whatever else it says. */
  nonce: z.string(),
  pid: z.number(),
  mark: z.string().nullable(),
  host: z.string(),
  url: z.string().nullable(),
})
type Holder = z.infer<typeof holderShape>

export interface HoldTiming {
  /** The file's time is renewed this often, for those who cannot look at our process: another container. */
  beatMs: number
  /** Without a beat for this long, a holder on another host counts as dead. */
  deadAfterMs: number
}

const TIMING: HoldTiming = { beatMs: 2_000, deadAfterMs: 7_000 }

/** Far longer than the few file operations of the race it guards against, far shorter than anybody notices. */
const SETTLE_MS = 25

/**
 * Takes the folder, making it when missing. Throws DataDirTakenError, naming the first, while another app
 * uses it. What a killed app left is taken over.
 */
export async function holdDataDir(dataDir: string, timing: HoldTiming = TIMING): Promise<DataDirHold> {
  const folder = path.resolve(dataDir)
  const file = path.join(folder, 'app.lock')
  const me: Holder = {
    nonce: randomUUID(),
    pid: process.pid,
    mark: await processMark(process.pid),
    host: hostname(),
    url: null,
  }
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    while (!(await create(file, me))) {
      const other = await read(file)
      if (other && (await isHolding(other, file, timing)))
        throw new DataDirTakenError(describe(folder, other))
      await removeStale(file, other)
    }
    // Whoever judged the same dead holder a moment before us may just now be moving our file aside; by the
    // time it is back, or another one has taken its place, we look whether it is still ours.
    await delay(SETTLE_MS)
    const settled = await read(file)
    if (settled?.nonce !== me.nonce) {
      throw new DataDirTakenError(
        settled ? describe(folder, settled) : `The data folder ${folder} is being taken.`,
      )
    }
  } catch (cause) {
    if (cause instanceof DataDirTakenError) throw cause
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new DataDirError(
      `The data folder ${folder} cannot be used (${why}); set DATA_DIR to another one.`,
      { cause },
    )
  }
  const beat = setInterval(() => {
    const now = new Date()
    // A folder that was removed under a running app is noticed by whoever needs it, not here.
    utimes(file, now, now).catch(() => {})
  }, timing.beatMs)
  beat.unref()
  return {
    async announce(url) {
      if ((await read(file))?.nonce !== me.nonce) return
      await replace(file, { ...me, url })
    },
    async release() {
      clearInterval(beat)
      if ((await read(file))?.nonce === me.nonce) await rm(file, { force: true })
    },
  }
}

/** False when there is one already. A link to a finished file: nobody ever reads half of it. */
async function create(file: string, holder: Holder): Promise<boolean> {
  const draft = `${file}.${holder.nonce}`
  await writeFile(draft, JSON.stringify(holder), { mode: 0o600 })
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

async function replace(file: string, holder: Holder): Promise<void> {
  const draft = `${file}.${holder.nonce}`
  await writeFile(draft, JSON.stringify(holder), { mode: 0o600 })
  await rename(draft, file)
}

async function read(file: string): Promise<Holder | null> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return holderShape.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/**
 * Two apps may find the same dead holder at once, and the slower one must not remove what the quicker one has
 * just created: it is moved aside first, looked at, and put back when it is not the dead one.
 */
async function removeStale(file: string, stale: Holder | null): Promise<void> {
  const aside = `${file}.${randomUUID()}`
  try {
    await rename(file, aside)
  } catch {
    return
  }
  const moved = await read(aside)
  if (moved && moved.nonce !== stale?.nonce) await link(aside, file).catch(() => {})
  await rm(aside, { force: true })
}

async function isHolding(other: Holder, file: string, timing: HoldTiming): Promise<boolean> {
  if (other.host === hostname()) {
    const mark = await processMark(other.pid)
    return mark !== null && mark === other.mark
  }
  // Another machine or container: its processes cannot be seen from here, but its heartbeat can. Clocks may
  // differ, so what counts is whether the time moves.
  const before = await beatOf(file)
  const end = performance.now() + timing.deadAfterMs
  while (performance.now() < end) {
    await delay(Math.min(200, timing.beatMs))
    const now = await beatOf(file)
    if (now === null) return false
    if (now !== before) return true
  }
  return false
}

async function beatOf(file: string): Promise<number | null> {
  return stat(file).then(
    (found) => found.mtimeMs,
    () => null,
  )
}

function describe(folder: string, other: Holder): string {
  const where = other.host === hostname() ? `process ${other.pid}` : `process ${other.pid} on ${other.host}`
  const which = other.url === null ? where : `${other.url}, ${where}`
  return `Another Throughline (${which}) already uses the data folder ${folder}; stop it first, or set DATA_DIR to another folder.`
}
