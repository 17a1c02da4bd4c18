import { Refusal } from './refusal'

interface Bounds {
  /** The field the refusal names. */
  readonly field: string
  /** In characters, as people count them. */
  readonly max: number
}

/** One line, 1 to `max` characters, nothing invisible. Refuses `required`, `too_long`. */
export function cleanLine(text: string, bounds: Bounds): string {
  const clean = cleanLineOrEmpty(text, bounds)
  if (clean === '') throw new Refusal('required', { field: bounds.field })
  return clean
}

/** The same, where nothing may stand. */
export function cleanLineOrEmpty(text: string, { field, max }: Bounds): string {
  refuseHuge(text, { field, max })
  const clean = text
    .normalize('NFC')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    // Zero-width joiners stay: emoji and some scripts are written with them.
    .replace(/[\p{Cc}\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if ([...clean].length > max) throw new Refusal('too_long', { field, max })
  return clean
}

/** Several lines, 0 to `max` characters, line ends as \n. */
export function cleanText(text: string, { field, max }: Bounds): string {
  refuseHuge(text, { field, max })
  const clean = text
    .normalize('NFC')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu, (sign) =>
      sign === '\n' || sign === '\t' ? sign : '',
    )
    .trim()
  if ([...clean].length > max) throw new Refusal('too_long', { field, max })
  return clean
}

// Before anything walks over it: ten megabytes would be normalised, replaced and counted only to be refused.
function refuseHuge(text: string, { field, max }: Bounds): void {
  if (text.length > max * 16 + 1_000) throw new Refusal('too_long', { field, max })
}
