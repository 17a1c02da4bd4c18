import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Finding } from './finding'

const run = promisify(execFile)

/** The migrations bring a database to exactly what db/schema describes: generating another one finds nothing to do. */
export async function checkMigrations(root: string, schema = 'db/schema/index.ts'): Promise<Finding[]> {
  const copy = await mkdtemp(path.join(tmpdir(), 'throughline-migrations-'))
  try {
    const source = path.join(root, 'db', 'migrations')
    await cp(source, copy, { recursive: true })
    const before = await readdir(copy)
    const kit = path.join(path.dirname(createRequire(import.meta.url).resolve('drizzle-kit')), 'bin.cjs')
    // drizzle-kit takes its folders relative to where it runs.
    const out = path.relative(root, copy)
    const args = [kit, 'generate', '--dialect', 'postgresql', '--schema', schema, '--out', out]
    const problem = await run(process.execPath, args, { cwd: root, env: { ...process.env, CI: '1' } }).then(
      () => null,
      (error: unknown) => String(error instanceof Error && 'stderr' in error ? error.stderr : error).trim(),
    )
    const made = (await readdir(copy)).filter((name) => !before.includes(name))
    if (problem === null && made.length === 0) return []
    const why = problem === null ? `'${made.join(', ')}' would be added` : (problem.split('\n')[0] ?? '')
    return [{ file: 'db/migrations', sentence: `differs from ${schema} (${why}); run 'npm run migration'.` }]
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}
