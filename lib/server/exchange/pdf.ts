import { execFile, spawn } from 'node:child_process'
import { chmod, chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Refusal } from '@/lib/domain/refusal'
import { findChromium } from '@/lib/tools/house/chromium.mjs'

/** A strategy of 100,000 characters takes a few seconds; what takes longer is stuck. */
const DEADLINE = 45_000
/** A browser takes 200 MB: one at a time, and whoever would wait for more than this many is asked to come back. */
const MAX_WAITING = 4
/** The account that owns nothing. */
const NOBODY = 65_534

export interface Printer {
  /** Whether this machine has a browser that prints. Asked once, then known. */
  works(): Promise<boolean>
  /** A self-contained page as PDF. Refuses with `pdf_unavailable` when there is no browser or it takes too long. */
  print(html: string): Promise<Uint8Array>
}

export function openPrinter(path: string | null = findChromium(), deadline = DEADLINE): Printer {
  let known: Promise<boolean> | undefined
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  const works = () => {
    known ??= path === null ? Promise.resolve(false) : answers(path)
    return known
  }
  return {
    works,
    async print(html) {
      if (path === null || !(await works()) || waiting > MAX_WAITING) throw new Refusal('pdf_unavailable')
      waiting += 1
      const turn = last.then(() => print(path, html, deadline))
      last = turn.catch(() => undefined)
      try {
        return await turn
      } finally {
        waiting -= 1
      }
    },
  }
}

/** Ubuntu's package of that name only says that one should install something else. */
function answers(path: string): Promise<boolean> {
  return new Promise((done) => {
    execFile(path, ['--version'], { timeout: 20_000 }, (error, said) => done(!error && /\d+\./.test(said)))
  })
}

async function print(path: string, html: string, deadline: number): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-print-'))
  try {
    const page = join(folder, 'page.html')
    const out = join(folder, 'page.pdf')
    await writeFile(page, html)
    const root = process.getuid?.() === 0
    // Root's browser has no sandbox; as nobody it can at least read nothing that matters.
    const asNobody = root && (await give(folder, page))
    await run(
      path,
      [
        '--headless',
        ...(root ? ['--no-sandbox'] : []),
        `--user-data-dir=${join(folder, 'profile')}`,
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--no-first-run',
        '--disable-extensions',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-breakpad',
        // The page has no scripts, its own policy forbids them, and it loads nothing. Should that ever be wrong, it
        // reaches nobody.
        '--host-resolver-rules=MAP * ~NOTFOUND',
        '--proxy-server=http://127.0.0.1:9',
        '--no-pdf-header-footer',
        `--print-to-pdf=${out}`,
        pathToFileURL(page).href,
      ],
      { folder, deadline, asNobody },
    )
    return new Uint8Array(await readFile(out))
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('pdf_unavailable')
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function give(folder: string, page: string): Promise<boolean> {
  try {
    await chown(folder, NOBODY, NOBODY)
    await chown(page, NOBODY, NOBODY)
    await chmod(folder, 0o700)
    return true
  } catch {
    return false
  }
}

function run(
  path: string,
  args: readonly string[],
  given: { folder: string; deadline: number; asNobody: boolean },
): Promise<void> {
  const { folder, deadline, asNobody } = given
  return new Promise((done, fail) => {
    const child = spawn(path, args, {
      cwd: folder,
      stdio: 'ignore',
      // A group of its own: a browser is several processes, and all of them have to end.
      detached: true,
      // Nothing of ours: no secrets, no database address.
      env: {
        PATH: process.env.PATH ?? '',
        HOME: folder,
        TMPDIR: folder,
        LANG: 'C.UTF-8',
        NODE_ENV: 'production',
      },
      ...(asNobody ? { uid: NOBODY, gid: NOBODY } : {}),
    })
    const timer = setTimeout(() => {
      end(child.pid)
      fail(new Refusal('pdf_unavailable'))
    }, deadline)
    child.once('error', (error) => {
      clearTimeout(timer)
      fail(error)
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      end(child.pid)
      if (code === 0) done()
      else fail(new Error(`the browser ended with ${code}`))
    })
  })
}

function end(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // All of it has ended already.
  }
}
