import type * as Y from 'yjs'
import type { Language } from '@/lib/domain/language'
import { cleanAttrs, NODES } from '../schema/spec'
import { textBelow } from '../walk'
import { type Area, areas, type FileDepartment, fileDepartments } from './kinds'

/** The headings that say where an item belongs, as docs/markdown.md writes them. */
export const AREA_HEADINGS: Readonly<Record<Language, Readonly<Record<Area, string>>>> = {
  en: {
    politics: 'Politics',
    economy: 'Economy',
    society: 'Society',
    technology: 'Technology',
    market: 'Market',
    competitors: 'Competitors',
    customers: 'Customers',
    ourselves: 'Ourselves',
  },
  zh: {
    politics: '政治',
    economy: '经济',
    society: '社会',
    technology: '技术',
    market: '市场',
    competitors: '竞争对手',
    customers: '客户',
    ourselves: '自身',
  },
}

export const DEPARTMENT_HEADINGS: Readonly<Record<Language, Readonly<Record<FileDepartment, string>>>> = {
  en: {
    product: 'Product',
    marketing: 'Marketing',
    sales: 'Sales',
    success: 'Customer success',
    organization: 'Organization',
  },
  zh: { product: '产品', marketing: '市场', sales: '销售', success: '客户成功', organization: '组织' },
}

/** Words of a heading without a number before them, in one case. */
export function plainHeading(words: string): string {
  return words
    .replace(/^\s*(?:\d+(?:\.\d+)*|[一二三四五六七八九十]{1,2}(?=[\s.、．)）:：]))?[\s.、．)）:：]*/u, '')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase()
}

function named<T extends string>(
  tables: Readonly<Record<Language, Readonly<Record<T, string>>>>,
  all: readonly T[],
  words: string,
): T | null {
  const plain = plainHeading(words)
  return (
    all.find((one) => tables.en[one].toLowerCase() === plain || tables.zh[one].toLowerCase() === plain) ??
    null
  )
}

export const areaNamed = (words: string): Area | null => named(AREA_HEADINGS, areas, words)

export const departmentNamed = (words: string): FileDepartment | null =>
  named(DEPARTMENT_HEADINGS, fileDepartments, words)

/** The area below a heading of the page: null below one that names none, undefined when the heading says nothing. */
export function areaOfHeading(heading: Y.XmlElement): Area | null | undefined {
  const { level } = cleanAttrs(NODES.heading?.attrs ?? {}, heading.getAttributes())
  return level === 3 ? areaNamed(textBelow(heading)) : undefined
}
