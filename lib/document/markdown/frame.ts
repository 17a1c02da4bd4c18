import type { Language } from '@/lib/domain/language'
import { CHAPTERS, type Chapter } from '../roots'

/** The chapter titles of a file, as FORMAT writes them: a number, a space, these words. */
export const CHAPTER_TITLES: Readonly<Record<Language, Readonly<Record<Chapter, string>>>> = {
  en: {
    situation: 'Situation',
    difficulties: 'Major difficulties',
    policy: 'Guiding policy',
    activities: 'Coherent activities',
  },
  zh: { situation: '形势', difficulties: '重大困难', policy: '指导方针', activities: '连贯性活动' },
}

/** Title of a chapter with its number: `2 Major difficulties`. */
export function chapterHeading(chapter: Chapter, language: Language): string {
  return `${CHAPTERS.indexOf(chapter) + 1} ${CHAPTER_TITLES[language][chapter]}`
}

/** The chapter a second-level heading opens, in either language, whatever its case and number; else null. */
export function chapterOf(heading: string): Chapter | null {
  const words = heading
    .replace(/^\s*(?:\d+|[一二三四])?[\s.、．)）:：]*/u, '')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase()
  for (const titles of Object.values(CHAPTER_TITLES)) {
    const found = CHAPTERS.find((chapter) => titles[chapter].toLowerCase() === words)
    if (found) return found
  }
  return null
}

/** A property of the document, as written: `Cycle`, `2026-Q3`. */
export type Property = readonly [key: string, value: string]

/** Divides `key: value` at the first `: ` or `：`; null when the line is none. */
export function propertyOf(line: string): Property | null {
  const match = /^([^:：\n]{1,80}?)\s*(?:：\s*|:\s+)(\S[^\n]*)$/.exec(line.trim())
  return match?.[1] && match[2] ? [match[1].trim(), match[2].trim()] : null
}

const LANGUAGE_KEYS = ['language', '语言']

/** The language a file says it is in. */
export function languageOf(properties: readonly Property[]): Language | null {
  const value = properties.find(([key]) => LANGUAGE_KEYS.includes(key.toLowerCase()))?.[1].toLowerCase()
  if (value === undefined) return null
  if (/^(?:zh\b|中文|简体中文|chinese)/.test(value)) return 'zh'
  return /^(?:en\b|english|英文|英语)/.test(value) ? 'en' : null
}
