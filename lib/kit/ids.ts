/** Prefixes show the kind of a thing wherever its id turns up: in a log, a URL, a row. */
export type IdKind =
  | 'ws'
  | 'usr'
  | 'mem'
  | 'dep'
  | 'str'
  | 'doc'
  | 'inv'
  | 'ses'
  | 'fil'
  | 'act'
  | 'rev'
  | 'cyc'
  | 'ver'
  | 'thr'
  | 'com'
  | 'ntf'
  | 'itm'
  | 'prp'
  | 'shr'
  | 'brd'
  | 'col'
  | 'chk'
  | 'lbl'
  | 'hof'
  | 'req'
  | 'rel'
  | 'rcr'
  | 'mea'
  | 'rdg'
  | 'chg'
  | 'sfl'
  | 'fnd'
  | 'dcn'
  | 'ann'
  | 'imp'

export type Id<K extends IdKind = IdKind> = `${K}_${string}`

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * A new id: prefix, 10 characters of time (milliseconds, so that ids of one table lie close together in
 * its index), 16 characters of chance (80 bits). Works in the browser and on the server.
 */
export function newId<K extends IdKind>(kind: K): Id<K> {
  let time = Date.now()
  let head = ''
  for (let i = 0; i < 10; i++) {
    head = ALPHABET.charAt(time % 32) + head
    time = Math.floor(time / 32)
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  let tail = ''
  for (const byte of bytes) tail += ALPHABET.charAt(byte & 31)
  return `${kind}_${head}${tail}`
}

const SHAPE = /^[a-z]{2,3}_[0-9a-z]{26}$/

/** True when `value` has the shape of an id of this kind; says nothing about whether the thing exists. */
export function isId<K extends IdKind>(kind: K, value: unknown): value is Id<K> {
  return typeof value === 'string' && value.startsWith(`${kind}_`) && SHAPE.test(value)
}
