import 'server-only'
import type { ReactNode } from 'react'
import { guestContext } from '@/app/_server/visitor'
import type { Language } from '@/lib/domain/language'
import { type MessageKey, messages, type Namespace } from '@/lib/i18n/messages'
import { compiledMessage, words } from '@/lib/i18n/words'
import type { Say } from './say'
import { WordsProvider } from './words-provider'

/** A namespace, one message, or all messages with a common beginning (`shell.ui_*`). */
type Wanted = Namespace | MessageKey | `${Namespace}.${string}*`

/**
 * Sends words to the client components inside, compiled: the browser gets no parser. `common` is there on every page.
 * Whatever only server components say should not be sent: name the messages of a large namespace one by one.
 */
export async function Words({ of, children }: { of: readonly Wanted[]; children: ReactNode }) {
  const { language } = await guestContext()
  return (
    <WordsProvider language={language} messages={compiled(language, of)}>
      {children}
    </WordsProvider>
  )
}

/** The words for a server component: `const t = await getWords()`. */
export async function getWords(): Promise<Say> {
  return words((await guestContext()).language)
}

export async function getLanguage(): Promise<Language> {
  return (await guestContext()).language
}

export type Sent = Readonly<Record<string, ReturnType<typeof compiledMessage>>>

/** The same words for a part of the page that comes later: a route sends them, a <WordsProvider> hands them out. */
export async function sentWords(of: readonly Wanted[]): Promise<Sent> {
  return compiled((await guestContext()).language, of)
}

const kept = new Map<string, Sent>()

function compiled(language: Language, of: readonly Wanted[]): Sent {
  const name = `${language} ${of.join(' ')}`
  const known = kept.get(name)
  if (known) return known
  const made: Record<string, Sent[string]> = {}
  for (const wanted of of) {
    const dot = wanted.indexOf('.')
    const namespace = (dot < 0 ? wanted : wanted.slice(0, dot)) as Namespace
    const rest = dot < 0 ? '*' : wanted.slice(dot + 1)
    const takes = (key: string) => (rest.endsWith('*') ? key.startsWith(rest.slice(0, -1)) : key === rest)
    for (const key of Object.keys(messages[language][namespace]).filter(takes))
      made[`${namespace}.${key}`] = compiledMessage(language, `${namespace}.${key}`)
  }
  kept.set(name, made)
  return made
}
