import { COMMON_PASSWORDS } from './common-passwords'
import { Refusal } from './refusal'

/** Ten: below it, a stolen table of hashes is searched through in days (NIST SP 800-63B asks for eight and more). */
export const MIN_PASSWORD = 10
/** Long enough for any sentence or generator; beyond it somebody wants to keep the hasher busy. */
export const MAX_PASSWORD = 200

/**
 * The password as it is hashed. NFKC: a Chinese input method may write the same digits full width on one machine and
 * half width on the next, and an accent may be one character or two.
 */
export function passwordText(typed: string): string {
  return typed.normalize('NFKC')
}

/** Passes or refuses a new password. `reason` picks the sentence: short, personal or common. */
export function checkPassword(typed: string, owner: { readonly name: string; readonly email: string }): void {
  const reason = weakness(passwordText(typed), owner)
  if (reason === 'long') throw new Refusal('too_long', { field: 'password', max: MAX_PASSWORD })
  if (reason) throw new Refusal('weak_password', { field: 'password', min: MIN_PASSWORD, reason })
}

type Weakness = 'short' | 'long' | 'personal' | 'common'

function weakness(password: string, owner: { name: string; email: string }): Weakness | null {
  const characters = [...password]
  if (characters.length < MIN_PASSWORD) return 'short'
  if (characters.length > MAX_PASSWORD) return 'long'
  const bare = plain(password)
  if (personal(bare, owner)) return 'personal'
  if (bare.length === 0 || repeats(bare) || runs(bare)) return 'common'
  // `Passwort2026!` is a guess like `password`: what is put around a common word does not count.
  const core = bare.replace(/^\d+|\d+$/g, '')
  return COMMON_PASSWORDS.has(bare) || COMMON_PASSWORDS.has(core) || COMMON_PASSWORDS.has(unleet(core))
    ? 'common'
    : null
}

/** Small letters and digits only. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** Whether little is left of the password without the name and the address of its owner. */
function personal(bare: string, { name, email }: { name: string; email: string }): boolean {
  const [local = '', domain = ''] = email.split('@')
  const words = [
    email,
    local,
    domain,
    ...local.split(/[^a-z0-9]/i),
    ...domain.split('.'),
    name,
    ...name.split(/\s+/u),
  ]
    .map((word) => plain(word))
    .filter((word) => word.length >= 3 || /\p{Script=Han}{2}/u.test(word))
    .sort((a, b) => b.length - a.length)
  let rest = bare
  for (const word of words) rest = rest.replaceAll(word, '')
  return rest.length !== bare.length && rest.replace(/\d/g, '').length < 4
}

/** One short piece over and over: `aaaaaaaaaa`, `abcabcabcabc`. */
function repeats(bare: string): boolean {
  return /^(.{1,4})\1+.{0,3}$/u.test(bare)
}

const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'azertyuiop',
]

/** Keys or letters in a row, either way: `1234567890`, `qwertyuiop`, `zyxwvutsrq`, `qwertyuiopasdf`. */
function runs(bare: string): boolean {
  let steps = 0
  for (let i = 1; i < bare.length; i++) {
    const pair = bare.slice(i - 1, i + 1)
    const back = pair.charAt(1) + pair.charAt(0)
    if (ROWS.some((row) => row.includes(pair) || row.includes(back))) steps++
  }
  return steps >= (bare.length - 1) * 0.8
}

const LEET: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't' }

function unleet(text: string): string {
  return text.replace(/[013457]/g, (digit) => LEET[digit] ?? digit)
}
