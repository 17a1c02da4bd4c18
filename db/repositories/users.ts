import { and, eq, sql } from 'drizzle-orm'
import { isLanguage, type Language } from '@/lib/domain/language'
import type { User } from '@/lib/domain/user'
import type { Id } from '@/lib/kit/ids'
import type { Db } from '../database'
import { accounts, users } from '../schema'

type Row = typeof users.$inferSelect

export function user(row: Row): User {
  return {
    id: row.id as Id<'usr'>,
    name: row.name,
    email: row.email,
    image: row.image,
    locale: isLanguage(row.locale) ? row.locale : null,
    theme: row.theme === 'light' || row.theme === 'dark' ? row.theme : null,
  }
}

/** What checking a password needs, and nothing more of the user. */
export interface Credentials {
  readonly userId: Id<'usr'>
  readonly name: string
  readonly email: string
  /** Null for a user who only ever signed in elsewhere. */
  readonly passwordHash: string | null
  /** When the address was proven to be theirs; null where it never was. */
  readonly emailVerified: Date | null
  readonly locale: Language | null
}

function credentials(row: Row): Credentials {
  const { id, name, email, locale } = user(row)
  return { userId: id, name, email, locale, passwordHash: row.passwordHash, emailVerified: row.emailVerified }
}

/** A user of another place: Google, GitHub, an OIDC provider. */
export interface Account {
  readonly provider: string
  readonly providerAccountId: string
}

// Addresses are kept as parseEmail writes them; lower() is what the unique index is on.
const byEmail = (email: string) => eq(sql`lower(${users.email})`, email.toLowerCase())

export function userReader(db: Db) {
  return {
    async find(id: string): Promise<User | null> {
      const [row] = await db.select().from(users).where(eq(users.id, id))
      return row ? user(row) : null
    },
    async findByEmail(email: string): Promise<User | null> {
      const [row] = await db.select().from(users).where(byEmail(email))
      return row ? user(row) : null
    },
    async credentials(email: string): Promise<Credentials | null> {
      const [row] = await db.select().from(users).where(byEmail(email))
      return row ? credentials(row) : null
    },
    async credentialsOf(userId: string): Promise<Credentials | null> {
      const [row] = await db.select().from(users).where(eq(users.id, userId))
      return row ? credentials(row) : null
    },
    /** Whose sign-in this is at the provider. */
    async findByAccount({ provider, providerAccountId }: Account): Promise<User | null> {
      const [row] = await db
        .select({ user: users })
        .from(accounts)
        .innerJoin(users, eq(users.id, accounts.userId))
        .where(and(eq(accounts.provider, provider), eq(accounts.providerAccountId, providerAccountId)))
      return row ? user(row.user) : null
    },
    /** Whether mentions and replies are mailed to the user. */
    async wantsMail(userId: string): Promise<boolean> {
      const [row] = await db.select({ mails: users.mails }).from(users).where(eq(users.id, userId))
      return row?.mails ?? false
    },
    /** Providers the user signs in by. */
    async providers(userId: string): Promise<string[]> {
      const rows = await db
        .select({ provider: accounts.provider })
        .from(accounts)
        .where(eq(accounts.userId, userId))
        .orderBy(accounts.createdAt)
      return rows.map((row) => row.provider)
    },
  }
}

export function userWriter(db: Db) {
  return {
    ...userReader(db),
    /** Adds the user; null when the address is somebody's already. */
    async add(row: {
      id: Id<'usr'>
      name: string
      email: string
      emailVerified: Date | null
      passwordHash: string | null
      locale: Language | null
      image?: string | null
    }): Promise<User | null> {
      const [added] = await db.insert(users).values(row).onConflictDoNothing().returning()
      return added ? user(added) : null
    },
    /** The credentials with the user's row locked until the transaction ends. */
    async lockCredentials(userId: string): Promise<Credentials | null> {
      const [row] = await db.select().from(users).where(eq(users.id, userId)).for('update')
      return row ? credentials(row) : null
    },
    async setPassword(userId: string, passwordHash: string | null): Promise<void> {
      await db.update(users).set({ passwordHash }).where(eq(users.id, userId))
    },
    /** The address is theirs: they read a mail sent to it, or a provider vouches. The first proof stays. */
    async verify(userId: string, now: Date): Promise<void> {
      await db
        .update(users)
        .set({ emailVerified: sql`coalesce(${users.emailVerified}, ${now.toISOString()}::timestamptz)` })
        .where(eq(users.id, userId))
    },
    /** False when the address is somebody else's. `verifiedAt` null: nobody has shown that the mailbox is theirs. */
    async setEmail(userId: string, email: string, verifiedAt: Date | null): Promise<boolean> {
      const rows = await db
        .update(users)
        .set({ email, emailVerified: verifiedAt })
        .where(
          and(
            eq(users.id, userId),
            sql`not exists (select from users other where lower(other.email) = ${email} and other.id <> ${userId})`,
          ),
        )
        .returning({ id: users.id })
      return rows.length > 0
    },
    async rename(userId: string, name: string): Promise<void> {
      await db.update(users).set({ name }).where(eq(users.id, userId))
    },
    /** Language, theme and whether mails are wanted; null follows the browser, a missing field stays. */
    async prefer(
      userId: string,
      wish: {
        readonly locale?: Language | null
        readonly theme?: 'light' | 'dark' | null
        readonly mails?: boolean
      },
    ): Promise<void> {
      if (wish.locale === undefined && wish.theme === undefined && wish.mails === undefined) return
      await db.update(users).set(wish).where(eq(users.id, userId))
    },
    /** Links a sign-in elsewhere to the user. False when it is linked already. */
    async link(userId: string, account: Account): Promise<boolean> {
      const linked = await db
        .insert(accounts)
        .values({ userId, ...account })
        .onConflictDoNothing()
        .returning({ userId: accounts.userId })
      return linked.length > 0
    },
    async unlinkAll(userId: string): Promise<void> {
      await db.delete(accounts).where(eq(accounts.userId, userId))
    },
  }
}
