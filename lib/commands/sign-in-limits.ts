import { isIPv6 } from 'node:net'
import { limitKey, type RateLimit } from './rate-limit'

/** Five wrong passwords for one address from one network, then a pause of a minute: a person notices, a list of words does not get far. */
const SIGN_IN_PAIR: RateLimit = { max: 5, seconds: 60 }
/** From all networks together. Short, because whoever knows an address could keep its owner out for as long as it lasts. */
const SIGN_IN_EMAIL: RateLimit = { max: 30, seconds: 300 }
/** A whole office behind one address signs in on Monday morning; a thousand passwords for a thousand addresses do not. */
const SIGN_IN_NETWORK: RateLimit = { max: 100, seconds: 300 }
/** A company of sixty may join within an hour from one office. Each costs a hash and a row. */
const SIGN_UP_NETWORK: RateLimit = { max: 60, seconds: 3600 }
/** Mails to one mailbox: the third is lost in the junk folder at most, the fourth is harassment. */
const MAIL_EMAIL: RateLimit = { max: 3, seconds: 3600 }
const MAIL_NETWORK: RateLimit = { max: 30, seconds: 3600 }
/** Redeeming a link or changing a password: enough for typing errors, each costs a hash. */
const PASSWORD_NETWORK: RateLimit = { max: 60, seconds: 3600 }
const PASSWORD_USER: RateLimit = { max: 10, seconds: 900 }

type Limits = readonly (readonly [key: string, rate: RateLimit])[]

const pairKey = (email: string, address: string) => limitKey('sign-in-pair', email, networkOf(address))

/** The first is the one its person is told about, and the one a success forgives. */
export const signInLimits = (email: string, address: string): Limits => [
  [pairKey(email, address), SIGN_IN_PAIR],
  [limitKey('sign-in-email', email), SIGN_IN_EMAIL],
  [limitKey('sign-in-network', networkOf(address)), SIGN_IN_NETWORK],
]

export const signInPairKey = pairKey

export const signUpLimits = (address: string): Limits => [
  [limitKey('sign-up-network', networkOf(address)), SIGN_UP_NETWORK],
]

export const signUpMailLimits = (email: string, address: string): Limits => [
  ...signUpLimits(address),
  [limitKey('sign-up-email', email), MAIL_EMAIL],
]

export const resetLimits = (email: string, address: string): Limits => [
  [limitKey('reset-email', email), MAIL_EMAIL],
  [limitKey('reset-network', networkOf(address)), MAIL_NETWORK],
]

export const redeemLimits = (address: string): Limits => [
  [limitKey('redeem-network', networkOf(address)), PASSWORD_NETWORK],
]

export const changePasswordLimits = (userId: string): Limits => [
  [limitKey('password-user', userId), PASSWORD_USER],
]

/**
 * What counts as one network: an IPv4 address, or the first 64 bits of an IPv6 one - a household is given that many
 * addresses, and could use a fresh one for every try.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  const [bare = ''] = address.split('%')
  if (!isIPv6(bare)) return address
  const [head = '', tail] = bare.split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const gap = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length)
  return [...front, ...Array<string>(gap).fill('0'), ...back]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
