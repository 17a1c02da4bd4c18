import { isId } from '@/lib/kit/ids'

/** Longer ones are no address anybody typed; browsers and proxies refuse them from about here. */
const LONGEST = 2048

// A browser drops tabs, line ends and leading control characters before it reads the scheme, so an address with
// any of them is refused whole instead of cleaned.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ADDRESS = /^(?:https?:\/\/|mailto:)[^\s\u0000-\u001f\u007f]+$/i

/**
 * The address when a link may lead there (http, https, mailto), else null. Asked in every place that shows or
 * writes a link, because what arrives by Yjs never passed a parser.
 */
export function safeHref(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > LONGEST) return null
  return ADDRESS.test(value) ? value : null
}

/** Where the browser finds an image of ours, or null when the value is not the id of a file. */
export function fileSource(fileId: unknown): string | null {
  return isId('fil', fileId) ? `/files/${fileId}` : null
}

/** The file id in an address written by `fileSource`, else null. */
export function fileIdOf(source: unknown): string | null {
  if (typeof source !== 'string' || !source.startsWith('/files/')) return null
  const id = source.slice('/files/'.length)
  return isId('fil', id) ? id : null
}
