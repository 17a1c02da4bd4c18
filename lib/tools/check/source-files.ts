import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

export interface SourceFile {
  /** Path from the project's folder, with forward slashes. */
  file: string
  text: string
}

/** Every TypeScript file below these folders of the project; a folder that is missing has none. */
export async function sourceFiles(root: string, folders: string[]): Promise<SourceFile[]> {
  const lists = await Promise.all(
    folders.map((folder) =>
      readdir(path.join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []),
    ),
  )
  const files = lists
    .flat()
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mts)$/.test(entry.name) && !/\.d\.m?ts$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((file) => !file.includes('node_modules/'))
    .sort()
  return Promise.all(
    files.map(async (file) => ({ file, text: await readFile(path.join(root, file), 'utf8') })),
  )
}

export function isTest(file: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(file)
}

/** `'use client'` or `'use server'` on top of a file. */
export function directive(text: string): string | null {
  const match = /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*(['"])use (client|server)\1/.exec(text)
  return match?.[2] ?? null
}
