'use client'
import format, { type CompiledMessage } from 'icu-minify/format'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Language } from '@/lib/domain/language'
import { formatters } from '@/lib/i18n/formatters'
import { localeOf } from './locale'
import type { Say } from './say'

interface Given {
  readonly language: Language
  /** Compiled messages by `namespace.key`: all namespaces of the providers above, too. */
  readonly messages: Readonly<Record<string, CompiledMessage>>
}

const Language_ = createContext<Given>({ language: 'en', messages: {} })

/** Hands compiled messages to the client components below. Fed by <Words>, never by hand. */
export function WordsProvider({ language, messages, children }: Given & { children: ReactNode }) {
  const above = useContext(Language_)
  const given = useMemo(
    () => ({ language, messages: { ...above.messages, ...messages } }),
    [above.messages, language, messages],
  )
  return <Language_.Provider value={given}>{children}</Language_.Provider>
}

/** `t('auth.sign_in')`, `t('common.count', { n: 3 })`. The namespace must have been sent by a <Words> above. */
export function useWords(): Say {
  const { language, messages } = useContext(Language_)
  return useMemo(
    () => (key, values) => {
      const message = messages[key]
      if (message === undefined) throw new Error(`the page was not sent the words of ${key}: add <Words of>`)
      return String(format(message, localeOf(language), values, { formatters }))
    },
    [language, messages],
  )
}

export function useLanguage(): Language {
  return useContext(Language_).language
}
