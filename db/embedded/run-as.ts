import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process'
import { chmod, chown, lchown, readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './error'

/**
 * PostgreSQL refuses to run as root. Three ways:
 * - `direct`: we are an ordinary user, nothing to do;
 * - `namespace`: we are root; a user namespace shows root to PostgreSQL as another user, while the files stay
 *   root's. Works in any folder, even below /root;
 * - `user`: we are root where namespaces are forbidden (many containers), or the data already belongs to
 *   somebody: give up root for that user.
 */
export type RunAs = { kind: 'direct' } | Identity<'namespace'> | Identity<'user'>
interface Identity<K> {
  kind: K
  uid: number
  gid: number
}

const run = promisify(execFile)

/** The way that works for these files; `home` is the folder PostgreSQL must be able to write in. */
export async function chooseRunAs(postgres: string, home: string, cluster: string): Promise<RunAs> {
  const ways = await candidates(home, cluster)
  const failures: string[] = []
  for (const way of ways) {
    const failure = await tryOut(way, postgres, home)
    if (failure === null) return way
    failures.push(failure)
  }
  const reason = [...new Set(failures)].join(', ')
  const root =
    ways[0]?.kind === 'direct' ? '' : 'PostgreSQL does not run as root, and no way around that works here: '
  throw new EmbeddedPostgresError(`${root}${reason}`)
}

/** Starts a program this way. The child gets a session of its own: Ctrl-C in the terminal must not reach it. */
export function spawnAs(way: RunAs, file: string, args: string[], options: SpawnOptions): ChildProcess {
  const command = wrap(way, file, args)
  return spawn(command.file, command.args, {
    ...options,
    ...command.identity,
    env: environment(),
    detached: true,
    windowsHide: true,
  })
}

/** Gives a path (and everything in it) to the user PostgreSQL will run as. */
export async function handOver(way: RunAs, target: string): Promise<void> {
  if (way.kind !== 'user') return
  await lchown(target, way.uid, way.gid)
  for (const entry of await readdir(target).catch(() => [])) await handOver(way, path.join(target, entry))
}

async function candidates(home: string, cluster: string): Promise<RunAs[]> {
  if (process.getuid?.() !== 0) return [{ kind: 'direct' }]
  const owner = await stat(cluster).catch(() => null)
  // Existing data decides: a namespace can only use root's files, a plain user only their own.
  if (owner && owner.uid !== 0) return [{ kind: 'user', uid: owner.uid, gid: owner.gid }]
  const stranger = await anyOrdinaryUser()
  const namespace: RunAs[] = process.platform === 'linux' ? [{ kind: 'namespace', ...stranger }] : []
  if (owner) return namespace.length > 0 ? namespace : [{ kind: 'user', ...stranger }]
  const folder = await stat(path.dirname(home))
  const host: RunAs[] = folder.uid === 0 ? [] : [{ kind: 'user', uid: folder.uid, gid: folder.gid }]
  return [...namespace, ...host, { kind: 'user', ...stranger }]
}

/** PostgreSQL looks its own user up by number, so the number must be in the list of users. */
async function anyOrdinaryUser(): Promise<{ uid: number; gid: number }> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const users = text
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    // macOS writes nobody as -2, which no system call takes.
    .filter(
      (user) => Number.isInteger(user.uid) && user.uid > 0 && Number.isInteger(user.gid) && user.gid > 0,
    )
  const best = users.find((user) => user.name === 'nobody') ?? users.at(-1)
  return best ? { uid: best.uid, gid: best.gid } : { uid: 65534, gid: 65534 }
}

async function tryOut(way: RunAs, postgres: string, home: string): Promise<string | null> {
  if (way.kind === 'user') {
    // Others may pass through our folder to theirs, but still not look into it.
    for (const folder of [path.dirname(home), home]) await chmod(folder, 0o711).catch(() => {})
    await chown(home, way.uid, way.gid).catch(() => {})
  }
  const test = 'test -w "$1" || exit 77; exec "$2" --version'
  const command =
    process.platform === 'win32'
      ? { file: postgres, args: ['--version'], identity: {} }
      : wrap(way, 'sh', ['-c', test, 'sh', home, postgres])
  try {
    await run(command.file, command.args, {
      ...command.identity,
      cwd: '/',
      env: environment(),
      windowsHide: true,
    })
    return null
  } catch (error) {
    return explain(error, way, home)
  }
}

function explain(error: unknown, way: RunAs, home: string): string {
  const who =
    way.kind === 'user' ? `user ${way.uid}` : way.kind === 'namespace' ? 'a user namespace' : 'this user'
  if (typeof error === 'object' && error !== null && 'code' in error && error.code === 77) {
    return `${who} may not write in ${home}`
  }
  const words = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  return `${who}: ${words.trim().split('\n').at(-1) ?? ''}`
}

function wrap(way: RunAs, file: string, args: string[]) {
  switch (way.kind) {
    case 'direct':
      return { file, args, identity: {} }
    case 'user':
      return { file, args, identity: { uid: way.uid, gid: way.gid } }
    case 'namespace':
      // unshare without --fork replaces itself by the program: the pid we get is PostgreSQL's own.
      return {
        file: 'unshare',
        args: ['--user', `--map-user=${way.uid}`, `--map-group=${way.gid}`, '--', file, ...args],
        identity: {},
      }
  }
}

/** PostgreSQL takes defaults from PG* variables and speaks the language of the locale; neither is wanted here. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', NODE_ENV: process.env.NODE_ENV }
}
