// Making an Intl formatter costs about 50 microseconds; asking for the same one again should not.
function memo<A extends unknown[], T>(make: (...args: A) => T): (...args: A) => T {
  const made = new Map<string, T>()
  return (...args) => {
    const key = JSON.stringify(args)
    const known = made.get(key)
    if (known !== undefined) return known
    const fresh = make(...args)
    made.set(key, fresh)
    return fresh
  }
}

type Locale = string | string[] | undefined

/** What icu-minify asks for to write numbers, dates and plurals. */
export const formatters = {
  getDateTimeFormat: memo(
    (locale?: Locale, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
  ),
  getNumberFormat: memo(
    (locale?: Locale, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
  ),
  getPluralRules: memo(
    (locale?: Locale, options?: Intl.PluralRulesOptions) => new Intl.PluralRules(locale, options),
  ),
}
