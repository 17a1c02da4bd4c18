import type { DepartmentKind } from './department'
import type { Language } from './language'

const marks: Record<DepartmentKind, Record<Language, string>> = {
  product: { en: 'PR', zh: '产' },
  marketing: { en: 'MK', zh: '市' },
  sales: { en: 'SA', zh: '销' },
  success: { en: 'CS', zh: '客' },
  organization: { en: 'OR', zh: '组' },
}

/** The letters cut into a department's mark. A department with a name of its own is marked by that name. */
export function departmentMark(kind: DepartmentKind | null, name: string | null, language: Language): string {
  if (kind && name === null) return marks[kind][language]
  const words = (name ?? '').trim().split(/\s+/).filter(Boolean)
  const [first = '?', second] = words
  if (/\p{Script=Han}/u.test(first)) return [...first][0] ?? '?'
  const letters = second ? [...first].slice(0, 1).concat([...second].slice(0, 1)) : [...first].slice(0, 2)
  return letters.join('').toLocaleUpperCase()
}
