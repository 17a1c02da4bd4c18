import { expect, test } from 'vitest'
import { parseEmail } from './email'

test.each([
  ['ines@parstock.example', 'ines@parstock.example'],
  ['  Ines.Weber+b2b@Parstock.Example ', 'ines.weber+b2b@parstock.example'],
  ["o'neill@mail.parstock.co.uk", "o'neill@mail.parstock.co.uk"],
  ['wang@xn--fiqs8s.xn--fiqs8s', 'wang@xn--fiqs8s.xn--fiqs8s'],
])('%s is the address %s', (text, address) => {
  expect(parseEmail(text)).toBe(address)
})

test.each([
  ['a list', 'a@evil.test,b@victim.test'],
  ['a list with a semicolon', 'a@evil.test;b@victim.test'],
  ['a quoted local part', '"e@evil.test"@victim.test'],
  ['a quoted word', '"ines"@victim.test'],
  ['a name before it', 'Ines <ines@victim.test>'],
  ['a comment', 'ines(comment)@victim.test'],
  ['two at signs', 'ines@evil.test@victim.test'],
  ['a route', '@evil.test:ines@victim.test'],
  ['a bang path', 'evil.test!ines'],
  ['a letter that becomes k when made small', 'ines@\u212Aelvin.test'],
  ['a letter that looks like a', 'ines@p\u0430rstock.example'],
  ['fullwidth letters', 'ines＠victim.test'],
  ['a line break', 'ines@victim.test\r\nBcc: b@evil.test'],
  ['a blank inside', 'in es@victim.test'],
  ['a NUL', 'ines\u0000@victim.test'],
  ['an address in brackets', 'ines@[127.0.0.1]'],
  ['an IP address', 'ines@127.0.0.1'],
  ['no dot in the domain', 'ines@intranet'],
  ['two dots', 'ines..w@victim.test'],
  ['a dot at the end', 'ines.@victim.test'],
  ['a dot at the end of the domain', 'ines@victim.test.'],
  ['a hyphen at the edge', 'ines@-victim.test'],
  ['nothing before the at sign', '@victim.test'],
  ['nothing', ''],
  ['65 characters before the at sign', `${'a'.repeat(65)}@victim.test`],
  ['255 characters', `${'a'.repeat(60)}@${'b.'.repeat(95)}test`],
])('row 8, 9: %s is refused', (_, text) => {
  expect(parseEmail(text)).toBeNull()
})
