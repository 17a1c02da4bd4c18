/**
 * A path of our own site to go to after signing in, from what stands in an address bar. Everything else, such as
 * `//evil.test`, `/\evil.test`, `https:evil.test`, becomes `/`. `origin` admits full addresses of our own.
 */
export function ownPath(given: unknown, origin?: string): string {
  if (typeof given !== 'string' || given.length > 1000) return '/'
  // A browser drops tabs and line breaks and turns backslashes around before it reads an address: `/\t/evil.test`.
  if (/[\p{Cc}\\]/u.test(given)) return '/'
  const base = origin ?? 'http://own.invalid'
  if (!given.startsWith('/') && !(origin && given.startsWith(`${origin}/`))) return '/'
  if (!URL.canParse(given, base)) return '/'
  const url = new URL(given, base)
  if (url.origin !== new URL(base).origin) return '/'
  // `/./..//evil.test` is on our site until its dots are taken out.
  if (url.pathname.startsWith('//')) return '/'
  return `${url.pathname}${url.search}${url.hash}`
}
