import { Avatar } from '@/app/_ui/avatar'
import { Badge } from '@/app/_ui/badge'
import { Link } from '@/app/_ui/link'
import { plainFigure } from '@/app/[workspace]/measures/_measures/figure'
import { sayCycle } from '@/app/[workspace]/measures/_measures/say-cycle'
import { sayDay } from '@/app/[workspace]/my-work/_work/say-day'
import type { DecisionFate } from '@/lib/domain/review-decision'
import type { FollowedDecision } from '@/lib/queries/decisions'
import { nameOfPerson, personOf, sayWhose } from '../../_list/say-review'
import { FateMenu } from './fate-menu'
import type { Given } from './given'
import { hrefOf } from './refs'
import { sayPart } from './say-part'
import { WordDiff } from './word-diff'

const shapes: Readonly<Record<DecisionFate, 'none' | 'good' | 'off'>> = {
  proposed: 'none',
  accepted: 'good',
  done: 'good',
  ignored: 'off',
}
const stations = { wording: 'k-p', activity: 'k-a', target: 'k-m' } as const

/** A decision where it hangs on the line: what it writes, who follows it, and what has become of it. */
export function DecisionView({ decision, ...given }: Given & { decision: FollowedDecision }) {
  const { it, t, language, workspace } = given
  const { effect, ownerId, due, fate, reason } = decision
  const owner = personOf(ownerId, it.people)
  const ref =
    effect.kind === 'activity'
      ? effect.activityId
      : effect.kind === 'target'
        ? effect.measureId
        : effect.itemId
  const landed = it.referred[ref]
  const href = whereTo(decision, given)
  const department =
    landed?.kind === 'activity' || landed?.kind === 'measure'
      ? it.boards.find(({ departmentId }) => departmentId === landed.departmentId)
      : undefined
  return (
    <li className={`d ${stations[effect.kind]}`} data-dept={department?.kind ?? 'other'} id={decision.id}>
      <span className="kind">
        <span>{sayKind(decision, given)}</span>
        <Badge state={shapes[fate]}>{t(`reviews.fate_${fate}`)}</Badge>
      </span>
      {effect.kind === 'wording' ? (
        <p className="w">
          <WordDiff from={effect.from} to={effect.to} />
        </p>
      ) : (
        <p className="x">{decision.title}</p>
      )}
      {effect.kind === 'target' && (
        <p className="x num">
          {t('reviews.target_change', {
            cycle: sayCycle(effect.cycle, t),
            to: plainFigure(language, effect.to),
            was: effect.from === null ? 'none' : 'some',
            from: effect.from === null ? '' : plainFigure(language, effect.from),
          })}
        </p>
      )}
      <footer>
        <span className="who">
          {owner && <Avatar id={owner.userId} name={owner.name} image={owner.image} size="sm" />}
          <span className={owner ? undefined : 'quiet'}>
            {owner
              ? due
                ? t('reviews.owner_due', { name: owner.name, day: sayDay(language, due, it.today) })
                : owner.name
              : due
                ? t('reviews.due', { day: sayDay(language, due, it.today) })
                : t('reviews.no_owner')}
          </span>
        </span>
        {href && (
          <Link href={href}>
            {t(`reviews.see_${landing(decision)}`)}
            <span className="vh">: {decision.title}</span>
          </Link>
        )}
        {decision.mayFollow && (
          <FateMenu workspace={workspace} decisionId={decision.id} title={decision.title} fate={fate} />
        )}
      </footer>
      {reason && (
        <p className="reason">
          {t('reviews.fate_because', { name: nameOfPerson(decision.fateBy, it.people, t), reason })}
        </p>
      )}
    </li>
  )
}

function sayKind({ effect }: FollowedDecision, { it, t }: Given): string {
  if (effect.kind === 'wording') return t('reviews.kind_wording', { part: sayPart(effect.part, t) })
  if (effect.kind === 'target') {
    const measure = it.referred[effect.measureId]
    return t('reviews.kind_target', { measure: measure?.title ?? t('reviews.gone') })
  }
  const board = it.boards.find(({ boardId }) => boardId === effect.boardId)
  return t('reviews.kind_new_activity', {
    department: board ? sayWhose(board.departmentId, it.boards, t).name : t('reviews.gone_department'),
  })
}

/** What stands where it landed. A proposal that was decided is words by now, or nothing. */
function landing({ effect, fate }: FollowedDecision) {
  if (effect.kind !== 'wording') return effect.kind
  return effect.way.by === 'proposal' && fate !== 'proposed' ? 'written' : effect.way.by
}

/** To the very place where it landed. */
function whereTo({ effect, fate }: FollowedDecision, { it }: Given): string | null {
  if (effect.kind === 'wording') {
    if (it.strategyId !== effect.strategyId) return null
    const page = `/${it.slug}/strategy/${effect.strategyId}`
    if (effect.way.by === 'thread') return `${page}?thread=${effect.way.threadId}`
    // Into the panel, on the very change, as long as it waits to be decided.
    return effect.way.by === 'proposal' && fate === 'proposed'
      ? `${page}?proposal=${effect.way.proposalId}#${effect.itemId}`
      : `${page}#${effect.itemId}`
  }
  const ref = effect.kind === 'activity' ? effect.activityId : effect.measureId
  const one = it.referred[ref]
  return one ? hrefOf(ref, one, it) : null
}
