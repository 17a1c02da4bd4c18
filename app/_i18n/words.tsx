import 'server-only'
import type { ReactNode } from 'react'
import { guestContext } from '@/app/_server/visitor'
import type { Language } from '@/lib/domain/language'
import { type MessageKey, messages, type Namespace } from '@/lib/i18n/messages'
import { compiledMessage, words } from '@/lib/i18n/words'
import type { Say } from './say'
import { WordsProvider } from './words-provider'

/**
 * Sends the words of some namespaces to the client components inside, compiled: the browser gets no parser.
 * `common` is there on every page. `of` may also name single messages, where a page needs few of a large namespace.
 */
export async function Words({
  of,
  children,
}: {
  of: readonly (Namespace | MessageKey)[]
  children: ReactNode
}) {
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

type Sent = Record<string, ReturnType<typeof compiledMessage>>
const kept = new Map<string, Sent>()

function compiled(language: Language, of: readonly (Namespace | MessageKey)[]): Sent {
  const name = `${language} ${of.join(' ')}`
  const known = kept.get(name)
  if (known) return known
  const made: Sent = {}
  for (const wanted of of) {
    if (wanted.includes('.')) made[wanted] = compiledMessage(language, wanted)
    else
      for (const key of Object.keys(messages[language][wanted as Namespace]))
        made[`${wanted}.${key}`] = compiledMessage(language, `${wanted}.${key}`)
  }
  kept.set(name, made)
  return made
}
