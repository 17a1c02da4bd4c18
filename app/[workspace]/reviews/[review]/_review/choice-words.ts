import type { Say } from '@/app/_i18n/say'
import type { Option } from '@/app/[workspace]/boards/[board]/_activity/pick'
import { departmentName } from '@/app/[workspace]/measures/_measures/department'
import type { ReviewChoices } from '@/lib/queries/review-choices'
import { sayItemKind } from './say-part'

/** What a finding can be about, grouped, each in the words people know it by. */
export function thingOptions(choices: ReviewChoices, t: Say): Option[] {
  const board = new Map(choices.boards.map((one) => [one.departmentId as string, departmentName(one, t)]))
  const kind = (of: string) => sayItemKind(of, t)
  return [
    ...choices.activities.map(
      ({ id, title, departmentId }): Option => ({
        id,
        name: title,
        sub: board.get(departmentId) ?? '',
        group: t('reviews.ui_group_activities'),
      }),
    ),
    ...choices.measures.map(
      ({ id, name, departmentId }): Option => ({
        id,
        name,
        sub: (departmentId && board.get(departmentId)) || t('reviews.ui_company'),
        group: t('reviews.ui_group_measures'),
      }),
    ),
    ...choices.items.map(
      ({ ref, kind: of, code, title }): Option => ({
        id: ref,
        name: title || kind(of),
        sub: code ? `${kind(of)} ${code}` : kind(of),
        ...(code && { words: code }),
        quoted: true,
        group: t('reviews.ui_group_strategy'),
      }),
    ),
    ...choices.handOffs.map(
      ({ id, title }): Option => ({ id, name: title, group: t('reviews.ui_group_handoffs') }),
    ),
  ]
}
