import compile from 'icu-minify/compile'
import format from 'icu-minify/format'
import type { Language } from '@/lib/domain/language'
import { assert } from '@/lib/kit/assert'
import { formatters } from './formatters'
import { type MessageKey, messages } from './messages'

export type Values = Record<string, string | number | Date>
/** Turns a key into words of one language. */
export type Words = (key: MessageKey, values?: Values) => string

type Compiled = ReturnType<typeof compile>
const compiled = new Map<string, Compiled>()

/** The compiled message; compiling is the server's work, formatting is small enough for the browser. */
export function compiledMessage(language: Language, key: string): Compiled {
  const name = `${language} ${key}`
  const known = compiled.get(name)
  if (known !== undefined) return known
  const dot = key.indexOf('.')
  const table = (messages[language] as Record<string, Record<string, string>>)[key.slice(0, dot)]
  const text = table?.[key.slice(dot + 1)]
  assert(text !== undefined, `the message ${key} exists in ${language}`)
  // A copy with ordinary prototypes: React hands nothing else to the browser.
  const made = structuredClone(compile(text))
  compiled.set(name, made)
  return made
}

/** The words of one language, on the server: pages, mails, errors, exports. */
export function words(language: Language): Words {
  return (key, values) =>
    String(
      format(compiledMessage(language, key), language === 'zh' ? 'zh-Hans' : 'en', values, { formatters }),
    )
}
