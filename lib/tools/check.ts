import { fileURLToPath } from 'node:url'
import { doors, table } from '@/lib/domain/permissions'
import { checkBoundaries } from './check/boundaries'
import { checkDoors } from './check/doors'
import { describe, type Finding } from './check/finding'
import { checkMessages } from './check/messages'
import { checkMigrations } from './check/migrations'
import { sourceFiles } from './check/source-files'
import { checkTopLevel } from './check/top-level'
import { checkUnusedMessages } from './check/unused-messages'
import { checkVersions } from './check/versions'

/** The rules of the house that no compiler knows. Prints what breaks one, and ends with 1 if anything does. */
async function check(root: string): Promise<void> {
  const files = await sourceFiles(root, ['app', 'lib', 'db', 'e2e', 'bench'])
  const names = new Set<string>([...Object.keys(table), ...doors])
  const groups: [string, Finding[] | Promise<Finding[]>][] = [
    ['import boundaries', checkBoundaries(files)],
    ['permissions at every door', checkDoors(files, names)],
    ['messages in both languages', checkMessages(root)],
    ['every message is used', checkUnusedMessages(root, files)],
    ['version floors', checkVersions(root)],
    ['short top level', checkTopLevel(root)],
    ['migrations match the schema', checkMigrations(root)],
  ]
  for (const [title, pending] of groups) {
    const findings = await pending
    console.log(`${findings.length === 0 ? 'ok  ' : 'FAIL'} ${title}`)
    for (const finding of findings) console.log(`     ${describe(finding)}`)
    if (findings.length > 0) process.exitCode = 1
  }
}

await check(fileURLToPath(new URL('../..', import.meta.url)))
