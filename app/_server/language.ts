import 'server-only'
import { cookies, headers } from 'next/headers'
import { isLanguage, type Language } from '@/lib/domain/language'

export const LANGUAGE_COOKIE = 'language'

/** The user's preference, then the cookie, then what the browser asks for, then English. */
export async function readLanguage(preference: Language | null): Promise<Language> {
  if (preference) return preference
  const cookie = (await cookies()).get(LANGUAGE_COOKIE)?.value
  if (isLanguage(cookie)) return cookie
  return preferred((await headers()).get('accept-language') ?? '')
}

/** The first of our languages an Accept-Language header names, by weight. */
export function preferred(header: string): Language {
  const wishes = header
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().split(';')
      const weight = Number(
        rest
          .find((r) => r.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? 1,
      )
      return { tag: tag.toLowerCase(), weight: Number.isFinite(weight) ? weight : 0 }
    })
    .sort((a, b) => b.weight - a.weight)
  for (const { tag } of wishes) {
    if (tag.startsWith('zh')) return 'zh'
    if (tag.startsWith('en')) return 'en'
  }
  return 'en'
}
