import { execFile } from 'node:child_process'
import { readFile, readlink } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * When the process `pid` began, as an opaque mark; null when there is no such process (or only its zombie).
 * A number alone proves nothing: after a reboot, and in a restarted container nearly always, the same small
 * pid belongs to somebody else. Pid and mark together name one process for good.
 */
export async function processMark(pid: number): Promise<string | null> {
  if (!Number.isInteger(pid) || pid <= 0 || !exists(pid)) return null
  if (process.platform === 'linux') return linuxMark(pid)
  if (process.platform === 'win32') return 'running'
  const lines = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => null)
  return lines?.stdout.trim() || null
}

/** True while the process exists. A zombie is dead: nobody may ever reap it when we are process 1. */
export async function isAlive(pid: number): Promise<boolean> {
  return (await processMark(pid)) !== null
}

/** The folder a process works in, `null` where the system does not tell. PostgreSQL works in its data directory. */
export async function folderOf(pid: number): Promise<string | null> {
  return link(pid, 'cwd')
}

/** The program file a process runs, `null` where the system does not tell; ends in " (deleted)" once replaced. */
export async function programOf(pid: number): Promise<string | null> {
  return link(pid, 'exe')
}

async function link(pid: number, name: string): Promise<string | null> {
  return process.platform === 'linux' ? readlink(`/proc/${pid}/${name}`).catch(() => null) : null
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, but under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function linuxMark(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (stat === null) return null
  // The name in parentheses may itself hold spaces and parentheses, so the fields count from the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return null
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  return `${boot.trim()}:${fields[19] ?? ''}`
}
