import type { Writer } from '@/db/repositories'
import { mentionsOf } from '@/lib/domain/mention'
import { toldOf } from '@/lib/domain/notification'
import type { StrategyForMember } from '@/lib/domain/strategy'
import type { Comment } from '@/lib/domain/thread'
import type { Id } from '@/lib/kit/ids'
import { notify, readersOf } from './notify'
import type { RateLimit } from './rate-limit'

/** Nobody argues faster than this by hand; a script would fill everybody's inbox. */
export const COMMENTS: RateLimit = { max: 120, seconds: 600 }
/** One row per mention: a comment that names a hundred people is an announcement, not an argument. */
const MOST_TOLD = 200

/**
 * Writes for a comment who is told of it: the mentioned, and those who spoke before. `before`: whom an earlier wording
 * mentioned, who are not told twice. Answers whose inboxes changed.
 */
export async function tellOfComment(
  tx: Writer,
  given: {
    readonly strategy: StrategyForMember
    readonly comment: Comment
    readonly before?: string
  },
): Promise<Id<'mem'>[]> {
  const { strategy, comment } = given
  const [readers, said, staff] = await Promise.all([
    readersOf(tx, strategy),
    tx.threads.saidInThread(comment.threadId),
    tx.departments.staff(strategy.workspaceId),
  ])
  const named = (text: string): Set<Id<'mem'>> => {
    const { members, departments } = mentionsOf(text)
    const inDepartments = staff.filter((place) => departments.includes(place.departmentId))
    return new Set([...members, ...inDepartments.map((place) => place.memberId)])
  }
  const already = given.before === undefined ? new Set<Id<'mem'>>() : named(given.before)
  const spoken =
    given.before === undefined
      ? said.filter((one) => one.deletedAt === null).flatMap((one) => [one.memberId, ...named(one.text)])
      : []
  const told = toldOf({
    author: comment.memberId,
    mentioned: [...named(comment.text)].filter((id) => !already.has(id)),
    took: spoken,
  })
  const changed: Id<'mem'>[] = []
  for (const kind of ['mention', 'reply'] as const) {
    const to = [...told].filter(([id, why]) => why === kind && readers.has(id)).map(([id]) => id)
    changed.push(
      ...(await notify(tx, {
        workspaceId: strategy.workspaceId,
        strategyId: strategy.id,
        kind,
        to: to.slice(0, MOST_TOLD),
        by: comment.memberId,
        threadId: comment.threadId,
        commentId: comment.id,
        at: comment.editedAt ?? comment.createdAt,
      })),
    )
  }
  return changed
}
