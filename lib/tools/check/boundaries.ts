import type { Finding } from './finding'
import { importsOf, packageOf, resolver, target } from './imports'
import { directive, isTest, type SourceFile } from './source-files'

/** A room of the house, and where its imports may lead. */
interface Zone {
  /** The folder; the first zone whose folder holds the file counts. */
  at: string
  /** Folders or files it may import, itself always included. */
  may: string[]
  /** Of these it may use the types: `import type`. */
  mayUseTypesOf?: string[]
  /** Packages it must not know; `node:` means Node itself. */
  without?: string[]
  /** The rule as a sentence, for whoever broke it. */
  rule: string
}

const FRAMEWORKS = ['next', 'next-auth', 'react', 'react-dom', 'drizzle-orm', 'postgres', 'ws', 'server-only']

/** The floor plan: imports run downhill. docs/architecture.md explains it. */
export const floorPlan: Zone[] = [
  { at: 'lib/kit', may: [], without: [...FRAMEWORKS, 'node:'], rule: 'lib/kit imports nothing of ours.' },
  {
    at: 'lib/domain',
    may: ['lib/kit'],
    without: [...FRAMEWORKS, 'yjs', 'node:'],
    rule: 'lib/domain knows rules only: no clock, no database, no framework, nothing but lib/kit.',
  },
  {
    at: 'lib/document',
    may: ['lib/kit', 'lib/domain'],
    without: ['next', 'next-auth', 'drizzle-orm', 'postgres', 'ws', 'server-only'],
    rule: 'lib/document knows how a strategy lies in a Y.Doc: no database, no server, nothing but lib/domain and lib/kit.',
  },
  {
    at: 'lib/collab/protocol',
    may: ['lib/kit', 'lib/collab/limits'],
    without: [...FRAMEWORKS, 'node:'],
    rule: 'lib/collab/protocol knows bytes: no framework, no Node, nothing but lib/kit.',
  },
  {
    at: 'lib/collab/room',
    may: ['lib/kit', 'lib/collab/protocol', 'lib/collab/limits'],
    without: FRAMEWORKS,
    rule: 'lib/collab/room knows bytes, rooms and connections: no Next, no Drizzle, no ws.',
  },
  {
    at: 'lib/collab/client',
    may: ['lib/kit', 'lib/collab/protocol', 'lib/collab/limits'],
    without: [...FRAMEWORKS, 'node:'],
    rule: 'lib/collab/client runs in the browser: nothing but the protocol, the limits and lib/kit.',
  },
  {
    at: 'lib/collab',
    may: ['lib/kit'],
    without: FRAMEWORKS,
    rule: 'lib/collab knows nothing of the app around it.',
  },
  {
    at: 'lib/i18n',
    may: ['lib/kit', 'lib/domain'],
    without: ['next', 'drizzle-orm', 'postgres', 'ws'],
    rule: 'lib/i18n knows words: nothing but lib/domain and lib/kit.',
  },
  {
    at: 'lib/commands',
    may: ['lib/kit', 'lib/domain', 'lib/document', 'lib/i18n', 'db'],
    without: ['next', 'next-auth', 'react', 'ws', 'drizzle-orm', 'server-only'],
    rule: 'lib/commands goes down to db and lib/domain: no screen, no server, no SQL of its own.',
  },
  {
    at: 'lib/queries',
    may: ['lib/kit', 'lib/domain', 'lib/document', 'lib/i18n', 'db'],
    mayUseTypesOf: ['lib/commands/context'],
    without: ['next', 'next-auth', 'react', 'ws', 'server-only'],
    rule: 'lib/queries goes down to db and lib/domain, and shares only the types of its context with lib/commands.',
  },
  {
    at: 'lib/server',
    may: ['lib', 'db'],
    without: ['react', 'react-dom'],
    rule: 'lib/server joins lib and db; it never reaches up into app.',
  },
  { at: 'lib/testing', may: ['lib', 'db'], rule: 'lib/testing never reaches up into app.' },
  { at: 'lib/tools', may: ['lib', 'db'], rule: 'lib/tools never reaches up into app.' },
  {
    at: 'db/testing',
    may: ['lib/kit', 'lib/domain', 'lib/testing', 'db'],
    rule: 'db/testing serves the tests of db.',
  },
  {
    at: 'db',
    may: ['lib/kit', 'lib/domain'],
    mayUseTypesOf: ['lib/collab', 'lib/document'],
    without: ['next', 'next-auth', 'react', 'ws', 'server-only'],
    rule: 'db knows no screen and no server: it stores what lib/domain describes.',
  },
  {
    at: 'app/_server',
    may: ['app/_server', 'lib'],
    mayUseTypesOf: ['db'],
    without: ['drizzle-orm', 'postgres', 'ws'],
    rule: 'app/_server is the one door from app into lib; SQL stays in db.',
  },
  {
    at: 'app',
    may: [
      'app',
      'lib/kit',
      'lib/domain',
      'lib/document',
      'lib/i18n',
      'lib/commands',
      'lib/queries',
      'lib/collab/client',
      'lib/collab/limits',
    ],
    without: ['drizzle-orm', 'postgres', 'ws', 'pino', 'nodemailer'],
    rule: 'app reaches the server and the data only through app/_server.',
  },
  { at: 'e2e', may: ['lib', 'db'], rule: 'e2e visits the app from outside and never imports it.' },
  {
    at: 'bench',
    may: ['lib', 'db', 'e2e/support'],
    rule: 'bench measures the app from outside and never imports it.',
  },
]

