import type { Language } from '@/lib/domain/language'
import type { UserContext } from './context'

export interface Preferences {
  readonly language?: Language | undefined
  /** Null follows the system. */
  readonly theme?: 'light' | 'dark' | null | undefined
  /** Whether mentions and replies are mailed. */
  readonly mails?: boolean | undefined
}

/** Keeps a user's language, theme and wish for mails with the user, so that the next device knows them too. A missing field stays. */
export async function setPreferences({ store, user }: UserContext, wish: Preferences): Promise<void> {
  await store.transact((tx) =>
    tx.users.prefer(user.id, {
      ...(wish.language !== undefined && { locale: wish.language }),
      ...(wish.theme !== undefined && { theme: wish.theme }),
      ...(wish.mails !== undefined && { mails: wish.mails }),
    }),
  )
}
