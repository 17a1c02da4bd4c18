export const importFormats = ['csv', 'trello', 'set'] as const
export type ImportFormat = (typeof importFormats)[number]

/** What a text most likely is: our own JSON and Trello's begin alike and differ in what they hold. */
export function formatOf(text: string): ImportFormat {
  const start = text.replace(/^\uFEFF/, '').trimStart()
  if (!start.startsWith('{') && !start.startsWith('[')) return 'csv'
  try {
    const read: unknown = JSON.parse(start)
    if (typeof read === 'object' && read !== null && 'cards' in read && 'lists' in read) return 'trello'
  } catch {
    // Cut off somewhere: what it should have been is said by the import, which cannot read it either.
    if (/"idBoard"|"idList"/.test(start.slice(0, 20_000))) return 'trello'
  }
  return 'set'
}

/** Reads bytes as text: UTF-8, or what sheets in Chinese write when nobody asked for it, or with its mark UTF-16. */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