/** Who is at the door is found out in one place, so that no page can hand itself a context it did not ask for. */
const KEYS_OF_THE_DOOR = ['app/_server/visitor']
/** Asks for the visitor's language, and hands out nothing else. */
const TRUSTED_WITH_KEYS = ['app/_i18n']

/** What the browser may load. Types are free: nothing of them arrives there. */
const FOR_BROWSERS = [
  'lib/kit',
  'lib/domain',
  'lib/document',
  'lib/collab/client',
  'lib/collab/protocol',
  'lib/collab/limits',
  'lib/i18n',
]
const NOT_FOR_BROWSERS = [
  'server-only',
  'node:',
  'postgres',
  'drizzle-orm',
  'ws',
  'pino',
  'nodemailer',
  '@node-rs/argon2',
]

export function checkBoundaries(files: SourceFile[]): Finding[] {
  const house = files.filter(({ file }) => !isTest(file))
  return [...house.flatMap(checkFile), ...checkBrowser(house)]
}

function checkFile({ file, text }: SourceFile): Finding[] {
  const zone = floorPlan.find((candidate) => within(file, candidate.at))
  if (!zone) return []
  const findings: Finding[] = []
  for (const { line, specifier, typeOnly } of importsOf(text)) {
    const to = target(file, specifier)
    const allowed = to === null ? mayUsePackage(zone, specifier, typeOnly) : mayGo(zone, to, typeOnly)
    if (!allowed) findings.push({ file, line, sentence: `must not import '${specifier}'. ${zone.rule}` })
    else if (zone.at === 'app' && to !== null && !typeOnly && takesKeys(file, to)) {
      const sentence = `must not import '${specifier}'. Only the wrappers in app/_server open the door.`
      findings.push({ file, line, sentence })
    }
  }
  return findings
}

function takesKeys(file: string, to: string): boolean {
  return KEYS_OF_THE_DOOR.includes(to) && !TRUSTED_WITH_KEYS.some((place) => within(file, place))
}

function mayGo(zone: Zone, to: string, typeOnly: boolean): boolean {
  const places = [zone.at, ...zone.may, ...(typeOnly ? (zone.mayUseTypesOf ?? []) : [])]
  return places.some((place) => within(to, place))
}

function mayUsePackage(zone: Zone, specifier: string, typeOnly: boolean): boolean {
  return typeOnly || !(zone.without ?? []).includes(packageOf(specifier))
}

function within(file: string, place: string): boolean {
  return file === place || file.startsWith(`${place}/`) || file.replace(/\.\w+$/, '') === place
}

/** Follows the imports of every client component: all they lead to is sent to the browser. */
function checkBrowser(files: SourceFile[]): Finding[] {
  const resolve = resolver(files)
  const findings: Finding[] = []
  const queue = files.filter(({ file, text }) => file.startsWith('app/') && directive(text) === 'client')
  const cause = new Map(queue.map(({ file }) => [file, file]))
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { file, text } = next
    const from = cause.get(file) ?? file
    const because = from === file ? '' : ` (reached from ${from})`
    for (const { line, specifier, typeOnly } of importsOf(text)) {
      if (typeOnly) continue
      const to = target(file, specifier)
      if (to === null) {
        if (!NOT_FOR_BROWSERS.includes(packageOf(specifier))) continue
        findings.push({
          file,
          line,
          sentence: `must not import '${specifier}': this file is sent to the browser${because}.`,
        })
        continue
      }
      const found = resolve(to)
      // What a 'use server' file exports arrives as a remote call, not as its code.
      if (found && directive(found.text) === 'server') continue
      const fine = within(to, 'app')
        ? !within(to, 'app/_server')
        : FOR_BROWSERS.some((place) => within(to, place))
      if (!fine) {
        const sentence = `must not import '${specifier}': this file is sent to the browser${because}, which knows only ${FOR_BROWSERS.join(', ')}.`
        findings.push({ file, line, sentence })
      } else if (found && !cause.has(found.file)) {
        cause.set(found.file, from)
        queue.push(found)
      }
    }
  }
  return findings
}
