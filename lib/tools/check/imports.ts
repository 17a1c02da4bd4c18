import path from 'node:path'
import type { SourceFile } from './source-files'

export interface Import {
  line: number
  specifier: string
  /** Erased by the compiler: no code comes with it. */
  typeOnly: boolean
}

/*
 * The formatter puts every import and export at the start of a line, so that this much grammar is enough; what
 * stands in a comment or inside a line of text does not match.
 */
const STATIC = /^(?:import|export)\s+(type\s+)?(?:[\w*$\s,{}]*?\s*from\s*)?(['"])([^'"\n]+)\2/gm
const DYNAMIC = /\b(?:import|require)\(\s*(?:\/\*[^*]*\*\/\s*)?(['"`])([^'"`\n]+)\1/g

export function importsOf(text: string): Import[] {
  const found: Import[] = []
  const lineAt = (index: number) => text.slice(0, index).split('\n').length
  for (const match of text.matchAll(STATIC)) {
    // Only a whole `import type` vanishes; `import { type A }` stays, as an import of nothing.
    found.push({ line: lineAt(match.index), specifier: match[3] ?? '', typeOnly: match[1] !== undefined })
  }
  for (const match of text.matchAll(DYNAMIC)) {
    const start = text.lastIndexOf('\n', match.index) + 1
    if (/^\s*(\/\/|\*)/.test(text.slice(start, match.index))) continue
    // `typeof import('x')` and `import('x').Name` in a type bring no code, but name it; they count as code.
    found.push({ line: lineAt(match.index), specifier: match[2] ?? '', typeOnly: false })
  }
  return found.sort((a, b) => a.line - b.line)
}

/** The project path an import leads to, without its extension; null for a package. */
export function target(file: string, specifier: string): string | null {
  if (specifier.startsWith('@/')) return strip(specifier.slice(2))
  if (specifier.startsWith('.')) return strip(path.posix.join(path.posix.dirname(file), specifier))
  return null
}

/** The name of the package an import comes from; `node:fs` and the like are `node:`. */
export function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:'
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier)
}

/** Finds the file an import without extension means. */
export function resolver(files: SourceFile[]): (path: string) => SourceFile | undefined {
  const byPath = new Map(files.map((file) => [strip(file.file), file]))
  return (wanted) => byPath.get(wanted) ?? byPath.get(`${wanted}/index`)
}

function strip(file: string): string {
  return file.replace(/\.(tsx?|mts|mjs|js)$/, '')
}
