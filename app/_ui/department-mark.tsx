import type { DepartmentKind } from '@/lib/domain/department'
import { departmentMark } from '@/lib/domain/department-mark'
import type { Language } from '@/lib/domain/language'

/** A department's mark, always beside its name: the mark and the hue together, never the hue alone. */
export function DepartmentMark({
  kind,
  name,
  language,
  size = 'md',
}: {
  kind: DepartmentKind | null
  /** The workspace's own name for it, or null for the usual one. */
  name: string | null
  language: Language
  size?: 'md' | 'lg'
}) {
  const mark = departmentMark(kind, name, language)
  return (
    <span
      className={size === 'lg' ? 'dm lg' : 'dm'}
      data-dept={kind ?? 'other'}
      lang={/\p{Script=Han}/u.test(mark) ? 'zh-Hans' : undefined}
      aria-hidden="true"
    >
      {mark}
    </span>
  )
}
