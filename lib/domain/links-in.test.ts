import { expect, test } from 'vitest'
import { linksIn } from './links-in'

const hrefs = (text: string) => linksIn(text).flatMap((one) => ('href' in one ? [one.href] : []))

test('addresses are found between words of both languages, without the sentence around them', () => {
  expect(linksIn('See https://example.com/a?b=1#c, then say.')).toEqual([
    { text: 'See ' },
    { href: 'https://example.com/a?b=1#c' },
    { text: ', then say.' },
  ])
  expect(hrefs('数据在https://example.com/报告，请核对。')).toEqual(['https://example.com/报告'])
  expect(hrefs('（http://example.com/a）、“https://example.org”')).toEqual([
    'http://example.com/a',
    'https://example.org',
  ])
  expect(hrefs('(https://en.wikipedia.org/wiki/Strategy_(book)).')).toEqual([
    'https://en.wikipedia.org/wiki/Strategy_(book)',
  ])
})

test('only the web is an address, and nothing is lost or said twice', () => {
  for (const text of [
    'javascript:alert(1)',
    'http://',
    'https://?',
    'no address',
    'xhttps://example.com',
    '',
  ])
    expect(hrefs(text)).toEqual([])
  for (const text of ['a https://example.com b http://x.y/z!', 'https://example.com', '\nhttps://a.b\n\n'])
    expect(
      linksIn(text)
        .map((one) => ('href' in one ? one.href : one.text))
        .join(''),
    ).toBe(text)
})
