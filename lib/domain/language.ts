/** The two languages, as equals. Tags as in HTML: `zh` is written as `zh-Hans` where a tag must be exact. */
export const languages = ['en', 'zh'] as const

export type Language = (typeof languages)[number]

export function isLanguage(value: unknown): value is Language {
  return value === 'en' || value === 'zh'
}
