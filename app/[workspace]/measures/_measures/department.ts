import type { Say } from '@/app/_i18n/say'
import type { BoardName } from '@/lib/queries/board'

export function departmentName({ kind, name }: Pick<BoardName, 'kind' | 'name'>, t: Say): string {
  return name ?? (kind ? t(`common.department_${kind}`) : '')
}
