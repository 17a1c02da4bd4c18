import { readdirSync, readFileSync } from 'node:fs'

/** The processes of the app and, apart from them, those of its database. Linux only. */
export interface Processes {
  readonly app: readonly number[]
  readonly database: readonly number[]
}

/** A process and everything below it. */
export function processesBelow(root: number): Processes {
  const children = new Map<number, number[]>()
  const names = new Map<number, string>()
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry)
    if (!Number.isInteger(pid)) continue
    const stat = statOf(pid)
    if (!stat) continue
    names.set(pid, stat.name)
    children.set(stat.parent, [...(children.get(stat.parent) ?? []), pid])
  }
  const found = { app: [] as number[], database: [] as number[] }
  const add = (pid: number, below: boolean) => {
    const database = below || names.get(pid) === 'postgres'
    found[database ? 'database' : 'app'].push(pid)
    for (const child of children.get(pid) ?? []) add(child, database)
  }
  add(root, false)
  return found
}

/** Milliseconds of processor time these have used since they began. */
export function processorTime(pids: readonly number[]): number {
  // A tick is a hundredth of a second on every Linux that Node runs on.
  return pids.reduce((sum, pid) => sum + (statOf(pid)?.ticks ?? 0) * 10, 0)
}

function statOf(pid: number): { name: string; parent: number; ticks: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return {
      name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
      parent: Number(fields[1]),
      // In user mode and in the kernel.
      ticks: Number(fields[11]) + Number(fields[12]),
    }
  } catch {
    // It ended while we looked.
    return null
  }
}
