import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import compile from 'icu-minify/compile'
import type { Finding } from './finding'

const FOLDER = 'lib/i18n/messages'
type Table = Map<string, unknown>

/** English and Chinese have the same files and keys, and each message takes the same arguments in both. */
export async function checkMessages(root: string): Promise<Finding[]> {
  const findings: Finding[] = []
  const [en, zh] = await Promise.all([namespaces(root, 'en'), namespaces(root, 'zh')])
  if (en.length + zh.length === 0) return [{ file: FOLDER, sentence: 'holds no messages.' }]
  for (const name of new Set([...en, ...zh])) {
    const english = await readTable(root, 'en', name, findings)
    const chinese = await readTable(root, 'zh', name, findings)
    for (const key of new Set([...english.keys(), ...chinese.keys()])) {
      const inEnglish = argumentsOf(english, key, `${FOLDER}/en/${name}`, findings)
      const inChinese = argumentsOf(chinese, key, `${FOLDER}/zh/${name}`, findings)
      if (inEnglish === null || inChinese === null || inEnglish === inChinese) continue
      const sentence = `'${key}' takes ${inChinese || 'no arguments'} here, but ${inEnglish || 'no arguments'} in English.`
      findings.push({ file: `${FOLDER}/zh/${name}`, sentence })
    }
  }
  return findings
}

async function namespaces(root: string, language: string): Promise<string[]> {
  const files = await readdir(path.join(root, FOLDER, language)).catch(() => [])
  return files.filter((file) => file.endsWith('.json')).sort()
}

async function readTable(root: string, language: string, name: string, findings: Finding[]): Promise<Table> {
  const file = `${FOLDER}/${language}/${name}`
  const text = await readFile(path.join(root, file), 'utf8').catch(() => null)
  if (text === null) {
    findings.push({ file, sentence: 'is missing in this language.' })
    return new Map()
  }
  // JSON keeps the last of two equal keys without a word.
  const keys = [...text.matchAll(/^\s*("(?:[^"\\]|\\.)*")\s*:/gm)].map((match) => match[1])
  for (const key of new Set(keys.filter((candidate, index) => keys.indexOf(candidate) !== index))) {
    findings.push({ file, sentence: `has ${key} twice.` })
  }
  try {
    return new Map(Object.entries(JSON.parse(text)))
  } catch (error) {
    findings.push({ file, sentence: `is not JSON: ${String(error)}` })
    return new Map()
  }
}

/** The sorted names of a message's arguments; null when there is no usable message. */
function argumentsOf(table: Table, key: string, file: string, findings: Finding[]): string | null {
  const wrong = (sentence: string) => {
    findings.push({ file, sentence })
    return null
  }
  if (!table.has(key)) return wrong(`lacks '${key}', which the other language has.`)
  const message = table.get(key)
  if (typeof message !== 'string') return wrong(`'${key}' is not a text: messages are flat.`)
  if (message.trim() === '') return wrong(`'${key}' is empty.`)
  try {
    return [...new Set(names(compile(message)))].sort().join(', ')
  } catch (error) {
    return wrong(`'${key}' is not a valid message: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** A compiled message is texts and `[name, kind?, ...options]` nodes, nested; see icu-minify's types. */
function names(node: unknown): string[] {
  if (!Array.isArray(node)) return []
  return node.flatMap((part: unknown) => {
    if (!Array.isArray(part)) return []
    const [name, kind, ...rest]: unknown[] = part
    if (typeof name !== 'string') return names(part)
    const branches = typeof rest[0] === 'object' && rest[0] !== null ? Object.values(rest[0]) : []
    // [name, 'text' | [...], ...] is a tag around other nodes; [name, number, ...] an argument of some kind, whose
    // branches are lists of nodes, or one text.
    if (typeof kind === 'number') return [name, ...branches.flatMap(names)]
    return [kind === undefined ? name : `<${name}>`, ...[kind, ...rest].flatMap((b) => names([b]))]
  })
}
