import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Finding } from './finding'

/** Below these, known holes are open: see the advisories each of them fixed. */
export const floors: Record<string, string> = {
  next: '16.2.6',
  'next-auth': '4.24.12',
  ws: '8.17.1',
  nodemailer: '8.0.5',
}

/** Every copy the lock file would install, nested ones too, is at or above its floor. */
export async function checkVersions(root: string): Promise<Finding[]> {
  const file = 'package-lock.json'
  const lock: unknown = JSON.parse(await readFile(path.join(root, file), 'utf8'))
  const packages = Object.entries(lockedPackages(lock))
  return Object.entries(floors).flatMap(([name, floor]): Finding[] => {
    const copies = packages.filter(
      ([where]) => where === `node_modules/${name}` || where.endsWith(`/node_modules/${name}`),
    )
    if (copies.length === 0) return [{ file, sentence: `${name} is missing; at least ${floor} is expected.` }]
    return copies
      .filter(([, version]) => below(version, floor))
      .map(([where, version]) => ({
        file,
        sentence: `${where} is ${version}, below ${floor}, where known holes are closed.`,
      }))
  })
}

function lockedPackages(lock: unknown): Record<string, string> {
  if (typeof lock !== 'object' || lock === null || !('packages' in lock)) return {}
  const { packages } = lock
  if (typeof packages !== 'object' || packages === null) return {}
  return Object.fromEntries(
    Object.entries(packages).flatMap(([where, entry]: [string, unknown]) => {
      const known = typeof entry === 'object' && entry !== null && 'version' in entry
      return known && typeof entry.version === 'string' ? [[where, entry.version]] : []
    }),
  )
}

function below(version: string, floor: string): boolean {
  // A pre-release of the floor itself may lack the fix.
  const [core = '', prerelease] = version.split('-')
  const is = core.split('.').map(Number)
  const least = floor.split('.').map(Number)
  for (let i = 0; i < 3; i++) {
    const difference = (is[i] ?? 0) - (least[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return prerelease !== undefined
}
