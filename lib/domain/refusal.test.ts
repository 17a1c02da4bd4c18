import { expect, test } from 'vitest'
import { type RefusalCode, refusalStatus } from './refusal'

// The codes and statuses of reliability.md 5A, as far as they travel by HTTP.
test.each([
  ['row 1', 'invalid_json', 400],
  ['row 2', 'too_large', 413],
  ['row 3, 4', 'not_found', 404],
  ['row 8, 9', 'invalid_email', 400],
  ['row 11', 'unknown_field', 400],
  ['row 12', 'last_owner', 409],
  ['row 13', 'not_signed_in', 401],
  ['row 13', 'wrong_origin', 403],
  ['row 14', 'rate_limited', 429],
  ['row 15', 'already_used', 409],
  ['row 15', 'expired', 410],
  ['row 15', 'wrong_account', 403],
  ['row 36', 'wrong_type', 415],
] satisfies [string, RefusalCode, number][])('%s: %s is answered with %i', (_row, code, status) => {
  expect(refusalStatus(code)).toBe(status)
})
