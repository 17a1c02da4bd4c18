import type { Id } from '@/lib/kit/ids'
import type { Language } from './language'
import { Refusal } from './refusal'

/** The longest name of a workspace, in characters: it stands in the masthead. */
export const MAX_WORKSPACE_NAME = 60

export interface Workspace {
  readonly id: Id<'ws'>
  readonly name: string
  /** Its place in every address: `/<slug>/strategy`. */
  readonly slug: string
  /** What new strategies and mails start in. */
  readonly language: Language
  /** First month of the fiscal year, 1 to 12. */
  readonly yearStart: number
  readonly currentStrategyId: Id<'str'> | null
  /** The example company, made in one click: it may be removed in one. */
  readonly sample: boolean
  readonly createdAt: Date
}

/** First path segments that are pages of the app itself, now or soon. A workspace of that name could not be reached. */
export const reservedSlugs: ReadonlySet<string> = new Set([
  'about',
  'account',
  'admin',
  'api',
  'app',
  'assets',
  'collab',
  'docs',
  'favicon',
  'files',
  'health',
  'help',
  'invite',
  'invitations',
  'legal',
  'login',
  'logout',
  'manifest',
  'new',
  'next',
  'privacy',
  'public',
  'reset',
  'robots',
  'search',
  'settings',
  'share',
  'sign-in',
  'sign-out',
  'sign-up',
  'sitemap',
  'static',
  'terms',
  'well-known',
  'workspace',
  'workspaces',
])

/** How long an owner may bring a deleted workspace back. */
export const RESTORE_DAYS = 30

/** The moment after which a deletion can still be taken back. */
export function restorableSince(now: number): Date {
  return new Date(now - RESTORE_DAYS * 86_400_000)
}

export const MIN_SLUG = 2
export const MAX_SLUG = 40

// No hyphen at either end and no two in a row: addresses are read aloud. Never an underscore, so that no slug can
// be taken for an id (`ws_...`).
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** True for 2 to 40 small letters, digits and single hyphens that are not the name of one of our pages. */
export function isSlug(text: string): boolean {
  return text.length >= MIN_SLUG && text.length <= MAX_SLUG && SLUG.test(text) && !reservedSlugs.has(text)
}

/** The slug as typed, in small letters, or the refusal. */
export function cleanSlug(text: string): string {
  const slug = text.trim().toLowerCase()
  if (!isSlug(slug)) throw new Refusal('invalid_slug', { field: 'slug' })
  return slug
}

/** Letters that Unicode does not take apart into a base letter and its mark. */
const whole: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
}

/**
 * A slug to begin with, from the company's name: `Käse & Söhne GmbH` -> `kase-sohne-gmbh`. Names that leave too
 * little behind (`纲举科技`) take `chance`, any text of small letters and digits: `w-7k2m9x`.
 */
export function suggestSlug(name: string, chance: string): string {
  const latin = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ßæœøđðþłħı]/g, (letter) => whole[letter] ?? '')
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, MAX_SLUG)
    .replace(/-+$/, '')
  if (isSlug(latin)) return latin
  const tail = chance
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(-6)
  const head = latin === '' ? 'w' : latin.slice(0, MAX_SLUG - 7).replace(/-+$/, '')
  return `${head}-${tail}`
}

/** One line without control characters, 1 to 60 characters. */
export function cleanWorkspaceName(text: string): string {
  return cleanName(text, MAX_WORKSPACE_NAME)
}

/** One line without control or invisible characters, 1 to `max` characters, or the refusal for `name`. */
export function cleanName(text: string, max: number): string {
  const clean = text
    .normalize('NFC')
    // A name goes into mail subjects and other people's pages: no line breaks, nothing that turns the direction.
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (clean === '') throw new Refusal('required', { field: 'name' })
  if ([...clean].length > max) throw new Refusal('too_long', { field: 'name', max })
  return clean
}

/** The first month of the fiscal year, 1 to 12. */
export function isMonth(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 12
}
