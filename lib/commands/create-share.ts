import { randomBytes } from 'node:crypto'
import type { Language } from '@/lib/domain/language'
import { checkPassword } from '@/lib/domain/password'
import { permit } from '@/lib/domain/permissions'
import { Refusal } from '@/lib/domain/refusal'
import { MAX_SHARE_NOTE, MAX_SHARES, type ShareDays } from '@/lib/domain/share'
import { newId } from '@/lib/kit/ids'
import { captureVersion } from './capture-version'
import type { Context } from './context'
import type { WithHasher } from './hasher'

const DAY = 86_400_000

export interface CreateShare {
  readonly strategyId: string
  /** `live`: as it is whenever it is opened. `now`: as it is at this moment, kept as a version. Else that version. */
  readonly shows: 'live' | 'now' | number
  readonly comments: boolean
  readonly days: ShareDays
  /** Empty: the link alone opens it. */
  readonly password: string
  readonly note: string
  readonly language: Language
}

/** A link for readers without an account. The token is in the answer and nowhere else: it cannot be shown again. */
export async function createShare(
  context: WithHasher<Context>,
  input: CreateShare,
): Promise<{ readonly id: string; readonly token: string }> {
  const { actor, store, clock, hasher } = context
  const strategy = await store.read.strategies.find(input.strategyId, actor.memberId)
  if (!strategy) throw new Refusal('not_found')
  permit(actor, 'strategy.share', { kind: 'strategy', strategy })
  const note = input.note.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim()
  if ([...note].length > MAX_SHARE_NOTE) throw new Refusal('too_long', { field: 'note', max: MAX_SHARE_NOTE })
  if (input.password !== '') checkPassword(input.password, { name: strategy.title, email: '' })
  const passwordHash = input.password === '' ? null : await hasher.hash(input.password)
  const version =
    input.shows === 'live'
      ? null
      : input.shows === 'now'
        ? await captureVersion(context, strategy.id, 'session')
        : await store.read.versions.find(strategy.id, input.shows)
  if (input.shows !== 'live' && !version) throw new Refusal('not_found')
  const token = randomBytes(32).toString('base64url')
  const id = newId('shr')
  const now = new Date(clock.now())
  await store.transact(async (tx) => {
    // Locked, so that two people at the same moment cannot both be the last that fits.
    await tx.strategies.lock(strategy.id, actor.memberId)
    if ((await tx.shares.countOpen(strategy.id, now)) >= MAX_SHARES) throw new Refusal('quota')
    await tx.shares.add({
      id,
      token,
      passwordHash,
      workspaceId: actor.workspaceId,
      strategyId: strategy.id,
      versionId: version?.id ?? null,
      note,
      comments: input.comments,
      language: input.language,
      createdBy: actor.memberId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + input.days * DAY),
      revokedAt: null,
      opened: 0,
      openedAt: null,
      hasPassword: passwordHash !== null,
    })
  })
  return { id, token }
}
