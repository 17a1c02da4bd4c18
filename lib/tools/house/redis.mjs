import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'

const NAMES = ['redis-server', 'valkey-server']

/** The Redis or Valkey of this machine, the first that lies on the PATH and runs; null when there is none. */
export function findRedis(env = process.env) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter(Boolean)
  const places = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)))
  return places.find(isProgram) ?? null
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return /\d+\.\d+/.test(
      execFileSync(file, ['--version'], { encoding: 'utf8', timeout: 20_000, stdio: 'pipe' }),
    )
  } catch {
    return false
  }
}
