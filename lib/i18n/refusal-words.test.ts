import { expect, test } from 'vitest'
import { languages } from '@/lib/domain/language'
import { MIN_PASSWORD } from '@/lib/domain/password'
import { words } from './words'

test.each(languages)('%s: a short password is told how long it must be', (language) => {
  const said = words(language)('refusal.weak_password', { reason: 'short', min: MIN_PASSWORD })
  expect(said).toContain(String(MIN_PASSWORD))
})

test('the tries that are left are told when few', () => {
  const said = (left: number) => words('en')('refusal.sign_in_failed', { left, field: 'password' })
  expect([4, 3, 2, 1, 0].map(said)).toEqual([
    'E-mail and password do not match.',
    'E-mail and password do not match.',
    'E-mail and password do not match. After two more tries there is a pause of one minute.',
    'E-mail and password do not match. After one more try there is a pause of one minute.',
    'E-mail and password do not match. Wait a minute before the next try.',
  ])
})
