import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** What a running PostgreSQL writes about itself into `postmaster.pid` of its data directory. */
export interface PostmasterPid {
  pid: number
  dataDirectory: string
  port: number
  status: string
}

/** null: no server has this directory, or it is still writing its first lines. */
export async function readPostmasterPid(cluster: string): Promise<PostmasterPid | null> {
  const text = await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => null)
  if (text === null) return null
  const lines = text.split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!Number.isInteger(pid) || pid <= 0) return null
  return { pid, dataDirectory: lines[1] ?? '', port, status: (lines[7] ?? '').trim() }
}
