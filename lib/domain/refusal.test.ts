import { expect, test, vi } from 'vitest'
import { Refusal } from './refusal'

test('a refusal is one whichever copy of the module threw it; nothing else is', async () => {
  vi.resetModules()
  const { Refusal: Other } = await import('./refusal')
  expect(Other).not.toBe(Refusal)
  const thrown: unknown = new Other('wrong_type', { field: 'x' })
  expect(thrown).toBeInstanceOf(Refusal)
  expect(thrown).toBeInstanceOf(Error)
  for (const none of [new Error('wrong_type'), null, 'wrong_type', { code: 'wrong_type' }])
    expect(none instanceof Refusal).toBe(false)
})
