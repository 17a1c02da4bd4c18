import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Finding } from './finding'

/** Whoever opens the repository sees the plan of the house, not its plumbing. */
export const topLevel = new Set([
  ...['app', 'lib', 'db', 'e2e', 'bench', 'docs', '.ci'],
  ...[
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'next.config.js',
    'drizzle.config.ts',
    'biome.json',
  ],
  ...['docker-compose.yml', 'README.md', 'LICENSE', '.gitignore', '.npmrc', '.postcssrc.json'],
])

export async function checkTopLevel(root: string): Promise<Finding[]> {
  const ignored = await ignoredNames(root)
  const names = await readdir(root)
  return names
    .filter(
      (name) => name !== '.git' && !topLevel.has(name) && !ignored.some((pattern) => pattern.test(name)),
    )
    .map((name) => ({
      file: name,
      sentence: 'does not belong on the top level, which is kept short; find it a room.',
    }))
}

/** What git ignores is not part of the house. Enough of .gitignore for plain names and `*`. */
async function ignoredNames(root: string): Promise<RegExp[]> {
  const text = await readFile(path.join(root, '.gitignore'), 'utf8').catch(() => '')
  return text
    .split('\n')
    .map((line) => line.trim().replace(/^\/|\/$/g, ''))
    .filter((line) => line !== '' && !line.startsWith('#') && !line.includes('/'))
    .map((glob) => new RegExp(`^${glob.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`))
}
