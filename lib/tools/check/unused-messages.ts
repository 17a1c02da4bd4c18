import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Finding } from './finding'
import { isTest, type SourceFile } from './source-files'

const FOLDER = 'lib/i18n/messages/en'

/**
 * Words nobody says are found, so that translators do not polish them. A message is used when its full name
 * stands somewhere as a text, or a computed name begins like it: `role_${role}` uses every role_.
 */
export async function checkUnusedMessages(root: string, files: SourceFile[]): Promise<Finding[]> {
  const sources = files
    .filter(({ file }) => !isTest(file) && !file.startsWith('lib/tools/check/'))
    .map(({ text }) => text)
  const named = new Set(
    sources.flatMap((text) => [...text.matchAll(/(['"`])([a-z_]+\.[\w.-]+)\1/g)].map((m) => m[2])),
  )
  const begun = sources.flatMap((text) =>
    [...text.matchAll(/`([a-z_]+\.[\w.-]*)\$\{|['"]([a-z_]+\.[\w.-]*)['"] \+/g)].map(
      (m) => m[1] ?? m[2] ?? '',
    ),
  )
  const findings: Finding[] = []
  for (const name of (await readdir(path.join(root, FOLDER)).catch(() => [])).filter((n) =>
    n.endsWith('.json'),
  )) {
    const text = await readFile(path.join(root, FOLDER, name), 'utf8')
    for (const [index, line] of text.split('\n').entries()) {
      const key = /^\s*"([^"]+)"\s*:/.exec(line)?.[1]
      if (key === undefined) continue
      const full = `${name.replace(/\.json$/, '')}.${key}`
      if (named.has(full) || begun.some((start) => full.startsWith(start))) continue
      findings.push({
        file: `${FOLDER}/${name}`,
        line: index + 1,
        sentence: `nobody says '${full}'; remove it.`,
      })
    }
  }
  return findings
}
