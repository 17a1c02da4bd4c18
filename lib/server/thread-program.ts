import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The program of a room's threads, `worker.ts` in it: built beside the built server; else its source, beside the caller
 * (`from`: its import.meta.url) or, where that was bundled for development, in the project's folder, which is where the
 * server runs.
 */
export function threadProgram(room: 'exchange' | 'projection', from: string): string {
  const beside = (name: string) => fileURLToPath(new URL(name, from))
  const found = [
    beside(`./throughline-${room}.mjs`),
    beside('./worker.mjs'),
    join(process.cwd(), 'lib', 'server', room, 'worker.mjs'),
  ].find((file) => existsSync(file))
  if (!found) throw new Error(`the program of ${room} is not there`)
  return found
}
