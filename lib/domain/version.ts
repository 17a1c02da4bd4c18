import { type Id, isId } from '@/lib/kit/ids'
import { Refusal } from './refusal'

/** Why a version was made. */
export const versionKinds = [
  /** Somebody's editing ended. */
  'session',
  /** Somebody wanted to keep it. */
  'named',
  'before_restore',
  'restored',
  'before_import',
  'before_archive',
  'before_trash',
  /** Before all its words were taken off the page. */
  'before_emptying',
  /** Before a proposal was accepted. */
  'proposal',
  'sealed',
] as const
export type VersionKind = (typeof versionKinds)[number]

/** The longest name, in characters: one line of the list. */
export const MAX_VERSION_NAME = 80

/** A captured state of a strategy, without its bytes. */
export interface Version {
  readonly id: Id<'ver'>
  readonly strategyId: Id<'str'>
  readonly number: number
  readonly kind: VersionKind
  readonly name: string | null
  readonly seq: number
  readonly contentHash: string
  /** Who wrote since the version before. */
  readonly authors: readonly Id<'usr'>[]
  readonly words: number
  readonly restored: number | null
  readonly createdBy: Id<'mem'> | null
  readonly at: Date
}

/** One line, without control characters, 1 to MAX_VERSION_NAME characters. */
export function cleanVersionName(name: string): string {
  const clean = name
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (clean.length === 0) throw new Refusal('required', { field: 'name' })
  if ([...clean].length > MAX_VERSION_NAME)
    throw new Refusal('too_long', { field: 'name', max: MAX_VERSION_NAME })
  return clean
}

/** Which state a comparison is about: a version by its number, or the strategy as it is now. */
export type Moment = number | 'now'

/** A moment as it stands in an address (`14`, `now`), or null. */
export function readMoment(value: unknown): Moment | null {
  if (value === 'now') return 'now'
  if (typeof value !== 'string' || !/^[1-9]\d{0,8}$/.test(value)) return null
  return Number(value)
}

export function isVersionId(value: unknown): value is Id<'ver'> {
  return isId('ver', value)
}
