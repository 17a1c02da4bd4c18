import { createHash } from 'node:crypto'
import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Id } from '@/lib/kit/ids'
import type { Db } from '../database'
import { emailChanges, resets, signUps, users } from '../schema'

/** A link as far as its page may know: whose it is, and whether it still opens anything. */
export interface Reset {
  readonly userId: Id<'usr'>
  readonly name: string
  readonly email: string
  readonly expiresAt: Date
  readonly usedAt: Date | null
}

/** `email` is the new address, `previous` the one that counts until now. */
export interface EmailChange extends Reset {
  readonly previous: string
}

export interface SignUpLink {
  readonly email: string
  readonly next: string
  readonly expiresAt: Date
  readonly usedAt: Date | null
}

/**
 * The name a token is kept under: whoever reads the database can open nothing. No salt and no slow hash, there is
 * nothing to guess in 256 random bits.
 */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Links of mails: for a new password, a new address, for finishing a sign-up. */
export function mailedLinkReader(db: Db) {
  return {
    async reset(token: string): Promise<Reset | null> {
      const [row] = await db
        .select({ reset: resets, name: users.name, email: users.email })
        .from(resets)
        .innerJoin(users, eq(users.id, resets.userId))
        .where(eq(resets.tokenHash, tokenHash(token)))
      if (!row) return null
      const { userId, expiresAt, usedAt } = row.reset
      return { userId: userId as Id<'usr'>, name: row.name, email: row.email, expiresAt, usedAt }
    },
    async emailChange(token: string): Promise<EmailChange | null> {
      const [row] = await db
        .select({ change: emailChanges, name: users.name, previous: users.email })
        .from(emailChanges)
        .innerJoin(users, eq(users.id, emailChanges.userId))
        .where(eq(emailChanges.tokenHash, tokenHash(token)))
      if (!row) return null
      const { userId, email, expiresAt, usedAt } = row.change
      return { userId: userId as Id<'usr'>, name: row.name, email, previous: row.previous, expiresAt, usedAt }
    },
    async signUp(token: string): Promise<SignUpLink | null> {
      const [row] = await db
        .select({
          email: signUps.email,
          next: signUps.next,
          expiresAt: signUps.expiresAt,
          usedAt: signUps.usedAt,
        })
        .from(signUps)
        .where(eq(signUps.tokenHash, tokenHash(token)))
      return row ?? null
    },
  }
}

export function mailedLinkWriter(db: Db) {
  return {
    ...mailedLinkReader(db),
    /**
     * Adds a reset for the user with this address, if there is one. One statement that runs in either case: how long it takes
     * must not tell whether the address exists.
     */
    async addReset(given: {
      token: string
      email: string
      createdAt: Date
      expiresAt: Date
    }): Promise<{ userId: Id<'usr'> } | null> {
      const rows = await db.execute<{ user_id: string }>(sql`
        insert into ${resets} (token_hash, user_id, created_at, expires_at)
        select ${tokenHash(given.token)}, ${users.id}, ${given.createdAt.toISOString()}::timestamptz,
          ${given.expiresAt.toISOString()}::timestamptz
        from ${users} where lower(${users.email}) = ${given.email}
        returning user_id`)
      const [row] = rows
      return row ? { userId: row.user_id as Id<'usr'> } : null
    },
    /** Uses the link up. The condition is part of the update: of fifty at once, one gets it. */
    async redeemReset(token: string, now: Date): Promise<Id<'usr'> | null> {
      const [row] = await db
        .update(resets)
        .set({ usedAt: now })
        .where(and(eq(resets.tokenHash, tokenHash(token)), isNull(resets.usedAt), gt(resets.expiresAt, now)))
        .returning({ userId: resets.userId })
      return row ? (row.userId as Id<'usr'>) : null
    },
    /** Uses up every open link of the user: password or address are new, older letters open nothing. */
    async closeAll(userId: string, now: Date): Promise<void> {
      await db
        .update(emailChanges)
        .set({ usedAt: now })
        .where(and(eq(emailChanges.userId, userId), isNull(emailChanges.usedAt)))
      await db
        .update(resets)
        .set({ usedAt: now })
        .where(and(eq(resets.userId, userId), isNull(resets.usedAt)))
    },
    async addEmailChange({
      token,
      ...rest
    }: {
      token: string
      userId: string
      email: string
      createdAt: Date
      expiresAt: Date
    }): Promise<void> {
      await db.insert(emailChanges).values({ ...rest, tokenHash: tokenHash(token) })
    },
    async redeemEmailChange(token: string, now: Date): Promise<{ userId: Id<'usr'>; email: string } | null> {
      const [row] = await db
        .update(emailChanges)
        .set({ usedAt: now })
        .where(
          and(
            eq(emailChanges.tokenHash, tokenHash(token)),
            isNull(emailChanges.usedAt),
            gt(emailChanges.expiresAt, now),
          ),
        )
        .returning({ userId: emailChanges.userId, email: emailChanges.email })
      return row ? { userId: row.userId as Id<'usr'>, email: row.email } : null
    },
    async addSignUp({
      token,
      ...rest
    }: {
      token: string
      email: string
      next: string
      createdAt: Date
      expiresAt: Date
    }): Promise<void> {
      await db.insert(signUps).values({ ...rest, tokenHash: tokenHash(token) })
    },
    async redeemSignUp(token: string, now: Date): Promise<{ email: string; next: string } | null> {
      const [row] = await db
        .update(signUps)
        .set({ usedAt: now })
        .where(
          and(eq(signUps.tokenHash, tokenHash(token)), isNull(signUps.usedAt), gt(signUps.expiresAt, now)),
        )
        .returning({ email: signUps.email, next: signUps.next })
      return row ?? null
    },
    /** Removes what expired before `moment`. */
    async sweep(moment: Date): Promise<void> {
      await db.delete(resets).where(lt(resets.expiresAt, moment))
      await db.delete(emailChanges).where(lt(emailChanges.expiresAt, moment))
      await db.delete(signUps).where(lt(signUps.expiresAt, moment))
    },
  }
}
