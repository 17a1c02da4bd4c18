import { encode, writeAny } from 'lib0/encoding'

// Takes the place of lib0/buffer in the browser (next.config.js): that one names Node's Buffer, for which the
// bundler would send an implementation of 7 KB along. Only what yjs and its binding ask for.

export const copyUint8Array = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes)

export const encodeAny = (value: Parameters<typeof writeAny>[1]): Uint8Array =>
  encode((encoder) => writeAny(encoder, value))

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
