import 'server-only'
import { cookies, headers } from 'next/headers'
import { isLanguage, type Language, preferred } from '@/lib/domain/language'

export const LANGUAGE_COOKIE = 'language'

/** The user's preference, then the cookie, then what the browser asks for, then English. */
export async function readLanguage(preference: Language | null): Promise<Language> {
  if (preference) return preference
  const cookie = (await cookies()).get(LANGUAGE_COOKIE)?.value
  if (isLanguage(cookie)) return cookie
  return preferred((await headers()).get('accept-language') ?? '')
}
